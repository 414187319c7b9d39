import { latest, secondsBetween } from "../../core/instant.js";
import type { LaneKey } from "../../core/lane.js";
import { lowerBoundSeconds } from "../../core/recovery/lower-bound.js";
import { countedLaunches, type Observed } from "./traces.js";

/**
 * What no orchestrator could have beaten: the slowest launches along the waves' dependencies, as
 * long as they really took from their call on. Of a stranger's launch only what was left of it
 * counts; servers that were never launched count nothing.
 */
export function trueLowerBoundSeconds(observed: Observed): number {
  const { scene } = observed;
  const members = new Map<LaneKey, { wave: string; expectedLaunchSeconds: number }[]>();
  for (const { server, job, endedAt } of countedLaunches(observed)) {
    const member = scene.members.get(server);
    if (!member || endedAt === undefined) continue;
    const began = latest(scene.startedAt, job.startedAt);
    const ofLane = members.get(member.lane) ?? [];
    ofLane.push({ wave: member.wave, expectedLaunchSeconds: secondsBetween(began, endedAt) });
    members.set(member.lane, ofLane);
  }
  return lowerBoundSeconds(scene.waves, members);
}
