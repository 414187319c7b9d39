import { groupBy } from "../../core/group-by.js";
import { type LaneKey, laneKey } from "../../core/lane.js";
import type { ProtectionGroup } from "../../core/recovery/plan.js";
import { type Selectable, waveSelects } from "../../core/recovery/selection.js";
import {
  contradiction,
  type Demand,
  demandsByLane,
  type FleetSource,
  includesTags,
  laneOfMember,
  membersOf,
} from "../demand.js";
import { protectionGroup, recoveryWave } from "../documents.js";
import { declaredFleet, homesOfIds } from "../fleet.js";
import { nearest } from "../nearest.js";
import { pathText } from "../path.js";
import { type Finding, quoted } from "../problem.js";
import type { WaveDeclaration } from "../schema.js";
import { isWhole, type Named, type Part, type Sound } from "../sound.js";
import { found } from "./found.js";

type PlanParts = Named<WaveDeclaration>;

/**
 * Waves that select the same server, servers that a wave names and its group does not hold, and
 * waves that select nothing. Needs sound accounts and groups; judges plans whose waves are sound.
 */
export function selections(sound: Sound): readonly Finding[] {
  const source = fleetSource(sound);
  if (source === undefined) return [];
  const fleet = groupBy(declaredFleet(source), ({ lane }) => laneKey(lane));
  const demands = groupBy([...demandsByLane(source).values()].flat(), ({ plan }) => plan);
  return sound.plans.flatMap((plan, index) => {
    if (!isWhole(plan.parts)) return [];
    const waves = plan.parts.items.map((part) => selectionOf(part, source, fleet));
    return [
      ...namedTwice(plan),
      ...inTwoWaves(waves, source, demands.get(index) ?? []),
      ...waves.flatMap(strangers),
      ...waves.flatMap((wave) => (wave.isGroupKnown ? emptyWave(wave, source) : [])),
    ];
  });
}

/** The environment as far as selecting needs it, or nothing while accounts or groups are broken. */
function fleetSource({ name, accounts, groups, plans }: Sound): FleetSource | undefined {
  const isSure =
    accounts.every(({ id, name, parts }) => id && name && isWhole(parts)) &&
    groups.every(({ name, parts }) => name && isWhole(parts));
  if (!isSure) return undefined;
  const values = <T>({ parts }: Named<T>): readonly T[] => parts.items.map(({ value }) => value);
  return {
    name: name?.value ?? "",
    accounts: accounts.map((account) => ({
      id: account.id?.value ?? "",
      name: account.name?.value ?? "",
      lanes: values(account),
    })),
    groups: groups.map((group) => ({ name: group.name?.value ?? "", members: values(group) })),
    plans: plans.map((plan) => ({ name: plan.name?.value ?? "", waves: [...values(plan)] })),
  };
}

interface WaveSelection {
  readonly part: Part<WaveDeclaration>;
  readonly isGroupKnown: boolean;
  readonly byLane: ReadonlyMap<LaneKey, ReadonlySet<string>>;
  /** Servers of the lanes of its group, selected or not. */
  readonly around: readonly Selectable[];
}

function selectionOf(
  part: Part<WaveDeclaration>,
  source: FleetSource,
  fleet: ReadonlyMap<LaneKey, readonly Selectable[]>,
): WaveSelection {
  const wave = recoveryWave(part.value);
  const members = membersOf(source, wave.group);
  const byLane = new Map<LaneKey, ReadonlySet<string>>();
  const around: Selectable[] = [];
  for (const [lane, here] of groupBy(members, laneOfMember)) {
    const group: ProtectionGroup = protectionGroup({ name: wave.group, members: here });
    const servers = fleet.get(lane) ?? [];
    for (const server of servers) around.push(server);
    const selected = servers.filter((server) => waveSelects(wave, group, server));
    byLane.set(lane, new Set(selected.map(({ server }) => server)));
  }
  return { part, isGroupKnown: members.length > 0, byLane, around };
}

function namedTwice({ parts }: PlanParts): readonly Finding[] {
  const first = new Map<string, { readonly path: string; readonly wave: number }>();
  return parts.items.flatMap(({ at, value }, wave) =>
    (value.servers ?? []).flatMap((id, index) => {
      const path = [...at, "servers", index];
      const taken = first.get(id);
      if (taken === undefined) first.set(id, { path: pathText(path), wave });
      if (taken === undefined || taken.wave === wave) return [];
      const rule = `different from ${taken.path}`;
      return [found(path, rule, quoted(id), "Recover each server in one wave of the plan.")];
    }),
  );
}

function inTwoWaves(
  waves: readonly WaveSelection[],
  source: FleetSource,
  demands: readonly Demand[],
): readonly Finding[] {
  const declared = lanesWithFleet(source);
  const ids = homesOfIds(source);
  return waves.flatMap((later, index) =>
    waves.slice(0, index).flatMap((earlier, earlierIndex) => {
      if (sharesIds(earlier.part.value, later.part.value)) return [];
      const got =
        sharedServers(earlier, later, declared, ids) ??
        sharedDemand(demands, earlierIndex, index, declared);
      if (got === undefined) return [];
      const rule = `free of servers of wave "${earlier.part.value.name}"`;
      const remedy = "Narrow either wave until no server is in both.";
      return [found(later.part.at, rule, got, remedy)];
    }),
  );
}

