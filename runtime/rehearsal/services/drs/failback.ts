import { laneKey } from "../../../core/lane.js";
import { parseArn } from "../arns.js";
import type {
  FailbackRecord,
  FailbackState,
  JobRecord,
  LaneRecord,
  RecoveryInstanceRecord,
  ServerLink,
  SourceServerRecord,
} from "./model.js";
import { isBusy } from "./quotas.js";
import { busyServers, Refusal, refusalAs } from "./refusal.js";
import { beginSync, endReplication, moveReplication } from "./replication.js";
import { checkServerQuotas, isReplicating } from "./server-quotas.js";
import { noSettings } from "./settings.js";
import { arnIn, type World } from "./world.js";

/** A way back that nobody has begun. */
export function newFailback(): FailbackRecord {
  return {
    state: "FAILBACK_NOT_STARTED",
    configuration: { bandwidthThrottling: 0, usePrivateIP: false, internetProtocol: "IPV4" },
  };
}

/**
 * Replicates an instance back to where its server came from: to a new source server there, or to the
 * one that was made when replication was reversed before. Throws a `Refusal` with nothing changed.
 */
export function reverseReplication(
  world: World,
  lane: LaneRecord,
  instance: RecoveryInstanceRecord,
  server: SourceServerRecord,
): ServerLink {
  const far = originOf(world, server);
  const former = server.reversed && world.serverAt(server.reversed);
  refuseTwice(world, instance);
  const isReused = former !== undefined && isReusable(world, server);
  if (isReused) refuseBusy(world, far, former);
  if (!isReused || !isReplicating(former)) {
    checkServerQuotas(world, far, { isNew: !isReused }, world.switches.serverOverQuota);
  }
  const target = isReused ? former : createReversed(world, lane, instance, server, far);
  const link = { lane: far.lane, server: target.server, arn: target.arn };
  server.reversed = link;
  target.reversed = { lane: lane.lane, server: server.server, arn: server.arn };
  target.mirrors = { lane: lane.lane, instance: instance.instance };
  instance.failback.reversed = link;
  instance.failback.initiatedAt = world.now();
  beginSync(world, target, () => {
    if (instance.failback.reversed === link) follow(world, instance, target.replicationState);
  });
  return link;
}

/** A failback client outside of AWS has paired with the instance and copies it. */
export function connectFailbackClient(world: World, instance: RecoveryInstanceRecord): void {
  const clientId = `fbc-${world.digits(17, "failback client", instance.instance)}`;
  instance.failback.clientId = clientId;
  instance.failback.initiatedAt = world.now();
  beginSync(world, instance, () => {
    const isReady = instance.replicationState === "CONTINUOUS";
    move(world, instance, isReady ? "FAILBACK_READY_FOR_LAUNCH" : "FAILBACK_IN_PROGRESS");
  });
}

export function stopFailback(world: World, instance: RecoveryInstanceRecord): void {
  const { failback } = instance;
  const far = failback.reversed && world.serverAt(failback.reversed);
  if (far && world.switches.stopFailbackStopsReversed) endReplication(world, far, "STOPPED");
  if (instance.replicationState !== "DISCONNECTED") endReplication(world, instance, "STOPPED");
  delete failback.reversed;
  delete failback.clientId;
  delete failback.initiatedAt;
  failback.state = "FAILBACK_NOT_STARTED";
}

/** Ends the replication of an instance for good, and with it its way back. */
export function disconnect(world: World, instance: RecoveryInstanceRecord): void {
  sourceGone(world, instance);
  endReplication(world, instance, "DISCONNECTED");
}

/** The agent of an instance is heard of no more: what replicates it stalls. */
export function sourceGone(world: World, { failback, instance }: RecoveryInstanceRecord): void {
  const far = failback.reversed && world.serverAt(failback.reversed);
  if (far?.mirrors?.instance !== instance || !isReplicating(far)) return;
  moveReplication(world, far, "STALLED");
}

/** Whether a far server still replicates the instance, which must be stopped before the instance may end. */
export function isReplicatedBack(world: World, { failback }: RecoveryInstanceRecord): boolean {
  const far = failback.reversed && world.serverAt(failback.reversed);
  return far !== undefined && isReplicating(far);
}

/** A launch began that brings an instance back: of the server that mirrors it, or of its failback client. */
export function failbackLaunchBegan(
  world: World,
  instance: RecoveryInstanceRecord,
  job: JobRecord,
): void {
  instance.failback.jobId = job.jobId;
  instance.failback.launchType = job.isDrill ? "DRILL" : "RECOVERY";
  move(world, instance, "FAILBACK_IN_PROGRESS");
}

