import { activationOf } from "../../core/cells/copies.js";
import { headlessInstanceSeconds } from "../../core/cells/mechanisms.js";
import {
  type CellPromise,
  failoverOf,
  type JudgedCell,
  judgeCell,
} from "../../core/cells/objectives.js";
import { furtherLines } from "../../report/further-objectives.js";
import { verdictWords } from "../../report/verdicts.js";
import { duration } from "../../report/wording.js";
import type { Table, TimeBound } from "../model.js";
import type { CellOutputs } from "../outputs/cell.js";

/** The promise of a deployed cell, in the form in which checks and policies judge it too. */
function promiseOf({
  objectives,
  residency,
  regions,
  traffic,
  watch,
  copies,
}: CellOutputs): CellPromise {
  const detectionSeconds = watch?.detectionSeconds;
  const place = { residency, regions };
  return { ...objectives, ...place, ...(traffic && { traffic }), detectionSeconds, stores: copies };
}

/** What a failover of the cell takes at most, and its copies lose, against what was promised. */
export function judged(cell: CellOutputs): JudgedCell {
  return judgeCell(promiseOf(cell));
}

/** How long a store may take until it writes in the other Region, with the source of the number. */
export function boundOf({ copies }: CellOutputs, store: string): TimeBound {
  const copy = copies.find(({ name }) => name === store);
  const seconds = copy === undefined ? 0 : activationOf(copy);
  return { seconds, source: "budget of its mechanism, until a drill has measured it" };
}

/** How long an instance takes to be made where there is none. */
export const instanceBound: TimeBound = {
  seconds: headlessInstanceSeconds,
  source: "usual course of CreateDBInstance; no figure is published",
};

/** The arithmetic of the RTO, step by step. */
export function rtoTable(cell: CellOutputs): Table {
  const critical = new Set(judged(cell).rto.criticalPath.map(({ name }) => name));
  return {
    heading: "RTO arithmetic",
    columns: ["step", "takes at most", "waits for", "on the longest path"],
    rows: failoverOf(promiseOf(cell)).map(({ name, seconds, dependsOn }) => [
      name,
      duration(seconds),
      dependsOn.join(", ") || "nothing",
      critical.has(name) ? "yes" : "no",
    ]),
  };
}

/** Whether the objective can be met, and what is left to decide in, as one sentence. */
export function rtoInWords(cell: CellOutputs): string {
  const { rto, rtoVerdict } = judged(cell);
  const { objectiveSeconds, machineSeconds, decisionSeconds } = rto;
  const path = `Machines take ${duration(machineSeconds)} on the longest path; the objective is ${duration(objectiveSeconds)}.`;
  switch (rtoVerdict) {
    case "met":
      return `The RTO can be met. ${path} That leaves ${duration(decisionSeconds)} to decide in.`;
    case "unjudged":
      return `Nobody can say whether the RTO can be met: no alarm asks anybody to decide. ${path} That leaves ${duration(decisionSeconds)} to notice and to decide in.`;
    case "not-met":
      return `The RTO cannot be met. ${path} It is missed by ${duration(-decisionSeconds)} before anybody has decided.`;
  }
}

/** Each copy against the RPO of the cell. */
export function rpoTable(cell: CellOutputs): Table {
  return {
    heading: `Copies, against an RPO of ${duration(cell.objectives.rpoSeconds)}`,
    columns: ["store", "mechanism", "RPO", "basis", "verdict"],
    rows: judged(cell).stores.map(({ name, mechanism, rpoSeconds, rpoBasis, verdict }) => [
      name,
      mechanism,
      rpoSeconds === undefined ? "none named" : duration(rpoSeconds),
      rpoBasis,
      verdictWords[verdict],
    ]),
  };
}

/** What the cell promises beside RTO and RPO, each where it was declared. */
export function furtherTable(cell: CellOutputs): Table {
  return {
    heading: "What else is promised",
    columns: ["promise", "promised", "given", "verdict", "why"],
    rows: furtherLines(judged(cell), promiseOf(cell)).map(
      ({ what, promised, given, verdict, why }) => [what, promised, given, verdict, why],
    ),
  };
}
