import { type Cidr, overlap, parseCidr } from "../../runtime/core/cells/cidr.js";
import { outOfBounds, vpcPrefixBits } from "../../runtime/limits.js";
import type { Problems } from "../arguments.js";
import { type Cell, regionsOf } from "../cells/cell.js";

/** Adds what is wrong with the address ranges of a cell's Regions, by Region. */
export function checkCidrBlocks(
  problems: Problems,
  cell: Cell,
  cidrBlocks: Readonly<Record<string, string>>,
  path: string,
): void {
  const known = regionsOf(cell).map((region) => {
    const block = cidrBlocks[region];
    const cidr = parseCidr(block ?? "");
    if (cidr === undefined || outOfBounds(vpcPrefixBits, cidr.prefixBits)) {
      const got = block === undefined ? "none" : `"${block}"`;
      problems.add(
        `${path}["${region}"]`,
        `must be a range from /${vpcPrefixBits.min} to /${vpcPrefixBits.max} that begins at its first address, such as 10.0.0.0/16, got ${got}. Nine subnets share it`,
      );
      return undefined;
    }
    return { block, cidr };
  });
  problems.add(path, overlapProblem(known));
}

function overlapProblem(
  known: readonly ({ readonly block: string | undefined; readonly cidr: Cidr } | undefined)[],
): string | undefined {
  const [primary, recovery] = known;
  if (!(primary && recovery && overlap(primary.cidr, recovery.cidr))) return undefined;
  return `must not overlap, got "${primary.block}" and "${recovery.block}". Nothing can be routed between Regions that share addresses`;
}
