import { sourceGone } from "./failback.js";
import type { JobRecord, LaneRecord, RecoveryInstanceRecord, SourceServerRecord } from "./model.js";
import type { World } from "./world.js";

/** Puts an instance where DescribeRecoveryInstances finds it. */
export function remember(lane: LaneRecord, instance: RecoveryInstanceRecord): void {
  lane.instances.set(instance.instance, instance);
}

/** Removes the record of an instance, which need not exist. */
export function forget(lane: LaneRecord, instance: string): void {
  lane.instances.delete(instance);
}

/** Marks the server's former instance as being shut down for a new one. */
export function beginReplacement(lane: LaneRecord, server: SourceServerRecord): void {
  const former = formerOf(lane, server);
  if (former) former.state = "SHUTTING-DOWN";
}

/** Ends the server's former instance, if it has one, in favour of a new one. */
export function endReplacement(
  world: World,
  lane: LaneRecord,
  job: JobRecord,
  server: SourceServerRecord,
): void {
  const former = formerOf(lane, server);
  if (!former) return;
  remove(world, lane, former);
  world.emit({ type: "instance-replaced", ...goneIn(world, job, former) });
}

/** Ends an instance for a terminate job; its record stays until {@link remove}. */
export function terminate(world: World, job: JobRecord, instance: RecoveryInstanceRecord): void {
  instance.state = "TERMINATED";
  world.emit({ type: "instance-terminated", ...goneIn(world, job, instance) });
}

/** Removes the record of an instance that has ended; its server has none then. */
export function remove(world: World, lane: LaneRecord, instance: RecoveryInstanceRecord): void {
  sourceGone(world, instance);
  forget(lane, instance.instance);
  const server = lane.servers.get(instance.server);
  if (server?.recoveryInstance === instance.instance) delete server.recoveryInstance;
}

function formerOf(
  lane: LaneRecord,
  server: SourceServerRecord,
): RecoveryInstanceRecord | undefined {
  return server.recoveryInstance === undefined
    ? undefined
    : lane.instances.get(server.recoveryInstance);
}

function goneIn(world: World, job: JobRecord, instance: RecoveryInstanceRecord) {
  return {
    lane: job.lane,
    instance: instance.instance,
    server: instance.server,
    isDrill: instance.isDrill,
    jobId: job.jobId,
    launchedBy: instance.jobId,
    by: job.by,
    at: world.now(),
  };
}
