import { partitionOf } from "../../runtime/core/partition.js";
import { type Cell, cellPrefix } from "../cells/cell.js";
import { type PerRegion, perRegion, roleOf } from "../cells/regional.js";
import type { Named } from "../named.js";

/** The only rule of each replication: all objects. */
export const ruleId = "everything";

/** The buckets of a cell. The account is in the name because all accounts share one space of names. */
export function bucketNames(cell: Cell, name: string): PerRegion<Named> {
  return perRegion(cell, (region) => {
    const bucket = `${cellPrefix(cell)}-${name}-${cell.account}-${region}`;
    return { name: bucket, arn: `arn:${partitionOf(region)}:s3:::${bucket}` };
  });
}

/** The role with which S3 copies from a Region. */
export function replicationRole(cell: Cell, name: string, from: string): Named {
  return roleOf(cell, `${cellPrefix(cell)}-${name}-from-${from}`);
}
