import type { LaneKey } from "../../core/lane.js";
import type { Member, RecoveryPlan, Wave } from "../../core/recovery/plan.js";
import { documentedQuotas, predict } from "../../core/recovery/predict.js";
import { voidAfterSeconds, waveDeadlineMinutes } from "../../limits.js";
import { laneHeartbeatSeconds } from "../../workflows/time-outs.js";
import { faultBounds } from "../faults/bounds.js";
import type { QuotaOverrides } from "../services/service-quotas.js";
import type { SceneMember } from "./scene.js";

/** What the time that an execution may take depends on. */
export interface Task {
  readonly plan: RecoveryPlan;
  readonly members: Iterable<SceneMember>;
  readonly cleanUp: boolean;
  quotas(lane: LaneKey): QuotaOverrides | undefined;
}

/**
 * How long an execution may take when nothing goes wrong any more, in seconds: what is predicted,
 * what the deadlines of waves that wait for one another leave besides, a clean-up that gives up,
 * and what the last fault can leave behind: a lane that counts as dead, an intent that must become
 * void, a wait that a service asked for.
 */
export function allowedSeconds({ plan, members, cleanUp, quotas }: Task): number {
  const { waves, reserve, pacingSeconds } = plan;
  const prediction = predict({
    waves,
    reserve,
    pacingSeconds,
    members: membersByLane(waves, members),
    quotas: (lane) => ({ ...documentedQuotas, ...quotas(lane) }),
  });
  const afterFaults = laneHeartbeatSeconds + voidAfterSeconds + faultBounds.retryAfterSeconds.max;
  return (
    prediction.makespanSeconds +
    longestDeadlinesMinutes(waves) * 60 +
    (cleanUp ? waveDeadlineMinutes.default * 60 : 0) +
    afterFaults
  );
}

function membersByLane(
  waves: readonly Wave[],
  members: Iterable<SceneMember>,
): ReadonlyMap<LaneKey, readonly Member[]> {
  const byLane = new Map<LaneKey, Member[]>();
  for (const { server, lane, wave, isCritical } of members) {
    const { expectedLaunchSeconds = 0 } = waves.find(({ name }) => name === wave) ?? {};
    const ofLane = byLane.get(lane) ?? [];
    ofLane.push({ server, wave, critical: isCritical, expectedLaunchSeconds });
    byLane.set(lane, ofLane);
  }
  return byLane;
}

/** Deadlines of waves one after another, along the dependencies where they come to most. */
function longestDeadlinesMinutes(waves: readonly Wave[]): number {
  const known = new Map<string, number>();
  const until = (name: string): number => {
    const wave = waves.find((one) => one.name === name);
    if (!wave) return 0;
    const there =
      known.get(name) ?? wave.deadlineMinutes + Math.max(0, ...wave.dependsOn.map(until));
    known.set(name, there);
    return there;
  };
  return Math.max(0, ...waves.map(({ name }) => until(name)));
}
