import { partitionOf } from "../../runtime/core/partition.js";
import { type Cell, cellPrefix } from "../cells/cell.js";
import { namedIn } from "../cells/regional.js";
import type { Named } from "../named.js";

/** What a global database is called. */
export interface AuroraAddress {
  readonly cell: Cell;
  /** Name of the database within its cell. */
  readonly name: string;
}

/** The global cluster, which is in no Region. */
export function globalClusterOf({ cell, name }: AuroraAddress): Named {
  const identifier = `${cellPrefix(cell)}-${name}`;
  const partition = partitionOf(cell.regions.primary);
  return {
    name: identifier,
    arn: `arn:${partition}:rds::${cell.account}:global-cluster:${identifier}`,
  };
}

/** The member in a Region. RDS wants other identifiers in each Region of one global database. */
export function memberOf(address: AuroraAddress, region: string): Named {
  const identifier = `${globalClusterOf(address).name}-${region}`;
  return namedIn(address.cell, region, "rds", "cluster:", identifier);
}
