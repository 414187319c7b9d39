import { Problems } from "../arguments.js";
import { checkCell, regionsOf } from "../cells/cell.js";
import { checkCidrBlocks } from "./cidr-problems.js";
import type { RegionPeeringArgs } from "./region-peering.js";

/** Everything that is wrong with a peering's arguments, before anything is created. */
export function peeringProblems({ cell, networks }: RegionPeeringArgs): Problems {
  const problems = new Problems();
  checkCell(problems, cell);
  const given = networks.map(({ region }) => region);
  const regions = regionsOf(cell);
  if (given.toSorted().join() === regions.toSorted().join()) {
    const blocks = networks.map(({ region, cidrBlock }) => [region, cidrBlock]);
    checkCidrBlocks(problems, cell, Object.fromEntries(blocks), "networks");
  } else {
    const got = given.map((region) => `"${region}"`).join(", ") || "none";
    problems.add(
      "networks",
      `must be one of each Region of the cell (${regions.join(", ")}), got ${got}. Give both`,
    );
  }
  for (const { region, routeTableIds } of networks) {
    if (routeTableIds.length > 0) continue;
    problems.add(
      `networks["${region}"].routeTableIds`,
      "must name the tables that get the way to the other Region, got none. Without a route nothing takes it",
    );
  }
  return problems;
}