function sharesIds(some: WaveDeclaration, others: WaveDeclaration): boolean {
  return some.servers?.some((id) => others.servers?.includes(id)) ?? false;
}

function sharedServers(
  earlier: WaveSelection,
  later: WaveSelection,
  declared: ReadonlySet<LaneKey>,
  ids: ReadonlyMap<string, LaneKey>,
): string | undefined {
  const shared = [...later.byLane]
    .filter(([lane]) => declared.has(lane))
    .flatMap(([lane, servers]) =>
      [...servers]
        .filter((server) => earlier.byLane.get(lane)?.has(server))
        .map((server) => ({ lane, server })),
    );
  const [first] = shared;
  if (first === undefined) return undefined;
  if (shared.length === 1 && ids.has(first.server)) return `${quoted(first.server)} in both`;
  const lanes = new Set(shared.map(({ lane }) => lane)).size;
  return `${shared.length} in both, in ${lanes === 1 ? first.lane : `${lanes} lanes`}`;
}

function sharedDemand(
  demands: readonly Demand[],
  earlier: number,
  later: number,
  declared: ReadonlySet<LaneKey>,
): string | undefined {
  const open = demands.filter(({ lane }) => !declared.has(lane));
  const others = groupBy(
    open.filter(({ wave }) => wave === earlier),
    ({ lane }) => lane,
  );
  const meeting = open.find(
    (demand) =>
      demand.wave === later &&
      others.get(demand.lane)?.some((other) => leads(demand, other) || leads(other, demand)),
  );
  return meeting === undefined ? undefined : `the same servers of ${meeting.lane} in both`;
}

/** Whether some server that the one wants is bound to be wanted by the other. */
function leads(from: Demand, to: Demand): boolean {
  if (!includesTags(from.tags, to.tags)) return false;
  const { ids } = to;
  if (ids === undefined) return true;
  if (from.isByWave) return from.ids?.some((id) => ids.includes(id)) ?? false;
  return from.ids?.every((id) => ids.includes(id)) ?? false;
}

function lanesWithFleet({ accounts }: FleetSource): ReadonlySet<LaneKey> {
  return new Set(
    accounts.flatMap(({ id: account, lanes }) =>
      lanes
        .filter(({ fleet }) => fleet !== undefined)
        .map(({ region }) => laneKey({ account, region })),
    ),
  );
}

function strangers({ part, isGroupKnown, byLane }: WaveSelection): readonly Finding[] {
  if (!isGroupKnown) return [];
  const selected = new Set([...byLane.values()].flatMap((servers) => [...servers]));
  return (part.value.servers ?? []).flatMap((id, index) => {
    if (selected.has(id)) return [];
    const narrowed = part.value.tags === undefined ? "" : " with the tags of the wave";
    const rule = `a declared server of group "${part.value.group}"${narrowed}`;
    const remedy = "Correct the id, or add the server to its lane's fleet and to the group.";
    return [found([...part.at, "servers", index], rule, quoted(id), remedy)];
  });
}

function emptyWave(wave: WaveSelection, source: FleetSource): readonly Finding[] {
  const { part, byLane, around } = wave;
  if (part.value.servers !== undefined) return [];
  if ([...byLane.values()].some((servers) => servers.size > 0)) return [];
  const got =
    around.length === 0 ? "lanes without servers" : `none of the ${around.length} in its lanes`;
  const remedy = clashRemedy(part.value, source) ?? tagRemedy(part.value, around);
  return [found(part.at, "a wave with declared servers", got, remedy ?? lastRemedy(part.value))];
}

function lastRemedy({ group }: WaveDeclaration): string {
  return `Correct its tags, the members of group "${group}", or what its lanes declare.`;
}

function clashRemedy({ group, tags = {} }: WaveDeclaration, source: FleetSource) {
  const members = membersOf(source, group);
  const clashes = members.flatMap((member) => contradiction(member.tags ?? {}, tags) ?? []);
  const [tag] = clashes;
  if (tag === undefined || clashes.length < members.length) return undefined;
  return `Give its tag ${tag} the value that group "${group}" has.`;
}

/** Looks for a tag of the wave that no server around carries, and for the value that was meant. */
function tagRemedy({ tags = {} }: WaveDeclaration, around: readonly Selectable[]) {
  if (around.length === 0) return undefined;
  for (const [tag, value] of Object.entries(tags)) {
    const values = new Set(around.flatMap((server) => server.tags[tag] ?? []));
    if (values.has(value)) continue;
    const meant = nearest(value, values);
    if (meant !== undefined) return `Write ${tag}: ${meant}.`;
    return `No server there has the tag ${tag}: ${value}; correct it, or the fleet.`;
  }
  return undefined;
}