/** That launch ended. Says nothing where the way back was stopped meanwhile. */
export function failbackLaunchEnded(
  world: World,
  instance: RecoveryInstanceRecord,
  job: JobRecord,
  hasSucceeded: boolean,
): void {
  const { state, jobId } = instance.failback;
  if (jobId !== job.jobId || state !== "FAILBACK_IN_PROGRESS") return;
  const isOver = !job.isDrill || world.switches.drillCompletesFailback;
  const success = isOver ? "FAILBACK_COMPLETED" : "FAILBACK_READY_FOR_LAUNCH";
  move(world, instance, hasSucceeded ? success : "FAILBACK_ERROR");
  if (hasSucceeded && isOver) stopExtended(world, instance);
}

/** After the failback of an extended server its agent replicates no more. Source: DRS user guide, multiple accounts. */
function stopExtended(world: World, { arn, server }: RecoveryInstanceRecord): void {
  const { extendedFailbackEnds } = world.switches;
  const { account = "", region = "" } = parseArn(arn) ?? {};
  const extension = world.lane(laneKey({ account, region })).servers.get(server)?.extension;
  const staging = extension && world.serverAt(extension);
  if (staging && extendedFailbackEnds !== "nothing") {
    endReplication(world, staging, extendedFailbackEnds);
  }
}

/** The instance that a server mirrors, unless it is gone. */
export function mirroredBy(
  world: World,
  { mirrors }: SourceServerRecord,
): RecoveryInstanceRecord | undefined {
  return mirrors && world.lane(mirrors.lane).instances.get(mirrors.instance);
}

function follow(world: World, instance: RecoveryInstanceRecord, replicationState: string): void {
  const isReady = replicationState === "CONTINUOUS";
  move(world, instance, isReady ? "FAILBACK_READY_FOR_LAUNCH" : world.switches.reversedSyncState);
}

/** States that EventBridge tells. Source: EventBridge reference, Elastic Disaster Recovery. */
const toldStates: ReadonlySet<FailbackState> = new Set([
  "FAILBACK_IN_PROGRESS",
  "FAILBACK_COMPLETED",
  "FAILBACK_ERROR",
]);

function move(world: World, instance: RecoveryInstanceRecord, state: FailbackState): void {
  if (instance.failback.state === state) return;
  instance.failback.state = state;
  if (!toldStates.has(state)) return;
  world.notices.publish(instance.arn, "DRS Recovery Instance Failback State Change", { state });
}

/** The lane that a server came from, where DRS must have been used before. */
function originOf(world: World, { server, origin }: SourceServerRecord): LaneRecord {
  const { originNotInAws, originNotInitialised } = world.switches;
  if (!origin) throw refusalAs(originNotInAws, `Source server ${server} is not from EC2`, server);
  const { account, region } = origin;
  const lane = world.lane(laneKey({ account, region }));
  if (lane.isInitialised) return lane;
  const message = `Account ${account} is not initialized in ${region}`;
  if (originNotInitialised === "UninitializedAccountException") {
    throw new Refusal(originNotInitialised, message);
  }
  throw refusalAs(originNotInitialised, message, server);
}

function refuseTwice(world: World, instance: RecoveryInstanceRecord): void {
  const { reverseTwice } = world.switches;
  if (reverseTwice === "accepted" || !isReplicatedBack(world, instance)) return;
  const id = instance.instance;
  const message = `Recovery instance ${id} is replicated back already`;
  throw refusalAs(reverseTwice, message, id, "AWS::DRS::RecoveryInstance");
}

function isReusable(world: World, { direction }: SourceServerRecord): boolean {
  return direction !== "FAILBACK" || world.switches.reprotectUsesFormerServer;
}

function refuseBusy(world: World, far: LaneRecord, { server }: SourceServerRecord): void {
  if (!isBusy(world, far, server)) return;
  throw busyServers(world.switches.conflictNamesServer ? server : undefined);
}

function createReversed(
  world: World,
  lane: LaneRecord,
  { instance }: RecoveryInstanceRecord,
  server: SourceServerRecord,
  far: LaneRecord,
): SourceServerRecord {
  const id = `s-${world.digits(17, "reversed", far.lane, instance)}`;
  const { account, region } = lane;
  const created: SourceServerRecord = {
    server: id,
    arn: arnIn(far, `source-server/${id}`),
    hostname: server.hostname,
    tags: world.switches.reversedServerTags === "copied" ? { ...server.tags } : {},
    addedAt: world.now(),
    replicationState: "STOPPED",
    since: world.now(),
    lagSeconds: 0,
    lastLaunchResult: "NOT_STARTED",
    machine: server.machine,
    settings: noSettings(),
    origin: { account, region },
    ...(server.direction !== "FAILBACK" && { direction: "FAILBACK" as const }),
  };
  far.servers.set(id, created);
  return created;
}
