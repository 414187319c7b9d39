import { type Instant, secondsBetween } from "../../../core/instant.js";
import { type Machine, machineOf, wireMachine } from "./machine.js";
import type { LaneRecord, RecoveryInstanceRecord, Replicating } from "./model.js";
import { hasData, lagSecondsNow } from "./replicated-data.js";
import { agentSteps, failbackClientSteps, replicationInfo } from "./wire-replication.js";
import { isoDuration, timestamp } from "./wire-values.js";
import type { World } from "./world.js";

/** A recovery instance as DescribeRecoveryInstances tells it. */
export function wireInstance(world: World, lane: LaneRecord, instance: RecoveryInstanceRecord) {
  const server = lane.servers.get(instance.server);
  const hostname = server?.hostname ?? instance.server;
  return {
    recoveryInstanceID: instance.instance,
    arn: instance.arn,
    ec2InstanceID: instance.instance,
    ec2InstanceState: instance.state,
    sourceServerID: instance.server,
    jobID: instance.jobId,
    isDrill: instance.isDrill,
    pointInTimeSnapshotDateTime: timestamp(world, instance.pointInTime),
    failback: failback(world, instance),
    dataReplicationInfo: dataReplication(world, lane, instance),
    recoveryInstanceProperties: {
      lastUpdatedDateTime: timestamp(world, instance.launchedAt),
      identificationHints: { hostname, awsInstanceID: instance.instance },
      ...properties(world, instance, machineOfInstance(lane, instance)),
    },
    originEnvironment: server?.origin ? "AWS" : "ON_PREMISES",
    ...(server?.origin && {
      originAvailabilityZone: server.origin.availabilityZone ?? `${server.origin.region}a`,
    }),
    tags: instance.tags,
  };
}

/** What replicates back: the far server that mirrors an instance, or the instance itself. */
function wayBack(world: World, instance: RecoveryInstanceRecord): Replicating {
  const { reversed } = instance.failback;
  if (instance.replicationState === "DISCONNECTED" || !reversed) return instance;
  return world.serverAt(reversed) ?? instance;
}

function failback(world: World, instance: RecoveryInstanceRecord) {
  const { state, jobId, initiatedAt, launchType, clientId } = instance.failback;
  const { sync } = wayBack(world, instance);
  const seen = timestamp(world, world.now());
  return {
    state,
    ...(jobId !== undefined && { failbackJobID: jobId }),
    ...(initiatedAt !== undefined && { failbackInitiationTime: timestamp(world, initiatedAt) }),
    ...(launchType && { failbackLaunchType: launchType }),
    ...(instance.state === "RUNNING" && { agentLastSeenByServiceDateTime: seen }),
    ...(clientId !== undefined && {
      failbackClientID: clientId,
      failbackClientLastSeenByServiceDateTime: seen,
      failbackToOriginalServer: true,
    }),
    ...(sync && moving(world, sync.dataFrom)),
  };
}

function moving(world: World, dataFrom: Instant) {
  const seconds = secondsBetween(dataFrom, world.now());
  if (seconds < 0) return {};
  return {
    firstByteDateTime: timestamp(world, dataFrom),
    ...(world.switches.instanceDurations === "duration" && {
      elapsedReplicationDuration: isoDuration(seconds),
    }),
  };
}

function dataReplication(world: World, lane: LaneRecord, instance: RecoveryInstanceRecord) {
  const source = wayBack(world, instance);
  const { disks } = machineOfInstance(lane, instance);
  if (!source.sync && source.replicationState === "STOPPED") {
    return { dataReplicationState: "STOPPED" };
  }
  const isToldLag = world.switches.instanceDurations === "duration" && hasData(source);
  return {
    ...replicationInfo(world, source, disks, stepsOf(instance)),
    ...(isToldLag && { lagDuration: isoDuration(lagSecondsNow(world, source)) }),
    stagingAvailabilityZone: `${lane.region}a`,
  };
}

function stepsOf({ failback: { clientId } }: RecoveryInstanceRecord): readonly string[] {
  return clientId === undefined ? agentSteps : failbackClientSteps;
}

/** Of its server; of the smallest one where the server was deleted. */
function machineOfInstance(lane: LaneRecord, { server }: RecoveryInstanceRecord): Machine {
  return lane.servers.get(server)?.machine ?? machineOf({});
}

/** The API model takes 19 characters for the id of a volume, and so its old short form alone. */
function properties(world: World, { instance }: RecoveryInstanceRecord, machine: Machine) {
  const { os, cpus, networkInterfaces, ramBytes } = wireMachine(machine);
  const disks = machine.disks.map(({ deviceName, bytes }, index) => ({
    internalDeviceName: deviceName,
    bytes,
    ebsVolumeID: `vol-${world.digits(8, "volume", instance, index)}`,
  }));
  return { os, cpus, networkInterfaces, ramBytes, disks };
}
