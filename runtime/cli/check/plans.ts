import type { LaneKey } from "../../core/lane.js";
import { type Prediction, predictFromCounts } from "../../core/recovery/predict.js";
import { expectedServers, recoveryPlans } from "../../environment/documents.js";
import { declaredFleet } from "../../environment/fleet.js";
import type { Environment } from "../../environment/schema.js";
import { drsQuotas } from "../../limits.js";
import { counted, duration, thousands } from "../../report/wording.js";
import type { CheckFinding } from "./findings.js";

/** How a plan fits what the lanes admit, and whether its recovery would be in time. */
export interface PlanFit {
  readonly plan: string;
  readonly servers: number;
  readonly rtoMinutes: number;
  /** Absent when a lane leaves the plan no room at all. */
  readonly predictedSeconds?: number;
  readonly lowerBoundSeconds: number;
  readonly jobs: number;
  /** Servers that would not be started before their wave's deadline. */
  readonly notLaunched: number;
  readonly waves: readonly WaveFit[];
  readonly lanes: readonly LaneFit[];
}

export interface WaveFit {
  readonly wave: string;
  readonly servers: number;
  readonly lanes: number;
  /** Absent when the wave selects no declared server. */
  readonly openedAtSeconds?: number;
  readonly endedAtSeconds?: number;
  /** Times that the fullest of its lanes must be filled until all its servers were started. */
  readonly rounds: number;
  readonly fullest?: { readonly lane: LaneKey; readonly servers: number };
}

export interface LaneFit {
  readonly lane: LaneKey;
  readonly servers: number;
  readonly jobs: number;
  readonly peakJobs: number;
  readonly peakServersInFlight: number;
  /** What the quotas leave to the plan after its reserve. */
  readonly roomJobs: number;
  readonly roomServers: number;
}

/** Predicts every plan of an environment from its declared fleet, by the engine's own decisions. */
export function planFits(environment: Environment): readonly PlanFit[] {
  const fleet = declaredFleet(environment);
  return recoveryPlans(environment).map((plan): PlanFit => {
    const expected = expectedServers(environment, plan, fleet);
    const waves = plan.waves.map((wave) => ({
      ...wave,
      expectedServers: expected[wave.name] ?? {},
    }));
    const { reserve, pacingSeconds } = plan;
    const prediction = predictFromCounts({ waves, reserve, pacingSeconds });
    const room = roomUnder(reserve);
    const servers = prediction.lanes.reduce((sum, lane) => sum + lane.servers, 0);
    const predicted = prediction.makespanSeconds;
    return {
      plan: plan.name,
      servers,
      rtoMinutes: plan.objectives.rtoMinutes,
      ...(Number.isFinite(predicted) ? { predictedSeconds: predicted } : {}),
      lowerBoundSeconds: prediction.lowerBoundSeconds,
      jobs: prediction.jobs,
      notLaunched: servers - prediction.servers.launched,
      waves: waves.map((wave) => waveFit(wave.name, wave.expectedServers, prediction, room)),
      lanes: prediction.lanes.map(({ lane, servers: members, jobs, ...peaks }) => ({
        lane,
        servers: members,
        jobs,
        peakJobs: peaks.peakJobs,
        peakServersInFlight: peaks.peakServersInFlight,
        roomJobs: room.jobs,
        roomServers: room.servers,
      })),
    };
  });
}

interface Room {
  readonly jobs: number;
  readonly servers: number;
}

function roomUnder(reserve: Room): Room {
  return {
    jobs: Math.max(0, drsQuotas.concurrentJobs.value - reserve.jobs),
    servers: Math.max(0, drsQuotas.serversInAllJobs.value - reserve.servers),
  };
}

function waveFit(
  wave: string,
  expected: Readonly<Record<LaneKey, number>>,
  prediction: Prediction,
  room: Room,
): WaveFit {
  const lanes = (Object.entries(expected) as [LaneKey, number][]).filter(([, count]) => count > 0);
  const [fullest] = lanes.toSorted(([, a], [, b]) => b - a);
  const atOnce = Math.min(room.servers, room.jobs * drsQuotas.serversPerJob.value);
  const times = prediction.waves.find((each) => each.wave === wave);
  return {
    wave,
    servers: lanes.reduce((sum, [, count]) => sum + count, 0),
    lanes: lanes.length,
    ...(times && {
      openedAtSeconds: times.openedAtSeconds,
      endedAtSeconds: times.endedAtSeconds,
    }),
    rounds: Math.ceil((fullest?.[1] ?? 0) / Math.max(1, atOnce)),
    ...(fullest && { fullest: { lane: fullest[0], servers: fullest[1] } }),
  };
}

/** Refuses plans that cannot be in time or cannot start all servers; advises on what slows them. */
export function planFindings(fits: readonly PlanFit[]): readonly CheckFinding[] {
  return fits.flatMap((fit, index) => [
    ...timeFindings(fit, `plans[${index}]`),
    ...fit.waves.flatMap((wave, place) => waveFindings(wave, `plans[${index}].waves[${place}]`)),
  ]);
}

function timeFindings(fit: PlanFit, plan: string): readonly CheckFinding[] {
  const { predictedSeconds, rtoMinutes, notLaunched, lowerBoundSeconds } = fit;
  if (notLaunched > 0) {
    const path = `${plan}.waves`;
    const message = `${path} must let every server start before its wave's deadline, got ${counted(notLaunched, "server")} left over. Lengthen deadlineMinutes, lessen the reserve, or spread the servers over more lanes.`;
    return [{ level: "refused", path, message }];
  }
  const path = `${plan}.objectives.rtoMinutes`;
  if (predictedSeconds === undefined) {
    const message = `${path} must be reachable, got a plan whose recovery never ends. Lessen the reserve of the plan.`;
    return [{ level: "refused", path, message }];
  }
  if (predictedSeconds <= rtoMinutes * 60) return [];
  const needed = Math.ceil(predictedSeconds / 60);
  const message = `${path} must be at least ${thousands(needed)} minutes, got ${thousands(rtoMinutes)}. The predicted recovery takes ${duration(predictedSeconds)}, of which ${duration(lowerBoundSeconds)} are the slowest servers along the waves: raise the objective, or let fewer waves wait for each other.`;
  return [{ level: "refused", path, message }];
}

function waveFindings(wave: WaveFit, path: string): readonly CheckFinding[] {
  if (wave.servers === 0) {
    const message = `${path} should select servers of the declared fleet, got none. Check its group and tags.`;
    return [{ level: "advice", path, message }];
  }
  if (wave.rounds <= 1 || wave.fullest === undefined) return [];
  const message = `${path} should fit its lanes at once, got ${counted(wave.fullest.servers, "server")} in ${wave.fullest.lane}, which takes ${wave.rounds} rounds under the quotas and the plan's reserve. Spread them over more lanes to be faster.`;
  return [{ level: "advice", path, message }];
}
