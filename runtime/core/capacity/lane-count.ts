import { isActive, type Job, type SourceServer } from "../recovery/observation.js";

/** What a lane has in use of its quotas. */
export interface LaneCount {
  readonly replicatingServers: number;
  readonly sourceServers: number;
  readonly activeJobs: number;
  readonly serversInJobs: number;
}

/** Counts a lane's servers and jobs as AWS counts them against its quotas. */
export function countLane(servers: readonly SourceServer[], jobs: readonly Job[]): LaneCount {
  const active = jobs.filter(isActive);
  return {
    replicatingServers: servers.filter(isReplicating).length,
    sourceServers: servers.length,
    activeJobs: active.length,
    serversInJobs: active.reduce((sum, job) => sum + job.servers.length, 0),
  };
}

/**
 * Whether a server counts against the quota of replicating servers. One that stalls, rescans or is
 * paused still holds its place; stopping and disconnecting remove what replicates it. Extended
 * servers replicate in their staging account, and count there.
 *
 * AWS does not publish which states it counts: the states without staging resources are left out.
 */
export function isReplicating({
  isExtended,
  replicationState,
}: Pick<SourceServer, "isExtended" | "replicationState">): boolean {
  return !isExtended && replicationState !== "STOPPED" && replicationState !== "DISCONNECTED";
}
