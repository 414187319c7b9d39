import pMap from "p-map";
import { countLane, isReplicating, type LaneCount } from "../core/capacity/lane-count.js";
import { DrError } from "../core/errors.js";
import { type Lane, laneKey } from "../core/lane.js";
import type { DrsOfLane, EstateLane, QuotasOfLane } from "../core/ports.js";
import type { LaneQuotas, SourceServer } from "../core/recovery/observation.js";

/** Lanes that are asked at once. */
const lanesAtOnce = 40;

/** Jobs older than this are not looked at: none has been seen to run for a day. */
export const jobHorizonSeconds = 24 * 3600;

/** A lane's servers, or why they could not be listed. */
export interface LaneServers extends Lane {
  readonly accountName: string;
  readonly declaredServers: number;
  /** Servers that count against the quota of replicating servers; extended ones do not. */
  readonly replicatingServers: number;
  readonly servers: readonly SourceServer[];
  readonly problem?: string;
}

/** What a lane has in use of its quotas. */
export interface LaneUse extends Lane, LaneCount {
  readonly accountName: string;
  readonly quotas: LaneQuotas;
  readonly problem?: string;
}

interface Ports {
  readonly drs: DrsOfLane;
  readonly quotas: QuotasOfLane;
}

/** Lists all lanes at once. One lane that fails is told with its reason; the others do not notice. */
export function listLanes(
  { drs }: Ports,
  lanes: readonly EstateLane[],
): Promise<readonly LaneServers[]> {
  return pMap(
    lanes,
    async (lane): Promise<LaneServers> => {
      const base = placeOf(lane);
      return orProblem(
        async () => {
          const servers = await drs(lane).sourceServers();
          return { ...base, replicatingServers: servers.filter(isReplicating).length, servers };
        },
        (problem) => ({ ...base, replicatingServers: 0, servers: [], problem }),
      );
    },
    { concurrency: lanesAtOnce },
  );
}

/** Quotas of all lanes at once, and what is in use of each. */
export function measureLanes(
  { drs, quotas }: Ports,
  lanes: readonly EstateLane[],
  since: Parameters<ReturnType<DrsOfLane>["jobsSince"]>[0],
): Promise<readonly LaneUse[]> {
  return pMap(
    lanes,
    async (lane): Promise<LaneUse> => {
      const { accountName, account, region } = placeOf(lane);
      const limits = await quotas(lane);
      const base = { account, region, accountName, quotas: limits };
      return orProblem(
        async () => {
          const port = drs(lane);
          const [servers, jobs] = await Promise.all([port.sourceServers(), port.jobsSince(since)]);
          return { ...base, ...countLane(servers, jobs) };
        },
        (problem) => ({ ...base, ...countLane([], []), problem }),
      );
    },
    { concurrency: lanesAtOnce },
  );
}

function placeOf({ account, region, accountName, declaredServers }: EstateLane) {
  return { account, region, accountName, declaredServers };
}

async function orProblem<T>(work: () => Promise<T>, told: (problem: string) => T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DrError) return told(error.message);
    throw error;
  }
}

/** The estate's lanes that a group or a plan names. */
export function lanesNamed(
  estate: readonly EstateLane[],
  named: readonly Lane[],
): readonly EstateLane[] {
  const keys = new Set(named.map(laneKey));
  return estate.filter((lane) => keys.has(laneKey(lane)));
}
