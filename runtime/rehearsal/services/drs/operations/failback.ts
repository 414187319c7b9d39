import { checkId, idPatterns, tagsOf, textsOf } from "../body.js";
import { reverseReplication, stopFailback } from "../failback.js";
import { startFailbackJob } from "../failback-job.js";
import { flag, oneOf, type Readers, readMembers, text, wholeNumber } from "../members.js";
import type { FailbackConfiguration, LaneRecord, RecoveryInstanceRecord } from "../model.js";
import { namedInstance, namedInstanceArn } from "../named.js";
import { type Operation, postOperation, right } from "../operation.js";
import { checkJob } from "../quotas.js";
import { refusalAs } from "../refusal.js";
import { taggingRights } from "../tagging-rights.js";
import { wireJob } from "../wire.js";
import { anyJobIn, arnIn, type World } from "../world.js";

/** As for StartRecovery, the shape takes twice what the quota of a job admits. */
const maxInstancesInCall = 200;

/** Constraints of the API model. */
const readers: Readers<FailbackConfiguration> = {
  name: text({ max: 256 }),
  bandwidthThrottling: wholeNumber(0),
  usePrivateIP: flag,
  internetProtocol: oneOf(["IPV4", "IPV6"]),
};

const reverse = postOperation("ReverseReplication", {
  rights: (call) => [right("drs:ReverseReplication", [namedInstanceArn(call)])],
  run(call) {
    const { world, lane } = call;
    const instance = namedInstance(call, "both");
    const server = lane.servers.get(instance.server);
    if (!server) {
      const message = `Source server ${instance.server} does not exist`;
      throw refusalAs("ResourceNotFoundException", message, instance.server);
    }
    const { arn } = reverseReplication(world, lane, instance, server);
    return { status: 200, body: { reversedDirectionSourceServerArn: arn } };
  },
});

const startFailbackLaunch = postOperation("StartFailbackLaunch", {
  startsJob: true,
  rights(call) {
    const ids = textsOf(call.body, "recoveryInstanceIDs", 0, Number.MAX_SAFE_INTEGER);
    const arns = ids.map((id) => arnIn(call.lane, `recovery-instance/${id}`));
    return [right("drs:StartFailbackLaunch", arns), ...taggingRights(call, [anyJobIn(call.lane)])];
  },
  run({ world, lane, body, caller }) {
    const named = textsOf(body, "recoveryInstanceIDs", 1, maxInstancesInCall);
    for (const id of named) checkId("recoveryInstanceIDs", id, idPatterns.instance);
    const tags = tagsOf(body, "tags");
    const ids = [...new Set(named)];
    const instances = ids.flatMap((id) => lane.instances.get(id) ?? []);
    checkJob(world, lane, {
      kind: "failback",
      servers: ids.map((id) => lane.instances.get(id)?.server ?? id),
      checkExistence: () => checkExistence(world, lane, ids),
      checkReadiness: () => checkReadiness(world, instances),
    });
    const job = startFailbackJob(world, lane, instances, tags, caller);
    return { status: 200, body: { job: wireJob(world, job) } };
  },
});

const stop = postOperation("StopFailback", {
  rights: (call) => [right("drs:StopFailback", [namedInstanceArn(call)])],
  run(call) {
    stopFailback(call.world, namedInstance(call, "not-found"));
    return { status: 200 };
  },
});

const getConfiguration = postOperation("GetFailbackReplicationConfiguration", {
  rights: (call) => [right("drs:GetFailbackReplicationConfiguration", [namedInstanceArn(call)])],
  run(call) {
    const { instance, failback } = namedInstance(call, "not-found");
    return { status: 200, body: { recoveryInstanceID: instance, ...failback.configuration } };
  },
});

const updateConfiguration = postOperation("UpdateFailbackReplicationConfiguration", {
  rights: (call) => [right("drs:UpdateFailbackReplicationConfiguration", [namedInstanceArn(call)])],
  run(call) {
    const changes = readMembers<FailbackConfiguration>(call.body, readers);
    const { failback } = namedInstance(call, "not-found");
    failback.configuration = { ...failback.configuration, ...changes };
    return { status: 200 };
  },
});

/** The way back of recovery instances: to EC2 by reversing replication, elsewhere by a failback client. */
export const failbackOperations: readonly Operation[] = [
  reverse,
  startFailbackLaunch,
  stop,
  getConfiguration,
  updateConfiguration,
];

function checkExistence(world: World, lane: LaneRecord, ids: readonly string[]): void {
  const unknown = ids.find((id) => !lane.instances.has(id));
  if (unknown === undefined) return;
  const message = `Recovery instance ${unknown} does not exist`;
  throw refusalAs(
    world.switches.unknownFailbackInstance,
    message,
    unknown,
    "AWS::DRS::RecoveryInstance",
  );
}

function checkReadiness(world: World, instances: readonly RecoveryInstanceRecord[]): void {
  const unready = instances.find(({ failback }) => failback.state !== "FAILBACK_READY_FOR_LAUNCH");
  if (!unready) return;
  const { instance, failback } = unready;
  const message = `Recovery instance ${instance} is in ${failback.state}`;
  throw refusalAs(world.switches.failbackNotReady, message, instance, "AWS::DRS::RecoveryInstance");
}
