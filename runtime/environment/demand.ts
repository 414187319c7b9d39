import { groupBy } from "../core/group-by.js";
import { type LaneKey, laneKey } from "../core/lane.js";
import type { GroupMember, Wave } from "../core/recovery/plan.js";
import type { FleetSet } from "./schema.js";

export type Tags = Readonly<Record<string, string>>;

/** What one lane is declared to hold: so many servers, or the sets that it says. */
export interface DeclaredLane {
  readonly region: string;
  readonly servers: number;
  readonly fleet?: readonly FleetSet[] | undefined;
}

/** What a fleet must know of a wave to hold servers for it. */
export type DeclaredWave = Pick<Wave, "group"> & Selection;

/** What a fleet must know of a group's member. */
export type DeclaredMember = Pick<GroupMember, "account" | "region"> & Selection;

/** Tags, ids, or both, as far as they are given. */
interface Selection {
  readonly tags?: Tags | undefined;
  readonly servers?: readonly string[] | undefined;
}

/** The parts of an environment that say which servers there are. An environment is one. */
export interface FleetSource {
  readonly name: string;
  readonly accounts: readonly {
    readonly id: string;
    readonly name: string;
    readonly lanes: readonly DeclaredLane[];
  }[];
  readonly groups: readonly {
    readonly name: string;
    readonly members: readonly DeclaredMember[];
  }[];
  readonly plans: readonly { readonly name: string; readonly waves: readonly DeclaredWave[] }[];
}

/** What one wave wants of one lane, through one member of its group. */
export interface Demand {
  readonly lane: LaneKey;
  readonly plan: number;
  readonly wave: number;
  /** The tags of member and wave together. */
  readonly tags: Tags;
  /** Ids that both allow, where either names any. */
  readonly ids?: readonly string[];
  /** Whether the wave itself names the ids, and so says that they carry its tags. */
  readonly isByWave: boolean;
}

/** What the waves of all plans want, by lane. Selectors that contradict themselves want nothing. */
export function demandsByLane(source: FleetSource): ReadonlyMap<LaneKey, readonly Demand[]> {
  const demands = source.plans.flatMap(({ waves }, plan) =>
    waves.flatMap((declared, wave) =>
      membersOf(source, declared.group).flatMap(
        (member) => demandOf(plan, wave, declared, member) ?? [],
      ),
    ),
  );
  return groupBy(demands, ({ lane }) => lane);
}

export function membersOf(source: FleetSource, group: string): readonly DeclaredMember[] {
  return source.groups.find(({ name }) => name === group)?.members ?? [];
}

export function laneOfMember({ account, region }: DeclaredMember): LaneKey {
  return laneKey({ account, region });
}

/** Both sets of tags together, or `undefined` where they want different values of one tag. */
export function together(some: Tags, others: Tags): Tags | undefined {
  return contradiction(some, others) === undefined ? { ...some, ...others } : undefined;
}

/** The first tag of which the two want different values. */
export function contradiction(some: Tags, others: Tags): string | undefined {
  return Object.keys(some).find((tag) => Object.hasOwn(others, tag) && some[tag] !== others[tag]);
}

/** Whether whatever carries `most` carries `fewer` too. */
export function includesTags(most: Tags, fewer: Tags): boolean {
  return Object.entries(fewer).every(
    ([tag, value]) => Object.hasOwn(most, tag) && most[tag] === value,
  );
}

function demandOf(
  plan: number,
  wave: number,
  declared: DeclaredWave,
  member: DeclaredMember,
): Demand | undefined {
  const tags = together(member.tags ?? {}, declared.tags ?? {});
  if (tags === undefined) return undefined;
  const ids = inBoth(member.servers, declared.servers);
  const isByWave = declared.servers !== undefined;
  const lane = laneOfMember(member);
  return { lane, plan, wave, tags, isByWave, ...(ids === undefined ? {} : { ids }) };
}

function inBoth(
  some: readonly string[] | undefined,
  others: readonly string[] | undefined,
): readonly string[] | undefined {
  if (some === undefined || others === undefined) return some ?? others;
  const allowed = new Set(others);
  return some.filter((id) => allowed.has(id));
}
