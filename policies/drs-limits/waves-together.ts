import type { LaneKey } from "../../runtime/core/lane.js";
import type { CountedPlan } from "../../runtime/core/recovery/predict.js";
import { jobsFor } from "./counted-plan.js";

/** Waves that may start at the same time, and what they ask of one lane. */
export interface Together {
  readonly waves: readonly string[];
  readonly lane: LaneKey;
  readonly servers: number;
  readonly jobs: number;
}

/**
 * Groups waves by the length of the longest chain of dependencies before them: those of one length
 * wait for nothing of each other, so they may start together.
 */
export function wavesTogether({ waves }: CountedPlan): readonly Together[] {
  const byName = new Map(waves.map((wave) => [wave.name, wave]));
  const groups = new Map<string, Together>();
  for (const { name, expectedServers } of waves) {
    const depth = depthOf(name, byName, new Set());
    for (const [lane, servers] of Object.entries(expectedServers) as [LaneKey, number][]) {
      if (servers <= 0) continue;
      const key = `${depth} ${lane}`;
      const before = groups.get(key) ?? { waves: [], lane, servers: 0, jobs: 0 };
      groups.set(key, {
        waves: [...before.waves, name],
        lane,
        servers: before.servers + servers,
        jobs: before.jobs + jobsFor(servers),
      });
    }
  }
  return [...groups.values()];
}

function depthOf(
  name: string,
  waves: ReadonlyMap<string, { readonly dependsOn: readonly string[] }>,
  above: ReadonlySet<string>,
): number {
  if (above.has(name)) return 0;
  const before = waves.get(name)?.dependsOn ?? [];
  const path = new Set([...above, name]);
  return Math.max(0, ...before.map((dependency) => 1 + depthOf(dependency, waves, path)));
}
