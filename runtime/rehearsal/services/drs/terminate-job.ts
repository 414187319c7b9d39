import { terminateSeconds } from "./durations.js";
import { log, openJob, settle } from "./jobs.js";
import type {
  Caller,
  JobRecord,
  LaneRecord,
  Participant,
  RecoveryInstanceRecord,
} from "./model.js";
import { terminateDenial } from "./on-behalf.js";
import { remove, terminate } from "./recovery-instances.js";
import type { World } from "./world.js";

const cleanupAfterSeconds = 0.8;

/** From the end of the EC2 instance to the removal of its record. */
const removedAfterSeconds = 2;

/** Starts a terminate job over instances that were checked. EC2 ends first, then the records disappear, then the job ends. */
export function startTerminateJob(
  world: World,
  lane: LaneRecord,
  instances: readonly RecoveryInstanceRecord[],
  caller: Caller,
): JobRecord {
  const ways = instances.map((instance) => {
    const { server } = instance;
    const status = { launchStatus: "PENDING", isDone: false } as const;
    const participant: Participant = { server, instance: instance.instance, ...status };
    return { instance, participant };
  });
  const participants = ways.map(({ participant }) => participant);
  const contents = { isDrill: false, participants, tags: {}, by: caller.by };
  const job = openJob(world, lane, { kind: "terminate", ...contents });
  for (const { instance, participant } of ways) {
    endInstance(world, lane, job, instance, participant, caller);
  }
  return job;
}

function endInstance(
  world: World,
  lane: LaneRecord,
  job: JobRecord,
  instance: RecoveryInstanceRecord,
  participant: Participant,
  caller: Caller,
): void {
  const named = { sourceServerID: instance.server, targetInstanceID: instance.instance };
  const begin = (): void => {
    participant.launchStatus = "IN_PROGRESS";
    log(world, job, "CLEANUP_START", named);
    const denied = terminateDenial(world, lane, caller);
    if (denied === undefined) {
      instance.state = "SHUTTING-DOWN";
      world.after(world.now(), terminateSeconds(world, instance.instance), end);
      return;
    }
    participant.launchStatus = "FAILED";
    log(world, job, "CLEANUP_FAIL", { ...named, rawError: denied });
    settle(world, lane, job, participant);
  };
  const end = (): void => {
    terminate(world, job, instance);
    participant.launchStatus = "TERMINATED";
    log(world, job, "CLEANUP_END", named);
    world.after(world.now(), removedAfterSeconds, () => {
      remove(world, lane, instance);
      const lastLaunch = lane.servers.get(instance.server)?.lastLaunch;
      if (lastLaunch?.jobId === instance.jobId) lastLaunch.status = "TERMINATED";
      settle(world, lane, job, participant);
    });
  };
  world.after(job.createdAt, cleanupAfterSeconds, begin);
}
