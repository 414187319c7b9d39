import type { PolicyResource, StackValidationArgs } from "@pulumi/policy";
import { type LaneKey, laneKey } from "../../runtime/core/lane.js";
import type { GroupMember, TagSelector } from "../../runtime/core/recovery/plan.js";
import {
  contractsOf,
  type GroupContract,
  protectionGroups,
  recoveryPlans,
  type WaveContract,
} from "../contracts.js";
import { known, UNKNOWN } from "../known.js";

/** Servers that a wave selects in one lane: those that carry all tags and, where ids are given, have one of them. */
export interface Selection {
  readonly wave: string;
  readonly group: string;
  readonly lane: LaneKey;
  readonly tags: TagSelector;
  readonly servers?: readonly string[];
}

/** Two selections of one plan in one lane. */
export interface SelectionPair {
  readonly plan: PolicyResource;
  readonly one: Selection;
  readonly other: Selection;
}

/** Every two waves of a plan that select in the same lane, and what could not be read. */
export function selectionPairs(stack: StackValidationArgs): {
  readonly pairs: readonly SelectionPair[];
  readonly unread: readonly string[];
} {
  const groups = new Map<string, readonly GroupMember[]>();
  const unread: string[] = [];
  for (const { resource, contract } of contractsOf(stack, protectionGroups)) {
    const group = known((): GroupContract => contract);
    if (group === UNKNOWN) unread.push(`${resource.name}.members`);
    else groups.set(group.group, group.members ?? []);
  }
  const pairs = contractsOf(stack, recoveryPlans).flatMap(({ resource, contract }) => {
    const waves = known(() => contract.waves ?? []);
    if (waves === UNKNOWN) unread.push(`${resource.name}.waves`);
    const selections = waves === UNKNOWN ? [] : waves.flatMap((wave) => selected(wave, groups));
    return pairsOf(selections).map(([one, other]) => ({ plan: resource, one, other }));
  });
  return { pairs, unread };
}

/** Ids that both selections are sure to select: named in both, and no tags to carry. */
export function serversInBoth({ one, other }: SelectionPair): readonly string[] {
  const narrowed = Object.keys(one.tags).length + Object.keys(other.tags).length > 0;
  return narrowed ? [] : (intersection(one.servers, other.servers) ?? []);
}

/** Whether every server of one selection is in the other too, so that they overlap unless one is empty. */
export function isContained({ one, other }: SelectionPair): boolean {
  return within(one, other) || within(other, one);
}

/** Whether a server may exist that both select. */
export function mayOverlap({ one, other }: SelectionPair): boolean {
  const common = intersection(one.servers, other.servers);
  return !contradicts(one.tags, other.tags) && (common === undefined || common.length > 0);
}

function selected(
  wave: WaveContract,
  groups: ReadonlyMap<string, readonly GroupMember[]>,
): readonly Selection[] {
  return (groups.get(wave.group) ?? [])
    .filter((member) => !contradicts(member.tags ?? {}, wave.tags ?? {}))
    .map((member) => {
      const servers = intersection(member.servers, wave.servers);
      return {
        wave: wave.name,
        group: wave.group,
        lane: laneKey(member),
        tags: { ...member.tags, ...wave.tags },
        ...(servers === undefined ? {} : { servers }),
      };
    })
    .filter(({ servers }) => servers === undefined || servers.length > 0);
}

function pairsOf(selections: readonly Selection[]): readonly (readonly [Selection, Selection])[] {
  return selections.flatMap((one, index) =>
    selections
      .slice(index + 1)
      .filter((other) => other.wave !== one.wave && other.lane === one.lane)
      .map((other) => [one, other] as const),
  );
}

function within(inner: Selection, outer: Selection): boolean {
  const tagsAllow = Object.entries(outer.tags).every(([tag, value]) => inner.tags[tag] === value);
  const { servers: most } = outer;
  const idsAllow = most === undefined || (inner.servers?.every((id) => most.includes(id)) ?? false);
  return tagsAllow && idsAllow;
}

function contradicts(one: TagSelector, other: TagSelector): boolean {
  return Object.entries(one).some(
    ([tag, value]) => other[tag] !== undefined && other[tag] !== value,
  );
}

function intersection(
  one: readonly string[] | undefined,
  other: readonly string[] | undefined,
): readonly string[] | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one.filter((id) => other.includes(id));
}
