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
 * done, and none broke its tolerance. Behind a wave that has members in no lane, those count that it
 * waits for itself. Marks that this turn is about to write count already.
 */
export function gateOf(
  wave: ExecutionWave,
  waves: readonly ExecutionWave[],
  gates: readonly GateState[],
  ownMarks: readonly GateMark[],
): Gate {
  let isClosed = false;
  for (const name of wave.dependsOn) {
    const gate = gates.find((one) => one.wave === name);
    const own = ownMarks.filter((mark) => mark.wave === name);
    const broken = [...(gate?.broken ?? []), ...brokenBy(own)];
    if (broken.length > 0) return { kind: "broken", reason: brokenReason(name, broken) };
    const before = waves.find((one) => one.name === name);
    if (before?.laneCount === 0) {
      const behind = gateOf(before, waves, gates, ownMarks);
      if (behind.kind === "broken") return behind;
      if (behind.kind === "closed") isClosed = true;
    } else if (lanesDone(gate, own) < (before?.laneCount ?? 0)) isClosed = true;
  }
  return { kind: isClosed ? "closed" : "open" };
}

/** Counts without copying: a gate of many lanes is looked at by each of them. */
function lanesDone(gate: GateState | undefined, own: readonly GateMark[]): number {
  const added = own.filter(({ lane }) => !gate?.done.has(lane));
  return (gate?.done.size ?? 0) + new Set(added.map(({ lane }) => lane)).size;
}

function brokenBy(marks: readonly GateMark[]): readonly LaneKey[] {
  return marks.flatMap(({ broken, lane }) => (broken ? lane : []));
}

function brokenReason(wave: string, lanes: readonly LaneKey[]): string {
  const [first, ...others] = [...new Set(lanes)].sort();
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
