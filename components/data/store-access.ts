import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { StorePlacement } from "./placement.js";

/** What a store is reached by in one Region. */
export interface StoreAccess {
  /** Name of the store in this Region; that of its security group. */
  readonly storeName: string;
  readonly region: string;
  readonly port: number;
  readonly placement: StorePlacement;
}

/** A security group that lets the named clients in, on one port, and nothing out. */
export function storeAccess(
  name: string,
  { storeName, region, port, placement }: StoreAccess,
  child: pulumi.CustomResourceOptions,
): aws.ec2.SecurityGroup {
  const { vpcId, allowedSecurityGroupIds = {}, allowedCidrBlocks = [] } = placement;
  const group = new aws.ec2.SecurityGroup(
    `${name}-access-${region}`,
    { region, name: storeName, description: `Clients of ${storeName}`, vpcId },
    child,
  );
  const rule = (client: string, source: Partial<aws.vpc.SecurityGroupIngressRuleArgs>) =>
    new aws.vpc.SecurityGroupIngressRule(
      `${name}-from-${client}-${region}`,
      {
        region,
        securityGroupId: group.id,
        description: client,
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
        ...source,
      },
      child,
    );
  for (const [client, referencedSecurityGroupId] of Object.entries(allowedSecurityGroupIds)) {
    rule(client, { referencedSecurityGroupId });
  }
  for (const cidrIpv4 of allowedCidrBlocks) rule(cidrIpv4, { cidrIpv4 });
  return group;
}
