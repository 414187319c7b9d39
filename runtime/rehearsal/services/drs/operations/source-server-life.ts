import type { SourceServerRecord } from "../model.js";
import { namedServer, namedServerArn } from "../named.js";
import { type Call, type Operation, postOperation, right } from "../operation.js";
import { isBusy } from "../quotas.js";
import { busyServers, Refusal, refusalAs } from "../refusal.js";
import { endReplication } from "../replication.js";
import { wireServer } from "../wire.js";

const stopReplication = postOperation("StopReplication", {
  rights: (call) => [right("drs:StopReplication", [namedServerArn(call)])],
  run(call) {
    const server = idleServer(call);
    checkReplicates(call, server);
    endReplication(server, "STOPPED");
    return { status: 200, body: { sourceServer: wireServer(call.world, call.lane, server) } };
  },
});

const disconnectSourceServer = postOperation("DisconnectSourceServer", {
  rights: (call) => [right("drs:DisconnectSourceServer", [namedServerArn(call)])],
  run(call) {
    const server = idleServer(call);
    if (server.recoveryInstance !== undefined) {
      throw conflict(server, `has recovery instance ${server.recoveryInstance}`);
    }
    if (server.replicationState !== "STOPPED") checkReplicates(call, server);
    endReplication(server, "DISCONNECTED");
    return { status: 200, body: wireServer(call.world, call.lane, server) };
  },
});

const deleteSourceServer = postOperation("DeleteSourceServer", {
  rights: (call) => [right("drs:DeleteSourceServer", [namedServerArn(call)])],
  run(call) {
    const server = idleServer(call);
    if (server.replicationState !== "DISCONNECTED") {
      throw conflict(server, "must be disconnected first");
    }
    call.lane.servers.delete(server.server);
    return { status: 204 };
  },
});

/** The end of a source server: its points in time go with the first call, its record with the last. */
export const sourceServerLifeOperations: readonly Operation[] = [
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

function checkReplicates({ world }: Call, server: SourceServerRecord): void {
  const { replicationEndedTwice } = world.switches;
  const { replicationState } = server;
  const hasEnded = replicationState === "STOPPED" || replicationState === "DISCONNECTED";
  if (!hasEnded || replicationEndedTwice === "accepted") return;
  const message = `Source server ${server.server} is ${replicationState}`;
  throw refusalAs(replicationEndedTwice, message, server.server);
}

function conflict({ server }: SourceServerRecord, what: string): Refusal {
  const members = { resourceId: server, resourceType: "AWS::DRS::SourceServer" };
  return new Refusal("ConflictException", `Source server ${server} ${what}`, { members });
}
