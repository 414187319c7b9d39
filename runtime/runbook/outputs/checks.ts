import type { Path } from "../../environment/path.js";
import { type Finding, listed, quoted } from "../../environment/problem.js";
import { knownNames } from "./names.js";
import { again, type Outputs } from "./schema.js";

/** What a schema cannot say of the outputs: that their parts belong together. */
export function crossFindings(outputs: Outputs): readonly Finding[] {
  return [
    ...misnamed(outputs),
    ...lonely(outputs),
    ...repeated(outputs),
    ...unknownWaves(outputs),
    ...unknownOwners(outputs),
  ];
}

export function found(path: Path, rule: string, got: string): Finding {
  return { path, rule, got, remedy: again, blames: "value" };
}

function misnamed(outputs: Outputs): readonly Finding[] {
  return knownNames(outputs).flatMap(({ path, value, expected }) =>
    value === expected ? [] : found(path, JSON.stringify(expected), JSON.stringify(value)),
  );
}

/** What must hold at least one of its kind: nothing could be recovered without. */
function lonely({ spokes, plans }: Outputs): readonly Finding[] {
  const empty = (path: Path, list: readonly unknown[], what: string): readonly Finding[] =>
    list.length > 0 ? [] : [found(path, `a list of at least one ${what}`, "an empty list")];
  return [
    ...empty(["spokes"], spokes, "spoke"),
    ...spokes.flatMap(({ lanes }, index) => empty(["spokes", index, "lanes"], lanes, "lane")),
    ...empty(["plans"], plans, "plan"),
    ...plans.flatMap(({ waves }, index) => empty(["plans", index, "waves"], waves, "wave")),
  ];
}

function repeated({ spokes, plans, groups }: Outputs): readonly Finding[] {
  const twice = (values: readonly string[], pathOf: (index: number) => Path): readonly Finding[] =>
    values.flatMap((value, index) =>
      values.indexOf(value) === index ? [] : [found(pathOf(index), "given once", quoted(value))],
    );
  return [
    ...twice(
      spokes.map(({ account }) => account),
      (index) => ["spokes", index, "account"],
    ),
    ...spokes.flatMap(({ lanes }, spoke) =>
      twice(
        lanes.map(({ region }) => region),
        (index) => ["spokes", spoke, "lanes", index, "region"],
      ),
    ),
    ...twice(groups, (index) => ["groups", index]),
    ...twice(
      plans.map(({ name }) => name),
      (index) => ["plans", index, "name"],
    ),
  ];
}

function unknownWaves({ plans }: Outputs): readonly Finding[] {
  return plans.flatMap(({ waves }, plan) =>
    waves.flatMap(({ name, dependsOn }, wave) => {
      const others = waves.map((one) => one.name).filter((other) => other !== name);
      return dependsOn.flatMap((dependency, index) =>
        others.includes(dependency)
          ? []
          : found(
              ["plans", plan, "waves", wave, "dependsOn", index],
              "the name of another wave of the plan",
              quoted(dependency),
            ),
      );
    }),
  );
}

function unknownOwners({ contacts, responsibilities }: Outputs): readonly Finding[] {
  const roles = contacts.map(({ role }) => role);
  const rule = roles.length === 0 ? "the role of a contact" : listed(roles.map(quoted), "or");
  return responsibilities.flatMap(({ owner }, index) =>
    roles.includes(owner) ? [] : found(["responsibilities", index, "owner"], rule, quoted(owner)),
  );
}
