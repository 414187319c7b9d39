import type { Instant } from "../../../core/instant.js";
import { extensionError, replicatingServer } from "./extension.js";
import type { SourceServerRecord } from "./model.js";
import { hasData } from "./replicated-data.js";
import { defaultReplicationSettings } from "./replication-settings.js";
import { newestSnapshot } from "./snapshots.js";
import type { World } from "./world.js";

/** What a launch to the latest data finds when it takes its snapshot. */
export type LaunchData =
  | { readonly kind: "taken" }
  /** No snapshot can be taken; there is an older point in time. */
  | { readonly kind: "previous"; readonly reason: string; readonly at: Instant }
  /** No snapshot can be taken, and there is none. */
  | { readonly kind: "aged-out"; readonly reason: string }
  | { readonly kind: "none"; readonly reason: string };

/** States in which DRS can take a snapshot of the latest data; in others it uses the one before. */
const snapshotStates: ReadonlySet<string> = new Set([
  "CONTINUOUS",
  "BACKLOG",
  "CREATING_SNAPSHOT",
  "RESCAN",
]);

export function dataForLaunch(world: World, server: SourceServerRecord): LaunchData {
  const source = replicatingServer(world, server);
  if (!source) return { kind: "none", reason: extensionError(world, server) ?? "" };
  if (!hasData(source)) {
    return { kind: "none", reason: "Server lifecycle state is not READY_FOR_TEST" };
  }
  if (server.extension && isForeignKeyMissing(world, source)) {
    // Source: DRS user guide, "Troubleshooting launch errors".
    return { kind: "none", reason: "EBS encryption key could not be found in this account" };
  }
  if (snapshotStates.has(source.replicationState)) return { kind: "taken" };
  const reason = `Replication is ${source.replicationState}`;
  const previous = newestSnapshot(world, server);
  return previous ? { kind: "previous", reason, at: previous.at } : { kind: "aged-out", reason };
}

/** Volumes under the default key of a staging account are of no use in another one. */
function isForeignKeyMissing(world: World, { arn, settings }: SourceServerRecord): boolean {
  if (!world.switches.extendedNeedsOwnKey) return false;
  const [, , , region, account] = arn.split(":");
  const { ebsEncryption } = {
    ...defaultReplicationSettings(world, world.lane(`${account}/${region}`)),
    ...settings.replication,
  };
  return ebsEncryption === "DEFAULT";
}
