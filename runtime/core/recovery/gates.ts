import type { LaneKey } from "../lane.js";
import type { ExecutionWave, GateState } from "./state.js";
import type { GateMark } from "./view.js";

export type Gate =
  | { readonly kind: "open" }
  /** Lanes that still work at a wave it depends on. */
  | { readonly kind: "closed" }
  /** A wave it depends on broke its tolerance: it never opens. */
  | { readonly kind: "broken"; readonly reason: string };

/**
 * Whether a wave may start: every lane with members of the waves it depends on has marked them
 * done, and none broke its tolerance. Marks that this turn is about to write count already.
 */
export function gateOf(
  wave: ExecutionWave,
  waves: readonly ExecutionWave[],
  gates: readonly GateState[],
  ownMarks: readonly GateMark[],
): Gate {
  let isClosed = false;
  for (const name of wave.dependsOn) {
    const done = new Set(gates.find((gate) => gate.wave === name)?.done ?? []);
    const broken = new Set(gates.find((gate) => gate.wave === name)?.broken ?? []);
    for (const mark of ownMarks.filter((one) => one.wave === name)) {
      done.add(mark.lane);
      if (mark.broken) broken.add(mark.lane);
    }
    if (broken.size > 0) return { kind: "broken", reason: brokenReason(name, broken) };
    const laneCount = waves.find((one) => one.name === name)?.laneCount ?? 0;
    if (done.size < laneCount) isClosed = true;
  }
  return { kind: isClosed ? "closed" : "open" };
}

function brokenReason(wave: string, lanes: ReadonlySet<LaneKey>): string {
  const [first, ...others] = [...lanes].sort();
  const more = others.length > 0 ? ` and ${others.length} more` : "";
  return `not started: wave "${wave}", on which it depends, failed in ${first}${more}`;
}

/** Whether a wave's failures in a lane are more than it tolerates. Optional servers never count. */
export function breaksTolerance(
  criticalMembers: number,
  criticalFailed: number,
  failedAtMostPercent: number,
): boolean {
  return criticalFailed > 0 && criticalFailed * 100 > criticalMembers * failedAtMostPercent;
}
