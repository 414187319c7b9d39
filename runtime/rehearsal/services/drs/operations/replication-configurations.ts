import { replicatingServer } from "../extension.js";
import { readMembers } from "../members.js";
import type { LaneRecord, SourceServerRecord } from "../model.js";
import { namedServer, namedServerArn } from "../named.js";
import { type Operation, postOperation, right } from "../operation.js";
import { invalidField, refusalAs } from "../refusal.js";
import {
  checkReplicationSettings,
  type DiskSettings,
  defaultReplicationSettings,
  type ServerReplicationSettings,
  serverReplicationReaders,
} from "../replication-settings.js";
import type { World } from "../world.js";

const getReplicationConfiguration = postOperation("GetReplicationConfiguration", {
  rights: (call) => [right("drs:GetReplicationConfiguration", [namedServerArn(call)])],
  run(call) {
    const { world, lane } = call;
    return { status: 200, body: wireConfiguration(world, lane, namedServer(call, "not-found")) };
  },
});

const updateReplicationConfiguration = postOperation("UpdateReplicationConfiguration", {
  rights: (call) => [right("drs:UpdateReplicationConfiguration", [namedServerArn(call)])],
  run(call) {
    const { world, lane, body } = call;
    const server = namedServer(call, "both");
    if (server.extension) {
      const message = `Source server ${server.server} is extended from ${server.extension.arn}`;
      throw refusalAs(world.switches.extendedReplicationChanged, message, server.server);
    }
    const changes = readMembers<ServerReplicationSettings>(body, serverReplicationReaders);
    const { settings } = server;
    checkReplicationSettings(world, changes, settings.replication);
    const { replicatedDisks: changedDisks } = changes;
    const replicatedDisks = changedDisks && withChangedDisks(server, changedDisks);
    settings.replication = {
      ...settings.replication,
      ...changes,
      ...(replicatedDisks && { replicatedDisks }),
    };
    return { status: 200, body: wireConfiguration(world, lane, server) };
  },
});

/** How one server is replicated. */
export const replicationConfigurationOperations: readonly Operation[] = [
  getReplicationConfiguration,
  updateReplicationConfiguration,
];

function wireConfiguration(world: World, lane: LaneRecord, server: SourceServerRecord) {
  const { extension } = server;
  const source = replicatingServer(world, server) ?? server;
  const home = extension ? world.lane(extension.lane) : lane;
  return {
    sourceServerID: server.server,
    name: "",
    ...defaultReplicationSettings(world, home),
    ...source.settings.replication,
    replicatedDisks: disksOf(source).map((disk) => ({
      ...disk,
      ...(disk.stagingDiskType === "AUTO" && { optimizedStagingDiskType: "GP3" }),
    })),
  };
}

/** Settings of every disk, those that were never set among them. */
function disksOf({ machine, settings }: SourceServerRecord): readonly Partial<DiskSettings>[] {
  const set = settings.replication.replicatedDisks ?? [];
  return machine.disks.map(({ deviceName }, index) => ({
    deviceName,
    isBootDisk: index === 0,
    stagingDiskType: "AUTO",
    ...set.find((one) => one.deviceName === deviceName),
  }));
}

function withChangedDisks(
  server: SourceServerRecord,
  changes: readonly Partial<DiskSettings>[],
): readonly Partial<DiskSettings>[] {
  const present = disksOf(server);
  const names = present.map(({ deviceName }) => deviceName);
  const stranger = changes.find(({ deviceName }) => !names.includes(deviceName));
  if (stranger) {
    const wanted = `must name a disk of the server, got ${JSON.stringify(stranger.deviceName)}`;
    throw invalidField("replicatedDisks", wanted);
  }
  return present.map((disk) => ({
    ...disk,
    ...changes.find(({ deviceName }) => deviceName === disk.deviceName),
  }));
}
