import { type Finding, quoted, shown } from "../../environment/problem.js";
import type { Fault } from "../services/drs/drs.js";
import type { FaultsBody, OrderedFaultBody } from "./control-schemas.js";
import { startsJob } from "./fault-book.js";
import { serverIds, unknownServer } from "./fleet-control.js";
import type { EmulatedWorld } from "./world.js";

/** Faults that have not all happened. */
export function faultsDocument({ faults, drs }: EmulatedWorld): object {
  const calls = faults.pending().map(({ fault, ...pending }) => ({ ...pending, ...fault }));
  return { calls, launches: drs.orderedFailures() };
}

/** What cannot be ordered, and why. */
export function faultFindings(world: EmulatedWorld, body: FaultsBody): readonly Finding[] {
  const known = serverIds(world);
  return [
    ...body.calls.flatMap((fault, index) => faultFindingsAt(["calls", index], fault)),
    ...body.launches.flatMap(({ server }, index) =>
      known.has(server) ? [] : [unknownServer(["launches", index, "server"], server)],
    ),
  ];
}

function faultFindingsAt(at: readonly ["calls", number], fault: OrderedFaultBody) {
  const { kind, phase, operation, seconds, retryAfterSeconds } = fault;
  const findings: Finding[] = [];
  const find = (key: string, rule: string, got: string, remedy: string): void => {
    findings.push({ path: [...at, key], rule, got, remedy, blames: "value" });
  };
  const only = { throttle: "before", "hide-job": "after" } as const;
  if ((kind === "throttle" || kind === "hide-job") && (phase ?? only[kind]) !== only[kind]) {
    const rule = `${quoted(only[kind])} for a fault of kind ${quoted(kind)}`;
    find("phase", rule, quoted(phase ?? ""), "Leave it out.");
  }
  if (kind === "hide-job" && seconds === undefined) {
    find("seconds", "given for a fault that hides a job", "nothing", "Say for how long.");
  }
  if (kind !== "hide-job" && seconds !== undefined) {
    find("seconds", "absent unless a job is hidden", shown(seconds), "Remove it.");
  }
  if (kind !== "throttle" && retryAfterSeconds !== undefined) {
    const rule = "absent unless the call is throttled";
    find("retryAfterSeconds", rule, shown(retryAfterSeconds), "Remove it.");
  }
  if (kind === "hide-job" && operation !== "*" && !startsJob(operation)) {
    const remedy = "Choose StartRecovery or TerminateRecoveryInstances.";
    find("operation", "one that starts a job", quoted(operation), remedy);
  }
  return findings;
}

/** Orders what {@link faultFindings} has nothing against. */
export function orderFaults({ faults, drs }: EmulatedWorld, body: FaultsBody): void {
  for (const { operation, account, region, phase, times, ...rest } of body.calls) {
    faults.order({
      operation,
      ...(account !== undefined && { account }),
      ...(region !== undefined && { region }),
      phase:
        phase ?? (rest.kind === "throttle" || rest.kind === "internal-error" ? "before" : "after"),
      fault: faultOf(rest),
      times,
    });
  }
  for (const { server, phase, times } of body.launches) drs.failServer(server, phase, times);
}

function faultOf({
  kind,
  seconds = 1,
  retryAfterSeconds,
}: Pick<OrderedFaultBody, "kind" | "seconds" | "retryAfterSeconds">): Fault {
  switch (kind) {
    case "throttle":
      return { kind, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
    case "hide-job":
      return { kind, seconds };
    case "internal-error":
    case "drop-reply":
      return { kind };
  }
}
