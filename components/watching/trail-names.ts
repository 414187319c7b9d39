import { trailBucketName } from "../../runtime/core/cells/trail-bucket.js";
import { type Cell, cellPrefix } from "../cells/cell.js";
import { namedIn, type PerRegion, perRegion } from "../cells/regional.js";
import { bucketNames } from "../data/bucket-names.js";
import type { Named } from "../named.js";
import type { TrailCoverage } from "./audit-trail.js";

/** The buckets of the records; trails write to that of the recovery Region. */
export function trailBuckets(cell: Cell): PerRegion<Named> {
  return bucketNames(cell, trailBucketName);
}

/**
 * The trails by the Regions in which they are. One of the account lies where the cell goes when its
 * primary Region is lost, so that somebody can still change it there.
 */
export function trailsOf(cell: Cell, covers: TrailCoverage): PerRegion<Named> {
  const named = (region: string) =>
    namedIn(cell, region, "cloudtrail", "trail/", `${cellPrefix(cell)}-audit-${region}`);
  const { recovery } = cell.regions;
  return covers === "account" ? { [recovery]: named(recovery) } : perRegion(cell, named);
}
