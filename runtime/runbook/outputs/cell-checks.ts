import { liesIn } from "../../core/cells/residency.js";
import { partitionOf } from "../../core/partition.js";
import type { Path } from "../../environment/path.js";
import { type Finding, quoted } from "../../environment/problem.js";
import type { CellOutputs } from "./cell.js";
import { sides } from "./cell-names.js";
import { found } from "./found.js";

/** What does not go together within a cell. Names that follow from others are checked apart. */
export function cellFindings(cell: CellOutputs, at: Path): readonly Finding[] {
  return [...misplaced(cell, at), ...foreign(cell, at), ...switches(cell, at)];
}

function misplaced({ regions, residency }: CellOutputs, at: Path): readonly Finding[] {
  const { primary, recovery } = regions;
  const outside = sides
    .filter((side) => !liesIn(residency, regions[side]))
    .map((side) =>
      found(
        [...at, "regions", side],
        `a Region of the zone ${quoted(residency)}`,
        quoted(regions[side]),
      ),
    );
  if (primary !== recovery) return outside;
  const path = [...at, "regions", "recovery"];
  return [...outside, found(path, "another Region than the primary", quoted(recovery))];
}

/** ARNs whose end AWS chooses: account and Region they must have in common with the cell. */
function foreign({ account, regions, keyArns }: CellOutputs, at: Path): readonly Finding[] {
  return sides.flatMap((side) => {
    const region = regions[side];
    const beginning = `arn:${partitionOf(region)}:kms:${region}:${account}:key/`;
    if (keyArns[side].startsWith(beginning)) return [];
    return [
      found(
        [...at, "keyArns", side],
        `an ARN that begins with "${beginning}"`,
        JSON.stringify(keyArns[side]),
      ),
    ];
  });
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
    ...records.flatMap(({ service }, index) =>
      known.includes(service)
        ? []
        : [
            found(
              [...path, "records", index, "service"],
              "the name of a service of the cell",
              quoted(service),
            ),
          ],
    ),
  ];
}
