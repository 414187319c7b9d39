import { maxIdsPerFilter } from "../../../../limits.js";
import { checkId, idPatterns, optionalObject, requiredText, textsOf } from "../body.js";
import { disconnect, isReplicatedBack } from "../failback.js";
import type { LaneRecord, RecoveryInstanceRecord } from "../model.js";
import { namedInstance, namedInstanceArn } from "../named.js";
import { type Operation, postOperation, right } from "../operation.js";
import { page } from "../paging.js";
import { checkJob, isBusy } from "../quotas.js";
import { remove } from "../recovery-instances.js";
import { busyServers, refusalAs } from "../refusal.js";
import { startTerminateJob } from "../terminate-job.js";
import { wireJob } from "../wire.js";
import { wireInstance } from "../wire-instance.js";
import { arnIn, type World } from "../world.js";

/** As for StartRecovery, the shape takes twice what the quota of a job admits. */
const maxInstancesInCall = 200;

const resourceType = "AWS::DRS::RecoveryInstance";

const describeRecoveryInstances = postOperation("DescribeRecoveryInstances", {
  rights: () => [right("drs:DescribeRecoveryInstances"), right("ec2:DescribeInstances")],
  run({ world, lane, body }) {
    const filters = optionalObject(body, "filters");
    const ids = new Set(textsOf(filters, "recoveryInstanceIDs", 0, maxIdsPerFilter));
    const servers = new Set(textsOf(filters, "sourceServerIDs", 0, Number.MAX_SAFE_INTEGER));
    const placed = [...lane.instances.values()]
      .filter(({ instance }) => ids.size === 0 || ids.has(instance))
      .filter(({ server }) => servers.size === 0 || servers.has(server))
      .map((item) => ({ key: item.instance, item }));
    const { items, ...next } = page(world, body, placed);
    const wire = items.map((instance) => wireInstance(world, lane, instance));
    return { status: 200, body: { items: wire, ...next } };
  },
});

const terminateRecoveryInstances = postOperation("TerminateRecoveryInstances", {
  startsJob: true,
  rights({ lane, body }) {
    const ids = textsOf(body, "recoveryInstanceIDs", 0, Number.MAX_SAFE_INTEGER);
    const arns = ids.map((id) => arnIn(lane, `recovery-instance/${id}`));
    return [right("drs:TerminateRecoveryInstances", arns)];
  },
  run({ world, lane, body, caller }) {
    const named = textsOf(body, "recoveryInstanceIDs", 1, maxInstancesInCall);
    for (const id of named) checkId("recoveryInstanceIDs", id, idPatterns.instance);
    const ids = [...new Set(named)];
    const instances = ids.flatMap((id) => lane.instances.get(id) ?? []);
    checkJob(world, lane, {
      kind: "terminate",
      servers: serversOf(ids, lane),
      checkExistence: () => checkInstancesExist(world, ids, instances),
      checkReadiness: () => refuseReplicatedBack(world, instances),
    });
    const job = startTerminateJob(world, lane, instances, caller);
    return { status: 200, body: { job: wireJob(world, job) } };
  },
});

const disconnectRecoveryInstance = postOperation("DisconnectRecoveryInstance", {
  rights: (call) => [right("drs:DisconnectRecoveryInstance", [namedInstanceArn(call)])],
  run(call) {
    const { world, lane } = call;
    const instance = namedInstance(call, "not-found");
    const { disconnectTwice } = world.switches;
    if (instance.replicationState === "DISCONNECTED" && disconnectTwice !== "accepted") {
      const message = `Recovery instance ${instance.instance} is disconnected already`;
      throw refusalAs(disconnectTwice, message, instance.instance, resourceType);
    }
    refuseBusy(world, lane, instance);
    disconnect(world, instance);
    return { status: 200 };
  },
});

const deleteRecoveryInstance = postOperation("DeleteRecoveryInstance", {
  rights: (call) => [right("drs:DeleteRecoveryInstance", [namedInstanceArn(call)])],
  run({ world, lane, body }) {
    const id = checkId(
      "recoveryInstanceID",
      requiredText(body, "recoveryInstanceID"),
      idPatterns.instance,
    );
    const instance = lane.instances.get(id);
    if (!instance) {
      const message = `Recovery instance ${id} does not exist`;
      throw refusalAs(world.switches.deleteUnknownInstance, message, id, resourceType);
    }
    if (instance.replicationState !== "DISCONNECTED") {
      const message = `Recovery instance ${id} must be disconnected first`;
      throw refusalAs("ConflictException", message, id, resourceType);
    }
    refuseBusy(world, lane, instance);
    remove(world, lane, instance);
    return { status: 200 };
  },
});

/** Operations on the instances that launches left behind. */
export const recoveryInstanceOperations: readonly Operation[] = [
  describeRecoveryInstances,
  terminateRecoveryInstances,
  disconnectRecoveryInstance,
  deleteRecoveryInstance,
];

function refuseBusy(world: World, lane: LaneRecord, { server }: RecoveryInstanceRecord): void {
  if (isBusy(world, lane, server)) {
    throw busyServers(world.switches.conflictNamesServer ? server : undefined);
  }
}

function refuseReplicatedBack(world: World, instances: readonly RecoveryInstanceRecord[]): void {
  const { terminateWhileReversed } = world.switches;
  if (terminateWhileReversed === "accepted") return;
  const held = instances.find((one) => isReplicatedBack(world, one));
  if (!held) return;
  const message = `Replication of recovery instance ${held.instance} must be stopped first`;
  throw refusalAs(terminateWhileReversed, message, held.instance, resourceType);
}

/** Servers of the instances; an unknown instance stands for itself, so that it counts in the quota of a job. */
function serversOf(ids: readonly string[], lane: LaneRecord): readonly string[] {
  return ids.map((id) => lane.instances.get(id)?.server ?? id);
}

function checkInstancesExist(
  world: World,
  ids: readonly string[],
  instances: readonly RecoveryInstanceRecord[],
): void {
  const known = new Set(instances.map(({ instance }) => instance));
  const unknown = ids.find((id) => !known.has(id));
  if (unknown === undefined) return;
  const message = `Recovery instance ${unknown} does not exist`;
  throw refusalAs(world.switches.unknownInstance, message, unknown);
}
