import { maxIdsPerFilter } from "../../../../limits.js";
import { checkId, idPatterns, optionalObject, textsOf } from "../body.js";
import type { LaneRecord, RecoveryInstanceRecord } from "../model.js";
import { type Operation, postOperation, right } from "../operation.js";
import { page } from "../paging.js";
import { checkJob } from "../quotas.js";
import { refusalAs } from "../refusal.js";
import { startTerminateJob } from "../terminate-job.js";
import { wireInstance, wireJob } from "../wire.js";
import { arnIn, type World } from "../world.js";

/** As for StartRecovery, the shape takes twice what the quota of a job admits. */
const maxInstancesInCall = 200;

const describeRecoveryInstances = postOperation("DescribeRecoveryInstances", {
  rights: () => [right("drs:DescribeRecoveryInstances"), right("ec2:DescribeInstances")],
  run({ world, lane, body }) {
    const filters = optionalObject(body, "filters");
    const ids = new Set(textsOf(filters, "recoveryInstanceIDs", 0, maxIdsPerFilter));
    const servers = new Set(textsOf(filters, "sourceServerIDs", 0, maxIdsPerFilter));
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
    });
    const job = startTerminateJob(world, lane, instances, caller);
    return { status: 200, body: { job: wireJob(world, job) } };
  },
});

/** Operations on the instances that launches left behind. */
export const recoveryInstanceOperations: readonly Operation[] = [
  describeRecoveryInstances,
  terminateRecoveryInstances,
];

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
