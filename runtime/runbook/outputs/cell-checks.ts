import { liesIn } from "../../core/cells/residency.js";
import type { Path } from "../../environment/path.js";
import { type Finding, quoted } from "../../environment/problem.js";
import type { CellOutputs } from "./cell.js";
import { unmatchedCopies } from "./cell-copies.js";
import { sides } from "./cell-names.js";
import { misshapen } from "./cell-shapes.js";
import { found } from "./found.js";
import { givenTwice } from "./twice.js";

/** What does not go together within a cell. Names that follow wholly from others are checked apart. */
export function cellFindings(environment: string, cell: CellOutputs, at: Path): readonly Finding[] {
  return [
    ...misplaced(cell, at),
    ...misshapen(environment, cell, at),
    ...unmatchedCopies(cell, at),
    ...repeated(cell, at),
    ...disordered(cell, at),
    ...switches(cell, at),
  ];
}

function misplaced({ regions, residency }: CellOutputs, at: Path): readonly Finding[] {
  const { primary, recovery } = regions;
  const outside = sides
    .filter((side) => !liesIn(residency, regions[side]))
    .map((side) => {
      const rule = `a Region of the zone ${quoted(residency)}`;
      return found([...at, "regions", side], rule, quoted(regions[side]));
    });
  if (primary !== recovery) return outside;
  const path = [...at, "regions", "recovery"];
  return [...outside, found(path, "another Region than the primary", quoted(recovery))];
}

const lists = [
  "copies",
  "services",
  "clusters",
  "auroraDatabases",
  "replicatedDatabases",
  "caches",
  "tables",
  "buckets",
  "queues",
  "secrets",
] as const satisfies readonly (keyof CellOutputs)[];

function repeated(cell: CellOutputs, at: Path): readonly Finding[] {
  const { controls, records = [] } = cell.traffic ?? {};
  const named = lists.flatMap((key) =>
    givenTwice(
      cell[key].map(({ name }) => name),
      (index) => [...at, key, index, "name"],
    ),
  );
  return [
    ...named,
    ...givenTwice(cell.repositories, (index) => [...at, "repositories", index]),
    ...givenTwice(
      records.map(({ name }) => name),
      (index) => [...at, "traffic", "records", index, "name"],
    ),
    ...givenTwice(controls ? sides.map((side) => controls.controlArns[side]) : [], (index) => [
      ...[...at, "traffic", "controls", "controlArns", index === 0 ? "primary" : "recovery"],
    ]),
    ...givenTwice(
      (controls?.endpoints ?? []).map(({ region }) => region),
      (index) => [...at, "traffic", "controls", "endpoints", index, "region"],
    ),
  ];
}

/** The three numbers of what computes: none is below the one before it. */
function disordered({ services, clusters }: CellOutputs, at: Path): readonly Finding[] {
  const counted = sides.flatMap((side) => [
    ...services.flatMap((service, index) => {
      const path = [...at, "services", index, side, "tasks"];
      const made = service[side];
      return made === undefined ? [] : [{ path, ...made.tasks }];
    }),
    ...clusters.map((cluster, index) => ({
      path: [...at, "clusters", index, side, "nodes"],
      ...cluster[side].nodes,
    })),
  ]);
  return counted.flatMap(({ path, resting, normal, failover }) =>
    Math.max(resting, normal) <= failover
      ? []
      : [
          found(
            [...path, "failover"],
            `at least ${Math.max(resting, normal)}, as what runs without a failover`,
            String(failover),
          ),
        ],
  );
}

/** What an operator turns traffic with must be there where an operator turns it. */
function switches({ traffic, services }: CellOutputs, at: Path): readonly Finding[] {
  if (traffic === undefined) return [];
  const path = [...at, "traffic"];
  const { turnsBy, flags, controls, records } = traffic;
  const wanted = (isThere: boolean, key: string, by: string): readonly Finding[] => {
    if (isThere === (turnsBy === by)) return [];
    const got = isThere ? "a mapping" : "nothing";
    const rule = isThere ? `absent where traffic turns by ${quoted(turnsBy)}` : "a mapping";
    return [found([...path, key], rule, got)];
  };
  const known = services.map(({ name }) => name);
  return [
    ...wanted(flags !== undefined, "flags", "standby-takes-over"),
    ...wanted(controls !== undefined, "controls", "routing-control"),
    ...unreachable(controls?.endpoints, [...path, "controls", "endpoints"]),
    ...records.flatMap(({ service }, index) => {
      if (known.includes(service)) return [];
      const at = [...path, "records", index, "service"];
      return [found(at, "the name of a service of the cell", quoted(service))];
    }),
  ];
}

type Endpoints = NonNullable<NonNullable<CellOutputs["traffic"]>["controls"]>["endpoints"];

/** Routing controls are turned at an endpoint of a Region: one must be there, and each in its own. */
function unreachable(endpoints: Endpoints | undefined, at: Path): readonly Finding[] {
  if (endpoints === undefined) return [];
  if (endpoints.length === 0) {
    return [found(at, "a list of at least one endpoint", "an empty list")];
  }
  return endpoints.flatMap(({ endpoint, region }, index) =>
    endpoint.startsWith("https://") && endpoint.includes(`.${region}.`)
      ? []
      : [found([...at, index, "endpoint"], `an address in ${region}`, quoted(endpoint))],
  );
}
