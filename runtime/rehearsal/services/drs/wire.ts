import { secondsBetween } from "../../../core/instant.js";
import { wireHints, wireMachine } from "./machine.js";
import type {
  JobLogEntry,
  JobRecord,
  LaneRecord,
  Participant,
  RecoveryInstanceRecord,
  SourceServerRecord,
} from "./model.js";
import type { RecoverySnapshot } from "./snapshots.js";
import { isoDuration, timestamp } from "./wire-values.js";
import type { World } from "./world.js";

export function wireServer(world: World, lane: LaneRecord, server: SourceServerRecord) {
  return {
    sourceServerID: server.server,
    arn: server.arn,
    tags: server.tags,
    ...(server.recoveryInstance !== undefined && { recoveryInstanceId: server.recoveryInstance }),
    lastLaunchResult: server.lastLaunchResult,
    dataReplicationInfo: {
      dataReplicationInitiation: { steps: [] },
      dataReplicationState: server.replicationState,
      lagDuration: isoDuration(server.lagSeconds),
      replicatedDisks: server.machine.disks.map(({ deviceName, bytes }) => ({
        deviceName,
        totalStorageBytes: bytes,
        replicatedStorageBytes: bytes,
        rescannedStorageBytes: 0,
        backloggedStorageBytes: 0,
      })),
      stagingAvailabilityZone: `${lane.region}a`,
    },
    lifeCycle: lifeCycle(world, server),
    sourceProperties: sourceProperties(world, server),
    stagingArea: {
      status: "NOT_EXTENDED",
      stagingAccountID: lane.account,
      stagingSourceServerArn: server.arn,
    },
    sourceCloudProperties: {},
    replicationDirection: "FAILOVER",
  };
}

function lifeCycle(world: World, server: SourceServerRecord) {
  const { lastLaunch, addedAt } = server;
  const initiated = lastLaunch && {
    apiCallDateTime: timestamp(world, lastLaunch.calledAt),
    jobID: lastLaunch.jobId,
    type: lastLaunch.isDrill ? "DRILL" : "RECOVERY",
  };
  return {
    addedToServiceDateTime: timestamp(world, addedAt),
    elapsedReplicationDuration: isoDuration(secondsBetween(addedAt, world.now())),
    firstByteDateTime: timestamp(world, addedAt),
    lastLaunch: initiated ? { initiated, status: lastLaunch?.status } : { initiated: {} },
    lastSeenByServiceDateTime: timestamp(world, world.now()),
  };
}

function sourceProperties(world: World, server: SourceServerRecord) {
  const { hostname, machine } = server;
  return {
    lastUpdatedDateTime: timestamp(world, server.addedAt),
    identificationHints: { hostname, fqdn: hostname, ...wireHints(machine) },
    ...wireMachine(machine),
  };
}

export function wireJob(world: World, job: JobRecord) {
  return {
    jobID: job.jobId,
    arn: job.arn,
    type: job.kind === "launch" ? "LAUNCH" : "TERMINATE",
    initiatedBy: initiatedBy(job),
    creationDateTime: timestamp(world, job.createdAt),
    ...(job.endedAt !== undefined && { endDateTime: timestamp(world, job.endedAt) }),
    status: job.status,
    participatingServers: job.participants.map((one) => wireParticipant(world, job, one)),
    tags: job.tags,
  };
}

function initiatedBy(job: JobRecord): string {
  if (job.kind === "terminate") return "TERMINATE_RECOVERY_INSTANCES";
  return job.isDrill ? "START_DRILL" : "START_RECOVERY";
}

function wireParticipant(world: World, job: JobRecord, participant: Participant) {
  const { instanceInJob } = world.switches;
  const isNamed = instanceInJob === "always" || instanceInJob === job.kind;
  return {
    sourceServerID: participant.server,
    ...(isNamed && participant.instance && { recoveryInstanceID: participant.instance }),
    launchStatus: participant.launchStatus,
  };
}

export function wireLogEntry(world: World, { at, event, data }: JobLogEntry) {
  return { logDateTime: timestamp(world, at), event, eventData: data };
}

export function wireInstance(world: World, lane: LaneRecord, instance: RecoveryInstanceRecord) {
  const hostname = lane.servers.get(instance.server)?.hostname ?? instance.server;
  return {
    recoveryInstanceID: instance.instance,
    arn: instance.arn,
    ec2InstanceID: instance.instance,
    ec2InstanceState: instance.state,
    sourceServerID: instance.server,
    jobID: instance.jobId,
    isDrill: instance.isDrill,
    pointInTimeSnapshotDateTime: timestamp(world, instance.pointInTime),
    failback: { state: "FAILBACK_NOT_STARTED" },
    dataReplicationInfo: { dataReplicationState: "STOPPED" },
    recoveryInstanceProperties: {
      lastUpdatedDateTime: timestamp(world, instance.launchedAt),
      identificationHints: { hostname, awsInstanceID: instance.instance },
    },
    originEnvironment: "ON_PREMISES",
    tags: instance.tags,
  };
}

export function wireSnapshot(world: World, server: string, snapshot: RecoverySnapshot) {
  return {
    snapshotID: snapshot.snapshotId,
    sourceServerID: server,
    expectedTimestamp: timestamp(world, snapshot.at),
    timestamp: timestamp(world, snapshot.at),
    ebsSnapshots: [snapshot.ebsSnapshotId],
  };
}
