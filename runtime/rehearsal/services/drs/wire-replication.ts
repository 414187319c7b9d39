import { plusSeconds, secondsBetween } from "../../../core/instant.js";
import type { Disk } from "./machine.js";
import type { Replicating, SyncProgress } from "./model.js";
import { expectedEnd, remainingShare, shareBetween } from "./replicated-data.js";
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

/** How replication stands, as source servers and recovery instances tell it alike. */
export function replicationInfo(
  world: World,
  subject: Replicating,
  disks: readonly Disk[],
  stepNames = agentSteps,
) {
  const { replicationState, replicationError } = subject;
  const totalBytes = disks.reduce((sum, { bytes }) => sum + bytes, 0);
  const end = expectedEnd(world, subject, totalBytes);
  const share = remainingShare(world, subject, totalBytes);
  return {
    dataReplicationInitiation: initiation(world, subject, stepNames),
    dataReplicationState: replicationState,
    ...(end !== undefined && { etaDateTime: timestamp(world, end) }),
    ...(replicationError !== undefined && { dataReplicationError: { error: replicationError } }),
    replicatedDisks: disks.map((one) => replicatedDisk(subject, one, share)),
  };
}

/** What is disconnected has disks of 0 bytes. Source: API documentation of DisconnectSourceServer and DisconnectRecoveryInstance. */
function replicatedDisk(
  { replicationState }: Replicating,
  { deviceName, bytes }: Disk,
  remaining: number,
) {
  const isGone = replicationState === "DISCONNECTED";
  const isFirstCopy = replicationState === "INITIATING" || replicationState === "INITIAL_SYNC";
  const isEmpty = isGone || replicationState === "STOPPED";
  const left = Math.ceil(bytes * remaining);
  return {
    deviceName,
    totalStorageBytes: isGone ? 0 : bytes,
    replicatedStorageBytes: isEmpty ? 0 : bytes - (isFirstCopy ? left : 0),
    rescannedStorageBytes: replicationState === "RESCAN" ? left : 0,
    backloggedStorageBytes: isEmpty || isFirstCopy || replicationState === "RESCAN" ? 0 : left,
  };
}

function initiation(world: World, subject: Replicating, stepNames: readonly string[]) {
  const { replicationState, replicationError, since, sync } = subject;
  const failed = stepNames.findIndex((name) => replicationError === `FAILED_TO_${name}`);
  if (failed >= 0) {
    return {
      startDateTime: timestamp(world, since),
      nextAttemptDateTime: timestamp(world, nextAttempt(world, subject)),
      steps: stepNames.map((name, index) => ({
        name,
        status: stepStatus(index, failed, "FAILED"),
      })),
    };
  }
  if (sync) {
    return {
      startDateTime: timestamp(world, sync.startedAt),
      steps: steps(stepNames, stepsDone(world, sync, stepNames.length)),
    };
  }
  if (replicationState !== "INITIATING") return { steps: [] };
  return { startDateTime: timestamp(world, since), steps: steps(stepNames, 0) };
}

function nextAttempt(world: World, { since }: Replicating) {
  const { initiationRetrySeconds } = world.switches;
  const waited = secondsBetween(since, world.now());
  const attempts = Math.floor(waited / initiationRetrySeconds) + 1;
  return plusSeconds(since, attempts * initiationRetrySeconds);
}

function stepsDone(world: World, { startedAt, dataFrom }: SyncProgress, count: number): number {
  return Math.floor(shareBetween(world.now(), startedAt, dataFrom) * count);
}

function steps(stepNames: readonly string[], done: number) {
  return stepNames.map((name, index) => ({ name, status: stepStatus(index, done) }));
}

function stepStatus(index: number, done: number, present = "IN_PROGRESS"): string {
  if (index < done) return "SUCCEEDED";
  return index === done ? present : "NOT_STARTED";
}
