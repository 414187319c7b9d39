import { secondsBetween } from "../../core/instant.js";
import type { LaneKey } from "../../core/lane.js";
import { lowerBoundSeconds } from "../../core/recovery/lower-bound.js";
import type { Ledger } from "./ledger.js";
import type { Scene } from "./scene.js";

/**
 * What no orchestrator could have beaten: the slowest launches along the waves' dependencies, as
 * long as they really took from their call on. Servers that were never launched count nothing.
 */
export function trueLowerBoundSeconds(scene: Scene, ledger: Ledger): number {
  const members = new Map<LaneKey, { wave: string; expectedLaunchSeconds: number }[]>();
  for (const { server, job, endedAt } of ledger.launches) {
    const member = scene.members.get(server);
    if (!member || !job.isOurs || endedAt === undefined) continue;
    const ofLane = members.get(member.lane) ?? [];
    const expectedLaunchSeconds = secondsBetween(job.startedAt, endedAt);
    ofLane.push({ wave: member.wave, expectedLaunchSeconds });
    members.set(member.lane, ofLane);
  }
  return lowerBoundSeconds(scene.waves, members);
}
