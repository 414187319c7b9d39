import { found } from "../../environment/checks/found.js";
import { nearest } from "../../environment/nearest.js";
import type { Path } from "../../environment/path.js";
import { type Finding, listed, quoted } from "../../environment/problem.js";
import type { CallFault } from "../faults/call-kinds.js";
import type { Fault, FaultKind } from "../faults/profile.js";
import { operations, startsJob } from "../services/drs/routes.js";

/** Kinds that meet calls of any client. */
type ServedKind = Exclude<CallFault["kind"], "death" | "time-out">;

const rehearse = "Rehearse the deployment with it: aws-dr rehearse --faults.";

/** Kinds that need more than a call to an emulated service, and what to do instead. */
export const kindsElsewhere: Readonly<Record<Exclude<FaultKind, ServedKind>, string>> = {
  death: "No function runs here: lost-call and lost-reply break the connection of whoever calls.",
  "time-out": "No function runs here: dark-lane lets calls of clients hang.",
  "lost-event": `No state machine runs here. ${rehearse}`,
  "duplicate-event": `No state machine runs here. ${rehearse}`,
  "late-event": `No state machine runs here. ${rehearse}`,
  stranger: "Send POST /_dr/strangers at the moment when somebody else should act.",
  "restarted-machine": `No state machine runs here. ${rehearse}`,
};

/** A fault that chooses the calls that it meets. */
type ChoosingFault = Extract<Fault, { readonly calls: object }>;

/** Why a fault could never meet a call to one of these services. */
export function faultFindingsAt(
  at: Path,
  fault: Fault,
  services: readonly string[],
): readonly Finding[] {
  const instead = insteadOf(fault.kind);
  if (instead !== undefined) {
    return [found([...at, "kind"], "one that meets calls of clients", quoted(fault.kind), instead)];
  }
  if (!("calls" in fault)) return [];
  return [
    ...serviceFindings([...at, "calls", "service"], fault, services),
    ...operationFindings([...at, "calls", "operation"], fault),
  ];
}

function insteadOf(kind: FaultKind): string | undefined {
  const told: Readonly<Partial<Record<FaultKind, string>>> = kindsElsewhere;
  return told[kind];
}

function serviceFindings(
  path: Path,
  { kind, calls: { service } }: ChoosingFault,
  services: readonly string[],
): readonly Finding[] {
  if (service === undefined) return [];
  if (!services.includes(service)) {
    const rule = `a service that is emulated here: ${listed(services.toSorted(), "or")}`;
    return [found(path, rule, quoted(service), "Choose one of them.")];
  }
  if (!isOfDrs(kind) || service === "drs") return [];
  return [
    found(path, `"drs" for a fault of kind ${quoted(kind)}`, quoted(service), "Leave it out."),
  ];
}

function operationFindings(
  path: Path,
  { kind, calls: { service, operation } }: ChoosingFault,
): readonly Finding[] {
  if (operation === undefined || (service !== "drs" && !isOfDrs(kind))) return [];
  const names = operations.map(({ name }) => name);
  if (!names.includes(operation)) {
    const meant = nearest(operation, names);
    const remedy = meant === undefined ? "docs/emulator.md lists them." : `Write ${quoted(meant)}.`;
    return [found(path, "an emulated operation of DRS", quoted(operation), remedy)];
  }
  if (kind === "hidden-job" && !startsJob(operation)) {
    const remedy = "Choose StartRecovery or TerminateRecoveryInstances.";
    return [found(path, "one that starts a job", quoted(operation), remedy)];
  }
  if (kind === "stale-read" && !operation.startsWith("Describe")) {
    return [found(path, "one that describes something", quoted(operation), "Choose DescribeJobs.")];
  }
  return [];
}

/** Whether a kind of fault meets calls of DRS alone. */
function isOfDrs(kind: FaultKind): boolean {
  return kind === "hidden-job" || kind === "stale-read";
}
