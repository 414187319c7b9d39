import type { SourceServerRecord } from "../model.js";
import { namedServer, namedServerArn } from "../named.js";
import { type Call, type Operation, postOperation, right } from "../operation.js";
import { plansWith } from "../plans/model.js";
import { isBusy } from "../quotas.js";
import { busyServers, Refusal, refusalAs } from "../refusal.js";
import { isReady } from "../replicated-data.js";
import { beginRescan, beginSync, endReplication } from "../replication.js";
import { checkServerQuotas, isReplicating } from "../server-quotas.js";
import type { DrsSwitches, PossibleRefusal } from "../switches.js";
import { wireServer } from "../wire.js";

const startReplication = postOperation("StartReplication", {
  rights: (call) => [right("drs:StartReplication", [namedServerArn(call)])],
  run(call) {
    const { world, lane } = call;
    const server = idleServer(call);
    refuseExtended(call, server);
    const { replicationStartedTwice } = world.switches;
    const isStopped = server.replicationState === "STOPPED";
    if (!isStopped && replicationStartedTwice !== "accepted") {
      throw refusedIn(server, replicationStartedTwice);
    }
    if (isStopped) restart(call, server, world.switches.startOverQuota);
    return { status: 200, body: { sourceServer: wireServer(world, lane, server) } };
  },
});

const retryDataReplication = postOperation("RetryDataReplication", {
  rights: (call) => [right("drs:RetryDataReplication", [namedServerArn(call)])],
  run(call) {
    const { world, lane } = call;
    const server = namedServer(call, "both");
    refuseExtended(call, server, "ValidationException");
    const { startOverQuota, retryWhileReplicating, retryOfStalled } = world.switches;
    const isStalled = server.replicationState === "STALLED";
    if (isStalled && isReady(world, server) && retryOfStalled === "rescan")
      beginRescan(world, server);
    else if (isStalled || !isReplicating(server)) {
      const isConflict = startOverQuota === "ConflictException";
      restart(call, server, isConflict ? "ValidationException" : startOverQuota);
    } else if (retryWhileReplicating !== "accepted") {
      throw refusedIn(server, retryWhileReplicating);
    }
    return { status: 200, body: wireServer(world, lane, server) };
  },
});

const stopReplication = postOperation("StopReplication", {
  rights: (call) => [right("drs:StopReplication", [namedServerArn(call)])],
  run(call) {
    const server = idleServer(call);
    refuseExtended(call, server);
    checkReplicates(call, server);
    endReplication(call.world, server, "STOPPED");
    return { status: 200, body: { sourceServer: wireServer(call.world, call.lane, server) } };
  },
});

const disconnectSourceServer = postOperation("DisconnectSourceServer", {
  rights: (call) => [right("drs:DisconnectSourceServer", [namedServerArn(call)])],
  run(call) {
    const server = idleServer(call);
    refuseExtended(call, server);
    if (server.recoveryInstance !== undefined) {
      throw conflict(server, `has recovery instance ${server.recoveryInstance}`);
    }
    if (server.replicationState !== "STOPPED") checkReplicates(call, server);
    endReplication(call.world, server, "DISCONNECTED");
    return { status: 200, body: wireServer(call.world, call.lane, server) };
  },
});

const deleteSourceServer = postOperation("DeleteSourceServer", {
  rights: (call) => [right("drs:DeleteSourceServer", [namedServerArn(call)])],
  run(call) {
    const server = idleServer(call);
    if (!server.extension && server.replicationState !== "DISCONNECTED") {
      throw conflict(server, "must be disconnected first");
    }
    const plan = plansWith(call.lane.recoveryPlans, server.arn)[0];
    if (plan) throw conflict(server, `must be taken out of recovery plan ${plan.id} first`);
    call.lane.servers.delete(server.server);
    return { status: 204 };
  },
});

/** Beginning and end of a source server's replication, and of its record. */
export const sourceServerLifeOperations: readonly Operation[] = [
  startReplication,
  retryDataReplication,
  stopReplication,
  disconnectSourceServer,
  deleteSourceServer,
];

/** The server that a call names, refused while a job holds it. */
function idleServer(call: Call): SourceServerRecord {
  const { world, lane } = call;
  const server = namedServer(call, "not-found");
  if (!isBusy(world, lane, server.server)) return server;
  throw busyServers(world.switches.conflictNamesServer ? server.server : undefined);
}

/** An extended server replicates in its staging account, and is stopped and disconnected there alone. */
function refuseExtended(
  { world }: Call,
  { server, extension }: SourceServerRecord,
  instead?: PossibleRefusal,
): void {
  if (!extension) return;
  const { extendedReplicationChanged } = world.switches;
  const isDeclared = !instead || extendedReplicationChanged !== "ConflictException";
  const message = `Source server ${server} is extended from ${extension.arn}`;
  throw refusalAs(isDeclared ? extendedReplicationChanged : instead, message, server);
}

function checkReplicates({ world }: Call, server: SourceServerRecord): void {
  const { replicationEndedTwice } = world.switches;
  const { replicationState } = server;
  const hasEnded = replicationState === "STOPPED" || replicationState === "DISCONNECTED";
  if (!hasEnded || replicationEndedTwice === "accepted") return;
  throw refusedIn(server, replicationEndedTwice);
}

/** Copies all anew, where the lane has room for one more replicating server. */
function restart(
  { world, lane }: Call,
  server: SourceServerRecord,
  overQuota: DrsSwitches["startOverQuota"],
): void {
  if (!isReplicating(server)) checkServerQuotas(world, lane, { isNew: false }, overQuota);
  beginSync(world, server);
}

function refusedIn({ server, replicationState }: SourceServerRecord, kind: PossibleRefusal) {
  return refusalAs(kind, `Source server ${server} is ${replicationState}`, server);
}

function conflict({ server }: SourceServerRecord, what: string): Refusal {
  const members = { resourceId: server, resourceType: "AWS::DRS::SourceServer" };
  return new Refusal("ConflictException", `Source server ${server} ${what}`, { members });
}
