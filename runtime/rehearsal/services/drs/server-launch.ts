import { type Instant, plusSeconds } from "../../../core/instant.js";
import type { Conversion } from "./convert-job.js";
import { launchTimes } from "./durations.js";
import { existingInstance, existingUnfit } from "./existing-instance.js";
import { failbackLaunchEnded, mirroredBy, newFailback } from "./failback.js";
import { log, settle } from "./jobs.js";
import { runLaunchActions } from "./launch-action-runs.js";
import { dataForLaunch } from "./launch-data.js";
import { launchSettingsOf } from "./launch-settings.js";
import type {
  Caller,
  EventData,
  JobRecord,
  LaneRecord,
  LaunchStatus,
  Participant,
  RecoveryInstanceRecord,
  SourceServerRecord,
} from "./model.js";
import { launchDenial } from "./on-behalf.js";
import type { LaunchPhase } from "./options.js";
import { beginReplacement, endReplacement, forget, remember } from "./recovery-instances.js";
import { arnIn, type World } from "./world.js";

/** From the call to the clean-up of the instance that a launch replaces. */
const cleanupAfterSeconds = 0.6;

interface LaunchContext {
  readonly world: World;
  readonly lane: LaneRecord;
  readonly job: JobRecord;
  readonly participant: Participant;
  readonly server: SourceServerRecord;
  readonly caller: Caller;
  readonly pinned: Instant | undefined;
  /** Of an extended server, in its staging account. */
  readonly conversion: Conversion | undefined;
}

/** One server's way through a launch job: clean-up, snapshot, conversion, launch. */
export class ServerLaunch {
  private readonly context: LaunchContext;
  /** Moment the phases count from: later than the job where a clean-up came first. */
  private start: Instant;
  private pointInTime: Instant;

  constructor(context: LaunchContext) {
    this.context = context;
    this.start = context.job.createdAt;
    this.pointInTime = context.pinned ?? context.job.createdAt;
  }

  begin(): void {
    const { world, server } = this.context;
    const { formerInstanceReplacedAt, cleanupSeconds } = world.switches;
    if (server.recoveryInstance === undefined || formerInstanceReplacedAt === "launch-end") {
      this.takeSnapshot();
      return;
    }
    const { createdAt } = this.context.job;
    world.after(createdAt, cleanupAfterSeconds, () => {
      this.move("IN_PROGRESS");
      this.log("CLEANUP_START");
      beginReplacement(this.context.lane, server);
    });
    world.after(createdAt, cleanupAfterSeconds + cleanupSeconds, () => {
      this.replaceFormer();
      this.log("CLEANUP_END");
    });
    this.start = plusSeconds(createdAt, cleanupSeconds);
    this.takeSnapshot();
  }

  private takeSnapshot(): void {
    const { snapshotStart, snapshotEnd } = this.times();
    const { pinned } = this.context;
    this.at(snapshotStart, () => {
      this.move("IN_PROGRESS");
      this.log(pinned === undefined ? "SNAPSHOT_START" : "USING_PREVIOUS_SNAPSHOT");
    });
    this.at(snapshotEnd, () => {
      if (pinned === undefined ? this.endSnapshot() : this.passes("snapshot")) this.convert();
    });
  }

  /** Whether there is data to go on with. */
  private endSnapshot(): boolean {
    const { world, server } = this.context;
    const data = dataForLaunch(world, server);
    if (data.kind === "none") {
      this.fail("snapshot", data.reason);
      return false;
    }
    if (!this.passes("snapshot")) return false;
    this.pointInTime = data.kind === "previous" ? data.at : world.now();
    if (data.kind === "taken") {
      this.log("SNAPSHOT_END");
      return true;
    }
    this.log("SNAPSHOT_FAIL", { rawError: data.reason });
    if (data.kind === "aged-out") {
      this.fail("snapshot", "No point in time is left", "USING_PREVIOUS_SNAPSHOT_FAILED");
      return false;
    }
    this.log("USING_PREVIOUS_SNAPSHOT");
    return true;
  }

  private convert(): void {
    const { world, job, server, conversion } = this.context;
    const { conversionStart, conversionEnd } = this.times();
    if (launchSettingsOf(server).recoveryMode === "FAST") {
      this.start = plusSeconds(this.start, conversionStart - conversionEnd);
      this.launch();
      return;
    }
    const conversionServerID = `i-${world.digits(17, "conversion", job.jobId, server.server)}`;
    this.at(conversionStart, () => {
      this.log("CONVERSION_START");
      if (conversion?.impossible !== undefined) {
        this.fail("conversion", conversion.impossible);
        return;
      }
      this.at(conversionEnd, () => {
        if (!this.passes("conversion")) return;
        this.log("CONVERSION_END", { conversionServerID });
        conversion?.end(true);
        this.launch();
      });
    });
  }

