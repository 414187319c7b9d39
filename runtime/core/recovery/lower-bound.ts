import type { LaneKey } from "../lane.js";
import { topological } from "./dependencies.js";

/**
 * Seconds that no orchestrator can beat: along the waves' dependencies, the slowest server of each
 * wave over all lanes. Quotas are left out on purpose; what they cost is a plan's to show.
 */
export function lowerBoundSeconds(
  waves: readonly { readonly name: string; readonly dependsOn: readonly string[] }[],
  members: ReadonlyMap<
    LaneKey,
    readonly { readonly wave: string; readonly expectedLaunchSeconds: number }[]
  >,
): number {
  const slowest = new Map<string, number>();
  for (const ofLane of members.values()) {
    for (const { wave, expectedLaunchSeconds } of ofLane) {
      slowest.set(wave, Math.max(slowest.get(wave) ?? 0, expectedLaunchSeconds));
    }
  }
  const ends = new Map<string, number>();
  for (const { name, dependsOn } of topological(waves)) {
    const begins = Math.max(0, ...dependsOn.map((wave) => ends.get(wave) ?? 0));
    ends.set(name, begins + (slowest.get(name) ?? 0));
  }
  return Math.max(0, ...ends.values());
}
