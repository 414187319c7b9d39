import { laneKey, laneOf } from "../../../core/lane.js";
import { parseArn } from "../arns.js";
import type { LaneRecord, SourceServerRecord } from "./model.js";
import type { World } from "./world.js";

/**
 * The server whose data a server has: itself, or of an extended one the server that replicates in
 * the staging account. Nothing while that cannot be reached.
 */
export function replicatingServer(
  world: World,
  server: SourceServerRecord,
): SourceServerRecord | undefined {
  if (!server.extension) return server;
  const isReached = extensionError(world, server) === undefined;
  return isReached ? world.serverAt(server.extension) : undefined;
}

/** Why the server that an extended one stands for cannot be reached; nothing when it can. The words are ours. */
export function extensionError(
  world: World,
  { arn, extension }: SourceServerRecord,
): string | undefined {
  if (!extension) return undefined;
  const staging = laneOf(extension.lane).account;
  const target = accountOf(arn);
  if (!world.serverAt(extension)) return `Source server ${extension.server} was not found`;
  return world.trusts(staging, target)
    ? undefined
    : `Account ${staging} does not trust account ${target}`;
}

/** The account that a server replicates into. */
export function stagingAccountOf({ arn, extension }: SourceServerRecord): string {
  return extension ? laneOf(extension.lane).account : accountOf(arn);
}

/**
 * Servers of a staging account in a lane's Region that are neither extended into the lane nor an
 * extension themselves. Source: API documentation of ListExtensibleSourceServers.
 */
export function extensibleServers(
  world: World,
  { lane, region, servers }: LaneRecord,
  stagingAccount: string,
): readonly SourceServerRecord[] {
  const staging = world.lane(laneKey({ account: stagingAccount, region }));
  if (staging.lane === lane) return [];
  const extended = new Set([...servers.values()].map(({ extension }) => extension?.arn));
  return [...staging.servers.values()].filter(
    ({ arn, extension }) => !extension && !extended.has(arn),
  );
}

/** Makes a server of a staging account recoverable from a lane. */
export function extend(
  world: World,
  { lane }: LaneRecord,
  staging: SourceServerRecord,
  tags: Readonly<Record<string, string>>,
): SourceServerRecord {
  const { server, arn, hostname, machine, origin } = staging;
  const { account = "", region = "" } = parseArn(arn) ?? {};
  const now = world.now();
  const extended = {
    server: `s-${world.digits(17, "extended", lane, arn, now)}`,
    lane,
    tags,
    hostname,
    machine,
    extends: { lane: laneKey({ account, region }), server },
    ...(origin && { origin }),
  };
  return world.add(extended, now);
}

function accountOf(arn: string): string {
  return parseArn(arn)?.account ?? "";
}