  private launch(): void {
    const { world, lane, job, server, participant, caller } = this.context;
    const { launchStart, launchEnd } = this.times();
    const made = `i-${world.digits(17, "instance", job.jobId, server.server)}`;
    this.at(launchStart, () => {
      this.log("LAUNCH_START");
      const instance = existingInstance(world, server) ?? made;
      const denied =
        launchDenial(world, lane, server, caller) ?? existingUnfit(world, lane, server);
      if (denied) {
        this.fail("launch", denied);
        return;
      }
      if (world.switches.instanceVisibleFrom === "launch-start") this.show(instance, "PENDING");
      this.at(launchEnd, () => {
        forget(lane, instance);
        if (!this.passes("launch")) return;
        this.replaceFormer();
        participant.instance = instance;
        const isStarted = launchSettingsOf(server).launchDisposition === "STARTED";
        this.show(instance, isStarted ? "RUNNING" : "STOPPED");
        server.recoveryInstance = instance;
        runLaunchActions(world, { lane, server, participant, caller, instance }, (failure) => {
          if (failure === undefined) this.succeed(instance);
          else this.fail("action", failure);
        });
      });
    });
  }

  private show(instance: string, state: RecoveryInstanceRecord["state"]): void {
    const { world, lane, job, server } = this.context;
    remember(lane, {
      instance,
      arn: arnIn(lane, `recovery-instance/${instance}`),
      server: server.server,
      isDrill: job.isDrill,
      jobId: job.jobId,
      pointInTime: this.pointInTime,
      launchedAt: world.now(),
      state,
      replicationState: "STOPPED",
      since: world.now(),
      lagSeconds: 0,
      failback: newFailback(),
      tags: {},
    });
  }

  private succeed(instance: string): void {
    const { world, lane, job, server, participant } = this.context;
    this.move("LAUNCHED");
    server.lastLaunchResult = "SUCCEEDED";
    if (world.switches.launchEndIsLogged) this.log("LAUNCH_END", { targetInstanceID: instance });
    world.emit({
      type: "server-launched",
      lane: lane.lane,
      server: server.server,
      instance,
      jobId: job.jobId,
      isDrill: job.isDrill,
      at: world.now(),
    });
    this.tell(true);
    settle(world, lane, job, participant);
  }

  /** False, with the server failed, when a failure was ordered for this phase. */
  private passes(phase: LaunchPhase): boolean {
    const { world, server } = this.context;
    if (!world.takeFailure(server.server, phase)) return true;
    this.fail(phase, `The ${phase} was ordered to fail`);
    return false;
  }

  private fail(phase: LaunchPhase, reason: string, event: string = failureEvents[phase]): void {
    const { world, lane, job, server, participant, conversion } = this.context;
    this.move("FAILED");
    server.lastLaunchResult = "FAILED";
    this.log(event, { rawError: reason });
    if (phase === "snapshot" || phase === "conversion") conversion?.end(false);
    world.emit({
      type: "server-failed",
      lane: lane.lane,
      server: server.server,
      jobId: job.jobId,
      isDrill: job.isDrill,
      reason,
      at: world.now(),
    });
    this.tell(false);
    settle(world, lane, job, participant);
  }

  /** Tells EventBridge, and the instance that this launch brings back. Drills have the same states: a flag tells them. */
  private tell(hasSucceeded: boolean): void {
    const { world, job, server } = this.context;
    const mirrored = mirroredBy(world, server);
    if (mirrored) failbackLaunchEnded(world, mirrored, job, hasSucceeded);
    world.notices.publish(server.arn, "DRS Source Server Launch Result", {
      state: hasSucceeded ? "RECOVERY_LAUNCH_SUCCEEDED" : "RECOVERY_LAUNCH_FAILED",
      "job-id": job.jobId,
      "is-drill": job.isDrill ? "TRUE" : "FALSE",
    });
  }

  private replaceFormer(): void {
    const { world, lane, job, server } = this.context;
    endReplacement(world, lane, job, server);
  }

  private move(status: LaunchStatus): void {
    this.context.participant.launchStatus = status;
    if (this.context.server.lastLaunch) this.context.server.lastLaunch.status = status;
  }

  private log(event: string, data: EventData = {}): void {
    const { world, job, server, conversion } = this.context;
    log(world, job, event, { sourceServerID: server.server, ...data });
    if (isOfConversion(event)) conversion?.log(event, data);
  }

  private at(seconds: number, what: () => void): void {
    this.context.world.after(this.start, seconds, what);
  }

  private times(): ReturnType<typeof launchTimes> {
    return launchTimes(this.context.world, this.context.server.server);
  }
}

/** Whether the staging account of an extended server logs this too. */
function isOfConversion(event: string): boolean {
  return /^(SNAPSHOT|USING|CONVERSION)_/.test(event);
}

const failureEvents: Readonly<Record<LaunchPhase, string>> = {
  snapshot: "SNAPSHOT_FAIL",
  conversion: "CONVERSION_FAIL",
  launch: "LAUNCH_FAILED",
  action: "LAUNCH_FAILED",
};
