import { overlap, parseCidr } from "../../core/cells/cidr.js";
import { liesIn, residencyZones } from "../../core/cells/residency.js";
import { outOfBounds, vpcPrefixBits } from "../../limits.js";
import { type Side, sides } from "../cells/cell.js";
import type { Path } from "../path.js";
import { type Finding, quoted } from "../problem.js";
import type { CellDeclaration } from "../schema.js";
import type { Part, Sound } from "../sound.js";
import { cellAudit } from "./cell-audit.js";
import { cellBackups } from "./cell-backups.js";
import { cellReferences } from "./cell-references.js";
import { cellStrategies } from "./cell-strategies.js";
import { repeated } from "./duplicates.js";
import { found } from "./found.js";

/** What does not hold within a cell, or between cells. */
export function cells({ cells: declared }: Sound): readonly Finding[] {
  return [
    ...repeated(
      declared.items.map(({ at, value }) => ({ at: [...at, "name"], value: value.name })),
      "Give each cell a name of its own.",
    ),
    ...declared.items.flatMap((cell) => [
      ...places(cell),
      ...networks(cell),
      ...capacities(cell),
      ...cellReferences(cell),
      ...cellBackups(cell),
      ...cellStrategies(cell),
      ...cellAudit(cell, declared.items),
    ]),
    ...registries(declared.items),
  ];
}

type CellPart = Part<CellDeclaration>;

function places({ at, value: { residency, regions } }: CellPart): readonly Finding[] {
  if (regions.primary === regions.recovery) {
    const remedy = "Choose another: a copy in the same Region is lost with it.";
    const path = [...at, "regions", "recovery"];
    return [found(path, "another Region than the primary", quoted(regions.recovery), remedy)];
  }
  return sides
    .filter((side) => !liesIn(residency, regions[side]))
    .map((side) => {
      const rule = `a Region of the zone ${quoted(residency)} (${residencyZones[residency].join(", ")})`;
      const remedy = "Use a Region of the zone, or make two cells.";
      return found([...at, "regions", side], rule, quoted(regions[side]), remedy);
    });
}

function networks({ at, value: { network } }: CellPart): readonly Finding[] {
  const blocks = sides.map((side) => {
    const text = network.cidrBlocks[side];
    return { path: [...at, "network", "cidrBlocks", side], text, cidr: parseCidr(text) };
  });
  const { min, max } = vpcPrefixBits;
  const unusable = blocks.filter(
    ({ cidr }) => cidr === undefined || outOfBounds(vpcPrefixBits, cidr.prefixBits) !== undefined,
  );
  const [primary, recovery] = blocks;
  const isShared =
    primary?.cidr !== undefined && recovery?.cidr !== undefined
      ? overlap(primary.cidr, recovery.cidr)
      : false;
  return [
    ...unusable.map(({ path, text }) =>
      found(
        path,
        `a range from /${min} to /${max} that begins at its first address`,
        quoted(text),
        "Write it as in 10.10.0.0/16: nine subnets share it.",
      ),
    ),
    ...(isShared && recovery !== undefined
      ? [
          found(
            recovery.path,
            `apart from ${quoted(primary?.text ?? "")}, the primary's`,
            quoted(recovery.text),
            "Choose another range: nothing is routed between Regions that share addresses.",
          ),
        ]
      : []),
  ];
}

/** Resting is not above normal, normal not above failover; and each Region can take over from the other. */
function capacities({ at, value: { services, clusters } }: CellPart): readonly Finding[] {
  const counted = [
    ...services.map(({ tasks }, index) => ({ at: [...at, "services", index, "tasks"], of: tasks })),
    ...clusters.map(({ nodes }, index) => ({ at: [...at, "clusters", index, "nodes"], of: nodes })),
  ];
  return counted.flatMap(({ at: path, of }) => [
    ...sides.flatMap((side) => {
      const capacity = of[side];
      if (capacity === undefined) return [];
      const { resting, normal, failover } = capacity;
      const here = [...path, side];
      return [
        ...(normal < resting
          ? [
              found(
                [...here, "normal"],
                `${resting} or more, as it rests`,
                `${normal}`,
                "Rest with less.",
              ),
            ]
          : []),
        ...(failover < normal
          ? [
              found(
                [...here, "failover"],
                `${normal} or more, as is normal`,
                `${failover}`,
                "A failover brings the load of both Regions.",
              ),
            ]
          : []),
      ];
    }),
    ...sides.flatMap((side) => carriesTheOther(path, of, side)),
  ]);
}

type Tasks = CellDeclaration["services"][number]["tasks"];

function carriesTheOther(path: Path, tasks: Tasks, side: Side): readonly Finding[] {
  const other = side === "primary" ? "recovery" : "primary";
  const { [side]: here, [other]: there } = tasks;
  if (here === undefined || there === undefined || here.failover >= there.normal) return [];
  return [
    found(
      [...path, side, "failover"],
      `${there.normal} or more, what is normal in the ${other} Region`,
      `${here.failover}`,
      `The ${side} Region must carry the ${other} one's load alone.`,
    ),
  ];
}

/** ECR has one replication for all repositories of an account in a Region. */
function registries(declared: readonly CellPart[]): readonly Finding[] {
  const taken = new Map<string, string>();
  return declared.flatMap(({ at, value: { name, account, regions, images } }) => {
    if (images === undefined) return [];
    const places = sides.map((side) => `${account}/${regions[side]}`);
    const other = places.map((place) => taken.get(place)).find((one) => one !== undefined);
    for (const place of places) taken.set(place, name);
    if (other === undefined) return [];
    const rule = `in one cell of account ${quoted(account)} in these Regions`;
    const remedy = "Keep all repositories in one cell: ECR has one replication for all of them.";
    return [found([...at, "images"], rule, `another in ${quoted(other)}`, remedy)];
  });
}
