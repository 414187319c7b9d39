import { partitionOf } from "../../runtime/core/partition.js";
import { type Cell, cellPrefix } from "../cells/cell.js";
import { roleOf } from "../cells/regional.js";
import type { Named } from "../named.js";

/** The object whose presence is the flag, and the last part of the path at which it is seen. */
export const flagKey = "take-over";

/** Names of what serves a Region's flag, known before anything is deployed. */
export interface FlagNames {
  readonly bucket: Named;
  readonly role: Named;
  readonly api: string;
}

export function flagNames(cell: Cell, region: string): FlagNames {
  const partition = partitionOf(region);
  const name = `${cellPrefix(cell)}-flag-${region}`;
  // Names of buckets are the whole world's, so the account tells two alike environments apart.
  const bucket = `${name}-${cell.account}`;
  return {
    bucket: { name: bucket, arn: `arn:${partition}:s3:::${bucket}` },
    role: roleOf(cell, name),
    api: name,
  };
}
