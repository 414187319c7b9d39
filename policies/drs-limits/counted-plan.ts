import type { CountedPlan } from "../../runtime/core/recovery/predict.js";
import { drsQuotas, pacingSeconds, reservedJobs, reservedServers } from "../../runtime/limits.js";
import type { PlanContract } from "../contracts.js";
import { known, UNKNOWN } from "../known.js";

/** What a lane has for a plan, after the plan's reserve. */
export interface Room {
  readonly jobs: number;
  readonly servers: number;
}

/** A plan's waves, reserve and pacing with defaults filled in, or the path of what is unknown. */
export function countedPlan(plan: PlanContract): CountedPlan | { readonly unknown: string } {
  const waves = known(() => plan.waves ?? []);
  const reserve = known(() => plan.reserve);
  const pacing = known(() => plan.pacingSeconds ?? pacingSeconds.default);
  if (waves === UNKNOWN) return { unknown: "waves" };
  if (reserve === UNKNOWN) return { unknown: "reserve" };
  if (pacing === UNKNOWN) return { unknown: "pacingSeconds" };
  return {
    waves: waves.map((wave) => ({ ...wave, expectedServers: wave.expectedServers ?? {} })),
    reserve: {
      jobs: reserve?.jobs ?? reservedJobs.default,
      servers: reserve?.servers ?? reservedServers.default,
    },
    pacingSeconds: pacing,
  };
}

/** Jobs and servers that a plan may have in flight in a lane, when nobody else has any. */
export function roomOf({ reserve }: CountedPlan): Room {
  return {
    jobs: drsQuotas.concurrentJobs.value - reserve.jobs,
    servers: drsQuotas.serversInAllJobs.value - reserve.servers,
  };
}

/** Jobs that these servers take when each is as full as may be. */
export function jobsFor(servers: number): number {
  return Math.ceil(servers / drsQuotas.serversPerJob.value);
}
