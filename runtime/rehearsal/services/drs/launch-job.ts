import type { Instant } from "../../../core/instant.js";
import { startConversions } from "./convert-job.js";
import { failbackLaunchBegan, mirroredBy } from "./failback.js";
import { openJob } from "./jobs.js";
import type { Caller, JobRecord, LaneRecord, Participant } from "./model.js";
import { ServerLaunch } from "./server-launch.js";
import type { World } from "./world.js";

export interface LaunchRequest {
  /** Each server once, with the point in time it is recovered to; absent for the latest data. */
  readonly servers: ReadonlyMap<string, Instant | undefined>;
  readonly isDrill: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** Starts a launch job whose servers were checked. Each server goes its own way; the job ends with its slowest. */
export function startLaunchJob(
  world: World,
  lane: LaneRecord,
  { servers, isDrill, tags }: LaunchRequest,
  caller: Caller,
): JobRecord {
  const ways = [...servers.keys()].map((id) => {
    const server = lane.servers.get(id);
    if (!server) throw new Error(`server must be in ${lane.lane}, got "${id}".`);
    const participant: Participant = { server: id, launchStatus: "PENDING", isDone: false };
    return { server, participant };
  });
  const participants = ways.map(({ participant }) => participant);
  const job = openJob(world, lane, { kind: "launch", isDrill, participants, tags, by: caller.by });
  const conversions = startConversions(
    world,
    ways.map(({ server }) => server),
  );
  for (const { server, participant } of ways) {
    server.lastLaunch = { jobId: job.jobId, isDrill, calledAt: job.createdAt, status: "PENDING" };
    server.lastLaunchResult = "PENDING";
    const mirrored = mirroredBy(world, server);
    if (mirrored) failbackLaunchBegan(world, mirrored, job);
    const pinned = servers.get(server.server);
    const conversion = conversions.get(server.server);
    new ServerLaunch({ world, lane, job, participant, server, caller, pinned, conversion }).begin();
  }
  return job;
}
