import { type Lane, laneKey } from "../lane.js";
import { topological } from "./dependencies.js";
import type { ProtectionGroup, RecoveryPlan } from "./plan.js";

/** What is wrong with a group, given the lanes of the estate; all at once. */
export function groupProblems(
  { name, members }: ProtectionGroup,
  estate: readonly Lane[],
): readonly string[] {
  const known = new Set(estate.map(laneKey));
  return members.flatMap((member, index) => {
    const path = `members[${index}]`;
    const problems: string[] = [];
    if (!known.has(laneKey(member))) {
      problems.push(
        `${path} must name a lane of the estate, got "${laneKey(member)}". Declare the lane, or correct group "${name}".`,
      );
    }
    if ((member.tags === undefined) === (member.servers === undefined)) {
      problems.push(`${path} must give exactly one of tags and servers. Leave one of them out.`);
    }
    return problems;
  });
}

/** What is wrong with a plan, given the groups there are; all at once. */
export function planProblems(
  { waves }: RecoveryPlan,
  groups: readonly ProtectionGroup[],
): readonly string[] {
  const known = new Set(groups.map(({ name }) => name));
  const names = waves.map(({ name }) => name);
  const problems = waves.flatMap(({ name, group, dependsOn }, index) => [
    ...(names.indexOf(name) === index
      ? []
      : [`waves[${index}].name must be unique, got "${name}". Choose another name.`]),
    ...(known.has(group)
      ? []
      : [`waves[${index}].group must name a group, got "${group}". Create the group first.`]),
    ...dependsOn
      .filter((other) => !names.includes(other))
      .map(
        (other) =>
          `waves[${index}].dependsOn must name waves of the plan, got "${other}". Correct it.`,
      ),
  ]);
  const cyclic = inCycles(waves);
  return cyclic.length === 0
    ? problems
    : [
        ...problems,
        `dependsOn must have no cycle, got one through ${cyclic.join(", ")}. Break it.`,
      ];
}

function inCycles(waves: RecoveryPlan["waves"]): readonly string[] {
  const before = new Set<string>();
  const names = new Set(waves.map(({ name }) => name));
  const cyclic: string[] = [];
  for (const { name, dependsOn } of topological(waves)) {
    if (dependsOn.some((other) => names.has(other) && !before.has(other))) cyclic.push(`"${name}"`);
    before.add(name);
  }
  return cyclic;
}
