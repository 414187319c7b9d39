import type { Instant } from "../../../core/instant.js";
import type { Disk } from "./machine.js";
import type { Replicating, SyncProgress } from "./model.js";
import { timestamp } from "./wire-values.js";
import type { World } from "./world.js";

/** Steps of an agent before the first byte. Source: API model, DataReplicationInitiationStepName. */
export const agentSteps: readonly string[] = [
  "WAIT",
  "CREATE_SECURITY_GROUP",
  "LAUNCH_REPLICATION_SERVER",
  "BOOT_REPLICATION_SERVER",
  "AUTHENTICATE_WITH_SERVICE",
  "DOWNLOAD_REPLICATION_SOFTWARE",
  "CREATE_STAGING_DISKS",
  "ATTACH_STAGING_DISKS",
  "PAIR_REPLICATION_SERVER_WITH_AGENT",
  "CONNECT_AGENT_TO_REPLICATION_SERVER",
  "START_DATA_TRANSFER",
];

/** The same with a failback client. Source: API model, RecoveryInstanceDataReplicationInitiationStepName. */
export const failbackClientSteps: readonly string[] = [
  "LINK_FAILBACK_CLIENT_WITH_RECOVERY_INSTANCE",
  "COMPLETE_VOLUME_MAPPING",
  "ESTABLISH_RECOVERY_INSTANCE_COMMUNICATION",
  "DOWNLOAD_REPLICATION_SOFTWARE_TO_FAILBACK_CLIENT",
  "CONFIGURE_REPLICATION_SOFTWARE",
  "PAIR_AGENT_WITH_REPLICATION_SOFTWARE",
  "ESTABLISH_AGENT_REPLICATOR_SOFTWARE_COMMUNICATION",
];

const copying: ReadonlySet<string> = new Set(["INITIATING", "INITIAL_SYNC"]);

/** Whether there is consistent data whose age can be told. */
export function hasData({ replicationState }: Replicating): boolean {
  return replicationState !== "DISCONNECTED" && !copying.has(replicationState);
}

/** How replication stands, as source servers and recovery instances tell it alike. */
export function replicationInfo(
  world: World,
  subject: Replicating,
  disks: readonly Disk[],
  stepNames = agentSteps,
) {
  const { replicationState, sync } = subject;
  const isCopying = sync !== undefined && copying.has(replicationState);
  return {
    dataReplicationInitiation: initiation(world, subject, stepNames),
    dataReplicationState: replicationState,
    ...(isCopying && { etaDateTime: timestamp(world, sync.syncedAt) }),
    replicatedDisks: disks.map((one) => replicatedDisk(world, subject, one)),
  };
}

/** An instance that is disconnected has disks of 0 bytes. Source: API documentation of DisconnectRecoveryInstance. */
function replicatedDisk(
  world: World,
  { replicationState, sync }: Replicating,
  { deviceName, bytes }: Disk,
) {
  const isGone = replicationState === "DISCONNECTED";
  const isCopying = sync !== undefined && copying.has(replicationState);
  const share = isCopying ? shareBetween(world.now(), sync.dataFrom, sync.syncedAt) : 1;
  const replicatedStorageBytes = isGone ? 0 : Math.floor(bytes * share);
  return {
    deviceName,
    totalStorageBytes: isGone ? 0 : bytes,
    replicatedStorageBytes,
    rescannedStorageBytes: 0,
    backloggedStorageBytes: 0,
  };
}

function initiation(world: World, { sync }: Replicating, stepNames: readonly string[]) {
  if (!sync) return { steps: [] };
  return { startDateTime: timestamp(world, sync.startedAt), steps: steps(world, sync, stepNames) };
}

function steps(world: World, { startedAt, dataFrom }: SyncProgress, stepNames: readonly string[]) {
  const done = Math.floor(shareBetween(world.now(), startedAt, dataFrom) * stepNames.length);
  return stepNames.map((name, index) => ({ name, status: stepStatus(index, done) }));
}

function stepStatus(index: number, done: number): string {
  if (index < done) return "SUCCEEDED";
  return index === done ? "IN_PROGRESS" : "NOT_STARTED";
}

function shareBetween(now: Instant, from: Instant, to: Instant): number {
  if (now >= to) return 1;
  return Math.max(0, (now - from) / (to - from));
}
