import { type LaneKey, laneKey } from "../../core/lane.js";
import { type Path, pathText } from "../path.js";
import { type Finding, quoted } from "../problem.js";
import type { FleetSet, LaneDeclaration, MemberDeclaration } from "../schema.js";
import type { Part, Sound } from "../sound.js";
import { found } from "./found.js";

/** Declared servers that do not add up, and members of groups that do not say which servers. */
export function fleets(sound: Sound): readonly Finding[] {
  const lanes = sound.accounts.flatMap(({ parts }) => parts.items);
  const members = sound.groups.flatMap(({ parts }) => parts.items);
  return [
    ...lanes.flatMap(wrongSets),
    ...lanes.flatMap(wrongSum),
    ...members.flatMap(wrongMember),
    ...idsOfTwoServers(lanes),
    ...idsOfTwoLanes(sound),
  ];
}

/** Sets of a lane that say too much, or too little. */
export function wrongSets({ at, value }: Part<Pick<LaneDeclaration, "fleet">>): readonly Finding[] {
  return (value.fleet ?? []).flatMap((set, index) => wrongSet([...at, "fleet", index], set));
}

function wrongSet(at: Path, { count, servers, tags, spread }: FleetSet): readonly Finding[] {
  const findings: Finding[] = [];
  const rule = "given either count or servers";
  if (count !== undefined && servers !== undefined) {
    findings.push(found(at, rule, "both", "Remove count: the ids are the count."));
  }
  if (count === undefined && servers === undefined) {
    findings.push(found(at, rule, "neither", "Add count, or the ids as servers."));
  }
  if (spread !== undefined && Object.hasOwn(tags, spread.tag)) {
    const path = [...at, "spread", "tag"];
    const remedy = "Remove it from one of the two.";
    findings.push(found(path, "a tag that is not among tags", quoted(spread.tag), remedy));
  }
  return findings;
}

function wrongSum({ at, value }: Part<LaneDeclaration>): readonly Finding[] {
  const { fleet, servers } = value;
  if (
    fleet === undefined ||
    fleet.some((set) => (set.count === undefined) === (set.servers === undefined))
  ) {
    return [];
  }
  const sum = fleet.reduce((total, set) => total + (set.servers?.length ?? set.count ?? 0), 0);
  if (sum === servers) return [];
  const rule = `the number of servers in its fleet (${sum})`;
  return [found([...at, "servers"], rule, `${servers}`, `Write ${sum}, or correct the fleet.`)];
}

function wrongMember({ at, value }: Part<MemberDeclaration>): readonly Finding[] {
  const rule = "given either tags or servers";
  if (value.tags !== undefined && value.servers !== undefined) {
    return [found(at, rule, "both", "Remove one; waves can narrow a group further.")];
  }
  if (value.tags === undefined && value.servers === undefined) {
    return [found(at, rule, "neither", "Write tags: {} to protect every server of the lane.")];
  }
  return [];
}

/** Ids that a fleet names again. */
export function idsOfTwoServers(
  lanes: readonly Part<Pick<LaneDeclaration, "fleet">>[],
): readonly Finding[] {
  const first = new Map<string, Path>();
  return lanes.flatMap(({ at, value }) =>
    (value.fleet ?? []).flatMap((set, setIndex) =>
      (set.servers ?? []).flatMap((id, index) => {
        const path = [...at, "fleet", setIndex, "servers", index];
        const taken = first.get(id);
        if (taken === undefined) {
          first.set(id, path);
          return [];
        }
        const rule = `different from ${pathText(taken)}`;
        return [found(path, rule, quoted(id), "Declare each server once.")];
      }),
    ),
  );
}

/** A source server replicates into one lane; a group that looks for it in another misses it. */
function idsOfTwoLanes(sound: Sound): readonly Finding[] {
  const homes = new Map<string, LaneKey>();
  for (const { id: account, parts } of sound.accounts) {
    if (account === undefined) continue;
    for (const { value } of parts.items) {
      const lane = laneKey({ account: account.value, region: value.region });
      for (const id of value.fleet?.flatMap(({ servers = [] }) => servers) ?? [])
        homes.set(id, lane);
    }
  }
  return sound.groups
    .flatMap(({ parts }) => parts.items)
    .flatMap(({ at, value }) =>
      (value.servers ?? []).flatMap((id, index) => {
        const lane = laneKey({ account: value.account, region: value.region });
        const home = homes.get(id) ?? lane;
        homes.set(id, home);
        if (home === lane) return [];
        const path = [...at, "servers", index];
        const remedy = `Move it to the member of ${home}, its lane.`;
        return [found(path, `a server of ${lane}`, quoted(id), remedy)];
      }),
    );
}
