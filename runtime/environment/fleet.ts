import { createHash } from "node:crypto";
import { groupBy } from "../core/group-by.js";
import { type Lane, type LaneKey, laneKey } from "../core/lane.js";
import {
  type Demand,
  demandsByLane,
  type FleetSource,
  includesTags,
  laneOfMember,
  membersOf,
  type Tags,
  together,
} from "./demand.js";
import type { FleetSet } from "./schema.js";

/** A source server as an environment declares it, so that checks and rehearsals have a fleet. */
export interface FleetServer {
  /** The declared id, or one made from environment, lane and ordinal: the same on every run. */
  readonly server: string;
  readonly lane: Lane;
  readonly tags: Tags;
  readonly hostname: string;
}

/**
 * The servers that an environment declares, lane by lane in the order of the file. Where a lane
 * declares no `fleet`, its servers are dealt out over what groups and waves want of it, so that
 * every wave has some; ids that these name become servers of the lane.
 */
export function declaredFleet(source: FleetSource): readonly FleetServer[] {
  const homes = homesOfIds(source);
  const idsByLane = groupBy([...homes.keys()], (id) => homes.get(id));
  const demands = demandsByLane(source);
  const servers: FleetServer[] = [];
  for (const account of source.accounts) {
    for (const declared of account.lanes) {
      const lane: Lane = { account: account.id, region: declared.region };
      const key = laneKey(lane);
      const drafts =
        declared.fleet?.flatMap(expandedSet) ??
        dealt(declared.servers, idsByLane.get(key) ?? [], demands.get(key) ?? []);
      const nameOf = names(source.name, account.name, lane);
      for (const [index, { id, tags }] of drafts.entries()) {
        const { server, hostname } = nameOf(index + 1);
        servers.push({ server: id ?? server, lane, tags, hostname });
      }
    }
  }
  return servers;
}

/**
 * The lane that each id named anywhere lives in: where a fleet declares it, else where a member of
 * a group names it, else, for ids that only waves name, dealt over the lanes of the wave's group
 * that declare no fleet. The first to name an id has it.
 */
export function homesOfIds(source: FleetSource): ReadonlyMap<string, LaneKey> {
  const homes = new Map<string, LaneKey>();
  const settle = (id: string, lane: LaneKey) => {
    if (!homes.has(id)) homes.set(id, lane);
  };
  const open = new Set<LaneKey>();
  for (const { id: account, lanes } of source.accounts) {
    for (const lane of lanes) {
      const key = laneKey({ account, region: lane.region });
      if (lane.fleet === undefined) open.add(key);
      for (const id of lane.fleet?.flatMap(({ servers = [] }) => servers) ?? []) settle(id, key);
    }
  }
  for (const member of source.groups.flatMap(({ members }) => members)) {
    if (!open.has(laneOfMember(member))) continue;
    for (const id of member.servers ?? []) settle(id, laneOfMember(member));
  }
  for (const wave of source.plans.flatMap(({ waves }) => waves)) {
    const lanes = membersOf(source, wave.group)
      .filter(({ servers }) => servers === undefined)
      .map(laneOfMember)
      .filter((lane) => open.has(lane));
    for (const [index, id] of (wave.servers ?? []).entries()) {
      const lane = lanes[index % lanes.length];
      if (lane !== undefined) settle(id, lane);
    }
  }
  return homes;
}

interface Draft {
  readonly id?: string;
  readonly tags: Tags;
}

function expandedSet({ count, servers, tags, spread }: FleetSet): readonly Draft[] {
  const tagsOf = (index: number): Tags =>
    spread === undefined
      ? tags
      : { ...tags, [spread.tag]: `${spread.prefix}${(index % spread.values) + 1}` };
  if (servers !== undefined) return servers.map((id, index) => ({ id, tags: tagsOf(index) }));
  return Array.from({ length: count ?? 0 }, (_, index) => ({ tags: tagsOf(index) }));
}

function dealt(
  servers: number,
  ids: readonly string[],
  demands: readonly Demand[],
): readonly Draft[] {
  const byPlan = [...groupBy(demands, ({ plan }) => plan).values()];
  const named = ids.map((id, index) => ({ id, tags: tagsOfNamed(id, index, byPlan) }));
  const kinds = mostSpecific(demands.filter((demand) => demand.ids === undefined));
  const others = Array.from({ length: Math.max(0, servers - ids.length) }, (_, index) => ({
    tags: kinds[index % kinds.length] ?? {},
  }));
  return [...named, ...others];
}

/** One wave of each plan gets the server: one that names it if any does, else the next in turn. */
function tagsOfNamed(id: string, index: number, byPlan: readonly (readonly Demand[])[]): Tags {
  return byPlan.reduce<Tags>((tags, demands) => {
    const wanting = demands.filter(({ ids }) => ids?.includes(id));
    const naming = wanting.filter(({ isByWave }) => isByWave);
    const candidates = naming.length > 0 ? naming : wanting;
    const chosen = candidates[index % candidates.length];
    return together(tags, chosen?.tags ?? {}) ?? tags;
  }, {});
}

/** The tags wanted, without those that whatever carries others carries anyway. */
function mostSpecific(demands: readonly Demand[]): readonly Tags[] {
  return demands
    .map(({ tags }) => tags)
    .filter((tags, index, all) =>
      all.every(
        (other, otherIndex) =>
          otherIndex === index ||
          !includesTags(other, tags) ||
          (includesTags(tags, other) && index < otherIndex),
      ),
    );
}

/** Ids of DRS's own shape: ten digits of a hash over environment and lane, seven of the ordinal. */
function names(environment: string, accountName: string, lane: Lane) {
  const seed = createHash("sha256")
    .update(JSON.stringify([environment, laneKey(lane)]))
    .digest("hex")
    .slice(0, 10);
  return (ordinal: number) => ({
    server: `s-${seed}${ordinal.toString(16).padStart(7, "0")}`,
    hostname: `${accountName}-${lane.region}-${String(ordinal).padStart(4, "0")}`,
  });
}
