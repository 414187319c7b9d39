import type { Fault, FaultKind, FaultOf } from "./profile.js";

/** Kinds that decide what becomes of a call: of those that fall on it, the first alone happens. */
export const decidingKinds = [
  "throttling",
  "internal-error",
  "lost-reply",
  "lost-call",
  "late-call",
  "death",
  "time-out",
  "expired-token",
  "refused-credentials",
  "dark-lane",
] as const satisfies readonly FaultKind[];

/** Kinds that change how a call is answered which reaches its service, on top of the others. */
const changingKinds = [
  "stale-read",
  "hidden-job",
  "clock-skew",
] as const satisfies readonly FaultKind[];

const kindsOfCalls: readonly FaultKind[] = [...decidingKinds, ...changingKinds];

/** A fault that decides what becomes of a call. */
export type DecidingFault = FaultOf<(typeof decidingKinds)[number]>;

/** A fault that meets calls on their way through the gateway. */
export type CallFault = DecidingFault | FaultOf<(typeof changingKinds)[number]>;

export function isOfCalls(fault: Fault): fault is CallFault {
  return kindsOfCalls.includes(fault.kind);
}
