import type * as pulumi from "@pulumi/pulumi";

/** What a workload needs of its Region's network. A PilotLightRegion is one. */
export interface RegionNetwork {
  readonly region: string;
  readonly vpcId: pulumi.Input<string>;
  /** For load balancers: a subnet in each of three zones, or more. */
  readonly publicSubnetIds: pulumi.Input<string[]>;
  /** For tasks and nodes: a subnet in each of three zones, or more. */
  readonly privateSubnetIds: pulumi.Input<string[]>;
}

/** Two zones are too few to lose one. */
export function threeSubnets(ids: readonly string[]): string | undefined {
  if (new Set(ids).size >= 3) return undefined;
  const got = ids.map((id) => `"${id}"`).join(", ") || "none";
  return `must be three subnets or more, each of another zone, got ${got}. Two are too few to lose one`;
}
