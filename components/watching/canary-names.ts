import { createHash } from "node:crypto";
import { partitionOf } from "../../runtime/core/partition.js";
import { type Cell, cellPrefix } from "../cells/cell.js";
import { namedIn, roleOf } from "../cells/regional.js";
import type { Named } from "../named.js";

/**
 * Names up to this length stand whole in the name of the canary's function, and so in that of its
 * log: `cwsyn-<name>-<id>` has at most 64 characters, of which the id takes 36.
 * Source: FunctionName, Lambda API reference; "Required roles and permissions for canaries", CloudWatch User Guide.
 */
export const maxCanaryCharacters = 21;

const digestCharacters = 6;

/** What belongs to the canary of one Region. */
export interface CanaryNames {
  readonly canary: Named;
  readonly bucket: Named;
  readonly role: Named;
  /** Every log group of the canary's function, whose name ends in an id that AWS makes up. */
  readonly logs: string;
}

/** What the canaries of a cell are called: as the cell, or as much of it as there is room for. */
export function canaryNameOf(cell: Cell): string {
  const whole = cellPrefix(cell);
  if (whole.length <= maxCanaryCharacters) return whole;
  const digest = createHash("sha256").update(whole).digest("hex").slice(0, digestCharacters);
  return `${whole.slice(0, maxCanaryCharacters - digestCharacters - 1)}-${digest}`;
}

export function canaryNames(cell: Cell, canaryName: string, region: string): CanaryNames {
  const partition = partitionOf(region);
  const bucket = `${canaryName}-canary-${cell.account}-${region}`;
  return {
    canary: namedIn(cell, region, "synthetics", "canary:", canaryName),
    bucket: { name: bucket, arn: `arn:${partition}:s3:::${bucket}` },
    role: roleOf(cell, `${canaryName}-canary-${region}`),
    logs: `arn:${partition}:logs:${region}:${cell.account}:log-group:/aws/lambda/cwsyn-${canaryName}-*`,
  };
}
