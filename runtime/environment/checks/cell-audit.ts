import { trailBucketName } from "../../core/cells/trail-bucket.js";
import { type Finding, quoted } from "../problem.js";
import type { CellDeclaration } from "../schema.js";
import type { Part } from "../sound.js";
import { found } from "./found.js";

type CellPart = Part<CellDeclaration>;

/** What does not hold of a cell's audit trail, in its own and beside the other cells. */
export function cellAudit(cell: CellPart, all: readonly CellPart[]): readonly Finding[] {
  return [...elsewhereAlone(cell), ...modeWithTime(cell), ...withinZone(cell, all), ...names(cell)];
}

/** A trail elsewhere has settings of its own, which nobody changes from here. */
function elsewhereAlone({ at, value: { auditTrail } }: CellPart): readonly Finding[] {
  if (auditTrail?.elsewhere === undefined) return [];
  return (["covers", "retentionYears", "retentionMode"] as const).flatMap((key) => {
    const value = auditTrail[key];
    if (value === undefined) return [];
    const got = typeof value === "string" ? quoted(value) : `${value}`;
    const remedy = "Leave it out, or leave out elsewhere.";
    return [found([...at, "auditTrail", key], "absent for a trail elsewhere", got, remedy)];
  });
}

function modeWithTime({ at, value: { auditTrail } }: CellPart): readonly Finding[] {
  const { elsewhere, retentionMode: mode, retentionYears: years } = auditTrail ?? {};
  if (elsewhere !== undefined || mode === undefined || years !== undefined) return [];
  const path = [...at, "auditTrail", "retentionMode"];
  return [found(path, "absent without retentionYears", quoted(mode), "Say how long.")];
}

/** One trail of all Regions gathers the events of all cells of the account into one zone. */
function withinZone({ at, value }: CellPart, all: readonly CellPart[]): readonly Finding[] {
  const { account, auditTrail, residency } = value;
  if (auditTrail === undefined || auditTrail.elsewhere !== undefined) return [];
  if (auditTrail.covers === "cell") return [];
  const other = all.find(
    (one) => one.value.account === account && one.value.residency !== residency,
  );
  if (other === undefined) return [];
  const { name, residency: zone } = other.value;
  return [
    found(
      [...at, "auditTrail", "covers"],
      `"cell" where the account also holds the cell ${quoted(name)} of the zone ${quoted(zone)}`,
      auditTrail.covers === undefined ? "nothing" : quoted(auditTrail.covers),
      `A trail of the account would carry its events into ${quoted(residency)}.`,
    ),
  ];
}

/** The buckets of the trail's records have a name of their own. */
function names({ at, value: { auditTrail, buckets } }: CellPart): readonly Finding[] {
  if (auditTrail === undefined || auditTrail.elsewhere !== undefined) return [];
  return buckets.flatMap(({ name }, index) => {
    if (name !== trailBucketName) return [];
    const path = [...at, "buckets", index, "name"];
    const remedy = "Choose another name: the records of the audit trail lie under this one.";
    return [found(path, "other than that of the trail's buckets", quoted(name), remedy)];
  });
}
