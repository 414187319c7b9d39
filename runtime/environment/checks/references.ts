import { nearest } from "../nearest.js";
import type { Path } from "../path.js";
import { type Finding, listed, quoted } from "../problem.js";
import type { MemberDeclaration } from "../schema.js";
import { allNamed, isWhole, type Named, type Part, type Sound } from "../sound.js";
import { found } from "./found.js";

/** Names that nothing in the file bears. Where a list is broken, no name is called unknown. */
export function unknownNames(sound: Sound): readonly Finding[] {
  return [
    ...wavesOfUnknownGroups(sound),
    ...unknownDependencies(sound),
    ...drillsOfUnknownPlans(sound),
    ...membersOutsideLanes(sound),
    ...ownersWithoutContact(sound),
  ];
}

function wavesOfUnknownGroups({ plans, groups }: Sound): readonly Finding[] {
  if (!allNamed(groups)) return [];
  return plans
    .flatMap(({ parts }) => parts.items)
    .flatMap(({ at, value }) =>
      unknown([...at, "group"], value.group, namesOf(groups), "a group", "under groups"),
    );
}

function drillsOfUnknownPlans({ drills, plans }: Sound): readonly Finding[] {
  if (!allNamed(plans)) return [];
  return drills.items.flatMap(({ at, value }) =>
    unknown([...at, "plan"], value.plan, namesOf(plans), "a plan", "under plans"),
  );
}

function ownersWithoutContact({ contacts, responsibilities }: Sound): readonly Finding[] {
  if (!contacts.isComplete) return [];
  const roles = contacts.items.map(({ value }) => value.role);
  return responsibilities.items.flatMap(({ at, value }) => {
    if (roles.includes(value.owner)) return [];
    const remedy = remedyFor(value.owner, roles, "Declare it under contacts");
    return [found([...at, "owner"], "the role of a contact", quoted(value.owner), remedy)];
  });
}

function unknownDependencies({ plans }: Sound): readonly Finding[] {
  return plans.flatMap(({ parts }) => {
    if (!isWhole(parts)) return [];
    const names = parts.items.map(({ value }) => value.name);
    return parts.items.flatMap(({ at, value }) =>
      value.dependsOn.flatMap((name, index) => {
        const others = names.filter((other) => other !== value.name);
        if (name === value.name) return [];
        const path = [...at, "dependsOn", index];
        return unknown(path, name, others, "another wave of the plan", "in the plan");
      }),
    );
  });
}

function namesOf(parts: readonly Named<unknown>[]): readonly string[] {
  return parts.flatMap(({ name }) => name?.value ?? []);
}

/** A finding for a name that is not among the known ones. */
export function unknown(
  path: Path,
  name: string,
  known: readonly string[],
  what: string,
  where: string,
): readonly Finding[] {
  if (known.includes(name)) return [];
  const rule = `the name of ${what}`;
  return [found(path, rule, quoted(name), remedyFor(name, known, `Declare it ${where}`))];
}

const mostListed = 5;

function remedyFor(name: string, known: readonly string[], orElse: string): string {
  const meant = nearest(name, known);
  if (meant !== undefined) return `Write ${quoted(meant)}.`;
  if (known.length === 0 || known.length > mostListed) return `${orElse}.`;
  return `${orElse}, or write ${listed(known.map(quoted), "or")}.`;
}

function membersOutsideLanes({ accounts, groups }: Sound): readonly Finding[] {
  const isKnown = accounts.every(({ id, parts }) => id !== undefined && isWhole(parts));
  if (!isKnown || accounts.length === 0) return [];
  const regions = new Map<string, string[]>();
  for (const { id, parts } of accounts) {
    if (id === undefined) continue;
    const here = parts.items.map(({ value }) => value.region);
    regions.set(id.value, [...(regions.get(id.value) ?? []), ...here]);
  }
  return groups
    .flatMap(({ parts }) => parts.items)
    .flatMap((member) => memberOutsideLanes(member, regions));
}

function memberOutsideLanes(
  { at, value }: Part<MemberDeclaration>,
  regions: ReadonlyMap<string, readonly string[]>,
): readonly Finding[] {
  const lanes = regions.get(value.account);
  if (lanes === undefined) {
    const remedy = remedyFor(value.account, [...regions.keys()], "Declare it under accounts");
    return [
      found([...at, "account"], "the id of a declared account", quoted(value.account), remedy),
    ];
  }
  if (lanes.includes(value.region)) return [];
  const rule = `the Region of a lane of account "${value.account}"`;
  const declared = listed(lanes.map(quoted), "or");
  const remedy = `Add the lane to the account, or write ${declared}.`;
  return [found([...at, "region"], rule, quoted(value.region), remedy)];
}
