import type { JobRecord, LaneRecord } from "../model.js";
import { checkServersExist, startRecovery } from "../operations/recovery.js";
import { checkServers } from "../quotas.js";
import { refusalAs } from "../refusal.js";
import type { World } from "../world.js";
import { type ExecutionRecord, type ExecutionServer, serverIdOf } from "./model.js";

/** Refuses, by the error of the first that fails, servers that could not be recovered now. */
export function validateServers(
  world: World,
  lane: LaneRecord,
  execution: ExecutionRecord,
  servers: readonly ExecutionServer[],
): void {
  const ids = servers.map(serverIdOf);
  const wanted = new Map(ids.map((id) => [id, execution.pins.get(id)]));
  checkServers(world, lane, {
    kind: "launch",
    servers: ids,
    checkExistence: () => checkServersExist(world, lane, wanted),
  });
  if (world.switches.planStalledServer === "accepted") return;
  const stalled = ids.find((id) => lane.servers.get(id)?.replicationState === "STALLED");
  if (stalled === undefined) return;
  throw refusalAs("ConflictException", `Replication of ${stalled} is stalled`, stalled);
}

/**
 * Starts what recovers these servers, as StartRecovery does for the caller of the execution: the same
 * checks, quotas and events. Each server knows its job then.
 */
export function recoverServers(
  world: World,
  lane: LaneRecord,
  execution: ExecutionRecord,
  servers: readonly ExecutionServer[],
): JobRecord {
  const sourceServers = servers.map((server) => {
    const sourceServerID = serverIdOf(server);
    const recoverySnapshotID = execution.pins.get(sourceServerID);
    return { sourceServerID, ...(recoverySnapshotID !== undefined && { recoverySnapshotID }) };
  });
  const tags = world.switches.planJobTags === "of-execution" ? execution.tags : {};
  startRecovery.run({
    world,
    lane,
    body: { sourceServers, isDrill: execution.mode === "DRILL", tags },
    query: new URLSearchParams(),
    resourceArn: "",
    caller: execution.caller,
  });
  const job = lane.jobs.at(-1);
  if (!job) throw new Error(`StartRecovery must open a job in ${lane.lane}.`);
  for (const server of servers) {
    server.jobId = job.jobId;
    server.outcome = undefined;
  }
  return job;
}
