import { headlessInstanceSeconds, mechanisms } from "../../core/cells/mechanisms.js";
import { failoverSteps, type RtoBudget, type RtoStep, rtoBudget } from "../../core/cells/rto.js";
import { duration } from "../../report/wording.js";
import type { Table, TimeBound } from "../model.js";
import type { CellOutputs } from "../outputs/cell.js";

/** Where a cell has no public name, somebody else detects and turns: only its own steps count. */
const unturned = {
  turnsBy: "routing-control",
  dns: { requestIntervalSeconds: 0, failureThreshold: 0, ttlSeconds: 0 },
} as const;

/** What a failover of the cell takes at most, against what was promised. */
export function budgetOf(cell: CellOutputs): RtoBudget {
  return rtoBudget(cell.objectives.rtoMinutes * 60, stepsOf(cell));
}

/** How long a store may take until it writes in the other Region, with the source of the number. */
export function activationOf({ copies }: CellOutputs, store: string): TimeBound {
  const copy = copies.find(({ name }) => name === store);
  const seconds =
    copy?.activationSeconds ?? (copy ? mechanisms[copy.mechanism].activationSeconds : 0);
  return { seconds, source: "budget of its mechanism, until a drill has measured it" };
}

/** How long an instance takes to be made where there is none. */
export const instanceBound: TimeBound = {
  seconds: headlessInstanceSeconds,
  source: "usual course of CreateDBInstance; no figure is published",
};

function stepsOf(cell: CellOutputs): readonly RtoStep[] {
  const { traffic = unturned, objectives, copies } = cell;
  const { scaleSeconds, verifySeconds } = objectives;
  const promotions = copies
    .map(({ name }) => ({ name, seconds: activationOf(cell, name).seconds }))
    .filter(({ seconds }) => seconds > 0);
  return failoverSteps({ ...traffic, promotions, scaleSeconds, verifySeconds });
}

/** The arithmetic of the RTO, step by step. */
export function rtoTable(cell: CellOutputs): Table {
  const { criticalPath } = budgetOf(cell);
  const critical = new Set(criticalPath.map(({ name }) => name));
  return {
    heading: "RTO arithmetic",
    columns: ["step", "takes at most", "waits for", "on the longest path"],
    rows: stepsOf(cell).map(({ name, seconds, dependsOn }) => [
      name,
      duration(seconds),
      dependsOn.join(", ") || "nothing",
      critical.has(name) ? "yes" : "no",
    ]),
  };
}

/** Whether the objective can be met, and what is left to decide in, as one sentence. */
export function rtoInWords(cell: CellOutputs): string {
  const { objectiveSeconds, machineSeconds, decisionSeconds } = budgetOf(cell);
  const path = `Machines take ${duration(machineSeconds)} on the longest path; the objective is ${duration(objectiveSeconds)}.`;
  return decisionSeconds >= 0
    ? `The RTO can be met. ${path} That leaves ${duration(decisionSeconds)} to decide in.`
    : `The RTO cannot be met. ${path} It is missed by ${duration(-decisionSeconds)} before anybody has decided.`;
}

const bases = {
  enforced: "enforced: writes are refused instead",
  designed: "designed for, with an agreement",
  observed: "usual, promised by nobody",
  unbounded: "no bound is named",
} as const;

/** Each copy against the RPO of the cell. */
export function rpoTable({ copies, objectives }: CellOutputs): Table {
  return {
    heading: `Copies, against an RPO of ${duration(objectives.rpoSeconds)}`,
    columns: ["store", "mechanism", "RPO", "basis", "met"],
    rows: copies.map((copy) => {
      const { rpoBasis, rpoSeconds } = rpoOf(copy);
      const isMet = rpoSeconds !== undefined && rpoSeconds <= objectives.rpoSeconds;
      const seconds = rpoSeconds === undefined ? "unknown" : duration(rpoSeconds);
      const yes = rpoBasis === "observed" ? "usually" : "yes";
      return [copy.name, copy.mechanism, seconds, bases[rpoBasis], isMet ? yes : "no"];
    }),
  };
}

function rpoOf({ mechanism, onPartition, enforcedRpoSeconds }: CellOutputs["copies"][number]) {
  if (onPartition === "block-commits" && enforcedRpoSeconds !== undefined) {
    return { rpoBasis: "enforced" as const, rpoSeconds: enforcedRpoSeconds };
  }
  const known = mechanisms[mechanism];
  return {
    rpoBasis: known.rpoBasis,
    rpoSeconds: "rpoSeconds" in known ? known.rpoSeconds : undefined,
  };
}
