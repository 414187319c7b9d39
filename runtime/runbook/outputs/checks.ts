import type { Path } from "../../environment/path.js";
import { type Finding, listed, quoted } from "../../environment/problem.js";
import { cellFindings } from "./cell-checks.js";
import { cellNames } from "./cell-names.js";
import { found } from "./found.js";
import { knownNames } from "./names.js";
import type { Outputs, ServerOutputs } from "./schema.js";
import { givenTwice } from "./twice.js";

/** What a schema cannot say of the outputs: that their parts belong together. */
export function crossFindings(outputs: Outputs): readonly Finding[] {
  return [
    ...misnamed(outputs),
    ...(hasServers(outputs)
      ? [...lonely(outputs), ...sameRegionTwice(outputs)]
      : serverless(outputs)),
    ...repeated(outputs),
    ...unknownWaves(outputs),
    ...unknownOwners(outputs),
    ...outputs.cells.flatMap((cell, index) =>
      cellFindings(outputs.environment, cell, ["cells", index]),
    ),
  ];
}

/** Whether the environment recovers servers; one without is made of cells alone. */
export function hasServers(outputs: Outputs): outputs is ServerOutputs {
  return outputs.hub !== undefined && outputs.capacity !== undefined;
}

/** Without a hub there is nothing else of it, and something instead. */
function serverless({ hub, capacity, spokes, plans, cells }: Outputs): readonly Finding[] {
  const part = hub === undefined ? "hub" : "capacity";
  const isTorn = [hub, capacity].some(Boolean) || spokes.length > 0 || plans.length > 0;
  if (isTorn) return [found([part], "there with the spokes and plans", "nothing")];
  return cells.length > 0 ? [] : [found(["cells"], "a list of at least one cell", "an empty list")];
}

/** A copy of the tables in the hub's own Region would be lost with it. */
function sameRegionTwice({
  hub: { homeRegion, standbyRegion },
}: ServerOutputs): readonly Finding[] {
  if (standbyRegion !== homeRegion) return [];
  const path = ["hub", "standbyRegion"];
  return [found(path, "another Region than the hub's", quoted(standbyRegion))];
}

function misnamed(outputs: Outputs): readonly Finding[] {
  const known = hasServers(outputs) ? knownNames(outputs) : [];
  const ofCells = outputs.cells.flatMap((cell, index) =>
    cellNames(outputs.environment, cell, ["cells", index]),
  );
  return [...known, ...ofCells].flatMap(({ path, value, expected }) =>
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

function repeated({ spokes, plans, groups, cells }: Outputs): readonly Finding[] {
  return [
    ...givenTwice(
      spokes.map(({ account }) => account),
      (index) => ["spokes", index, "account"],
    ),
    ...spokes.flatMap(({ lanes }, spoke) =>
      givenTwice(
        lanes.map(({ region }) => region),
        (index) => ["spokes", spoke, "lanes", index, "region"],
      ),
    ),
    ...givenTwice(groups, (index) => ["groups", index]),
    ...givenTwice(
      cells.map(({ name }) => name),
      (index) => ["cells", index, "name"],
    ),
    ...givenTwice(
      plans.map(({ name }) => name),
      (index) => ["plans", index, "name"],
    ),
    ...plans.flatMap(({ waves }, plan) =>
      givenTwice(
        waves.map(({ name }) => name),
        (index) => ["plans", plan, "waves", index, "name"],
      ),
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
