import type * as pulumi from "@pulumi/pulumi";
import { type Problems, type Rule, resourceName } from "../arguments.js";
import { type Cell, regionsOf } from "../cells/cell.js";
import type { PerRegion } from "../cells/regional.js";

/** Where a database or cache stands in one Region, and who may reach it there. */
export interface StorePlacement {
  readonly vpcId: pulumi.Input<string>;
  /** Private subnets in at least two zones; three outlive the loss of one without a squeeze. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Security groups of this Region's clients, each under a name that stays: `{ api: … }`. */
  readonly allowedSecurityGroupIds?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Address ranges that may connect: clients of the other Region, whose security groups do not count here. */
  readonly allowedCidrBlocks?: readonly string[];
  /** Topics of this Region that hear of replication that lags. */
  readonly notificationTopicArns?: pulumi.Input<pulumi.Input<string>[]>;
}

/** A placement for each of the cell's two Regions, under the Region's name. */
export type StorePlacements = PerRegion<StorePlacement>;

/** Subnets in fewer zones are refused by RDS. Source: CreateDBSubnetGroup, RDS API Reference. */
const minSubnets = 2;

/** Adds what is wrong with the placements as far as it is known before anything is deployed. */
export function checkPlacements(problems: Problems, cell: Cell, placements: StorePlacements): void {
  const regions = regionsOf(cell);
  const given = Object.keys(placements);
  if (given.toSorted().join() !== regions.toSorted().join()) {
    problems.add(
      "placements",
      `must name the Regions of the cell (${regions.join(", ")}), got ${given.join(", ") || "none"}. Give one for each`,
    );
  }
  for (const [region, placement] of Object.entries(placements)) {
    checkPlacement(problems, `placements["${region}"]`, placement);
  }
}

function checkPlacement(
  problems: Problems,
  path: string,
  { subnetIds, allowedSecurityGroupIds = {}, allowedCidrBlocks = [] }: StorePlacement,
): void {
  if (Array.isArray(subnetIds) && subnetIds.length < minSubnets) {
    problems.add(
      `${path}.subnetIds`,
      `must be ${minSubnets} or more, in as many zones, got ${subnetIds.length}. Give the private subnets of the Region`,
    );
  }
  for (const client of Object.keys(allowedSecurityGroupIds)) {
    problems.check(`${path}.allowedSecurityGroupIds`, resourceName, client);
  }
  for (const [index, block] of allowedCidrBlocks.entries()) {
    problems.check(`${path}.allowedCidrBlocks[${index}]`, privateBlock, block);
  }
}

/** Ranges of private networks (RFC 1918), of 8 or more fixed bits. */
const privateBlock: Rule<string> = (block) =>
  /^(10(\.\d{1,3}){3}|192\.168(\.\d{1,3}){2}|172\.(1[6-9]|2\d|3[01])(\.\d{1,3}){2})\/([89]|[12]\d|3[0-2])$/.test(
    block,
  )
    ? undefined
    : `must be a range of private addresses, such as "10.1.0.0/16", got "${block}". Nothing else reaches a private subnet`;
