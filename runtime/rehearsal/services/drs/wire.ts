import { secondsBetween } from "../../../core/instant.js";
import { extensionError, replicatingServer, stagingAccountOf } from "./extension.js";
import { wireLaunchActionRuns } from "./launch-action-runs.js";
import { wireHints, wireMachine } from "./machine.js";
import type {
  JobLogEntry,
  JobRecord,
  LaneRecord,
  Participant,
  SourceServerRecord,
} from "./model.js";
import { hasData, lagSecondsNow, lastSeenAt } from "./replicated-data.js";
import type { RecoverySnapshot } from "./snapshots.js";
import { networkOf } from "./source-networks.js";
import { replicationInfo } from "./wire-replication.js";
import { isoDuration, timestamp } from "./wire-values.js";
import type { World } from "./world.js";

export function wireServer(world: World, lane: LaneRecord, server: SourceServerRecord) {
  const network = networkOf(lane, server);
  return {
    sourceServerID: server.server,
    arn: server.arn,
    tags: server.tags,
    ...(server.recoveryInstance !== undefined && { recoveryInstanceId: server.recoveryInstance }),
    lastLaunchResult: server.lastLaunchResult,
    dataReplicationInfo: dataReplication(world, lane, server),
    lifeCycle: lifeCycle(world, server),
    sourceProperties: sourceProperties(world, server),
    stagingArea: stagingArea(world, server),
    sourceCloudProperties: cloudProperties(server),
    replicationDirection: server.direction ?? "FAILOVER",
    ...(network && { sourceNetworkID: network.id }),
    ...(server.reversed && { reversedDirectionSourceServerArn: server.reversed.arn }),
  };
}

/** Nothing at all while the staging account cannot be asked. */
function dataReplication(world: World, lane: LaneRecord, server: SourceServerRecord) {
  const source = replicatingServer(world, server);
  if (!source) return {};
  return {
    ...replicationInfo(world, source, source.machine.disks),
    ...(hasData(source) && { lagDuration: isoDuration(lagSecondsNow(world, source)) }),
    stagingAvailabilityZone: `${lane.region}a`,
  };
}

function stagingArea(world: World, server: SourceServerRecord) {
  const { arn, extension } = server;
  const error = extensionError(world, server);
  const extended = error === undefined ? "EXTENDED" : "EXTENSION_ERROR";
  return {
    status: extension ? extended : "NOT_EXTENDED",
    stagingAccountID: stagingAccountOf(server),
    stagingSourceServerArn: extension?.arn ?? arn,
    ...(error !== undefined && { errorMessage: error }),
  };
}

function lifeCycle(world: World, server: SourceServerRecord) {
  const { lastLaunch, addedAt } = server;
  const source = replicatingServer(world, server) ?? server;
  const { sync } = source;
  const firstByte = sync?.dataFrom ?? source.addedAt;
  const initiated = lastLaunch && {
    apiCallDateTime: timestamp(world, lastLaunch.calledAt),
    jobID: lastLaunch.jobId,
    type: lastLaunch.isDrill ? "DRILL" : "RECOVERY",
  };
  return {
    addedToServiceDateTime: timestamp(world, addedAt),
    elapsedReplicationDuration: isoDuration(Math.max(0, secondsBetween(firstByte, world.now()))),
    ...(firstByte <= world.now() && { firstByteDateTime: timestamp(world, firstByte) }),
    lastLaunch: initiated ? { initiated, status: lastLaunch?.status } : { initiated: {} },
    lastSeenByServiceDateTime: timestamp(world, lastSeenAt(world, source)),
  };
}

function cloudProperties({ origin }: SourceServerRecord) {
  if (!origin) return {};
  const { account, region, availabilityZone = `${region}a` } = origin;
  return {
    originAccountID: account,
    originRegion: region,
    originAvailabilityZone: availabilityZone,
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
    type: jobTypes[job.kind],
    initiatedBy: initiatedBy(job),
    creationDateTime: timestamp(world, job.createdAt),
    ...(job.endedAt !== undefined && { endDateTime: timestamp(world, job.endedAt) }),
    status: job.status,
    ...participating(world, job),
    tags: job.tags,
  };
}

const jobTypes = {
  launch: "LAUNCH",
  terminate: "TERMINATE",
  convert: "CREATE_CONVERTED_SNAPSHOT",
  // No type of the API model speaks of networks.
  network: "LAUNCH",
} as const;

function initiatedBy(job: JobRecord): string {
  if (job.initiatedBy !== undefined) return job.initiatedBy;
  if (job.kind === "terminate") return "TERMINATE_RECOVERY_INSTANCES";
  if (job.kind === "convert") return "TARGET_ACCOUNT";
  return job.isDrill ? "START_DRILL" : "START_RECOVERY";
}

/** Networks are resources, and everything else that takes part is a server. */
function participating(world: World, job: JobRecord) {
  if (job.kind !== "network") {
    const servers = job.participants.map((one) => wireParticipant(world, job, one));
    return { participatingServers: servers };
  }
  const resources = job.participants.map(({ server, launchStatus }) => ({
    participatingResourceID: { sourceNetworkID: server },
    launchStatus,
  }));
  return { participatingServers: [], participatingResources: resources };
}

function wireParticipant(world: World, job: JobRecord, participant: Participant) {
  const { instanceInJob } = world.switches;
  const isNamed = instanceInJob === "always" || instanceInJob === job.kind;
  return {
    sourceServerID: participant.server,
    ...(isNamed && participant.instance && { recoveryInstanceID: participant.instance }),
    launchStatus: participant.launchStatus,
    ...(participant.actions && {
      launchActionsStatus: wireLaunchActionRuns(world, participant.actions),
    }),
  };
}

export function wireLogEntry(world: World, { at, event, data }: JobLogEntry) {
  return { logDateTime: timestamp(world, at), event, eventData: data };
}

export function wireSnapshot(world: World, server: string, snapshot: RecoverySnapshot) {
  return {
    snapshotID: snapshot.snapshotId,
    sourceServerID: server,
    expectedTimestamp: timestamp(world, snapshot.at),
    timestamp: timestamp(world, snapshot.at),
    ebsSnapshots: snapshot.ebsSnapshotIds,
  };
}
