import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { unchanged } from "../arguments.js";
import { networkNames } from "./names.js";
import type { PilotLightRegionArgs } from "./pilot-light-region.js";

/** Endpoints that cost nothing. Source: Amazon VPC User Guide, gateway endpoints. */
const gateways = ["s3", "dynamodb"] as const;

/**
 * What a Fargate task or a node calls before it can serve: its image, its secrets and their key, its
 * role, its logs and metrics. Layers of the image come from S3.
 */
const defaultInterfaces = [
  "ecr.api",
  "ecr.dkr",
  "kms",
  "logs",
  "monitoring",
  "secretsmanager",
  "sts",
] as const;

/** What the endpoints of a VPC are tied to. */
interface Attached {
  readonly vpcId: pulumi.Output<string>;
  readonly cidrBlock: string;
  readonly routeTableIds: readonly pulumi.Output<string>[];
  readonly subnetIds: pulumi.Output<string[]>;
}

/** Ways to services of the Region that need no internet: a failover is when everybody wants it. */
export function endpoints(
  name: string,
  { cell, region, interfaceEndpoints = defaultInterfaces, ...args }: PilotLightRegionArgs,
  { vpcId, cidrBlock, routeTableIds, subnetIds }: Attached,
  child: pulumi.CustomResourceOptions,
): void {
  const { transformEndpoint = unchanged } = args;
  const endpoint = (service: string, settings: Partial<aws.ec2.VpcEndpointArgs>) => {
    const serviceName = `com.amazonaws.${region}.${service}`;
    const endpointArgs = transformEndpoint({ region, vpcId, serviceName, ...settings });
    new aws.ec2.VpcEndpoint(`${name}-${service.replaceAll(".", "-")}`, endpointArgs, child);
  };
  for (const service of gateways) {
    endpoint(service, { vpcEndpointType: "Gateway", routeTableIds: [...routeTableIds] });
  }
  if (interfaceEndpoints.length === 0) return;

  const group = new aws.ec2.SecurityGroup(
    `${name}-endpoints`,
    {
      region,
      vpcId,
      name: networkNames(cell, region).endpoints,
      description: "Endpoints of AWS services, for the whole VPC",
    },
    child,
  );
  const rule = { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: cidrBlock };
  new aws.vpc.SecurityGroupIngressRule(
    `${name}-endpoints-https`,
    { region, securityGroupId: group.id, description: "HTTPS from the VPC", ...rule },
    child,
  );
  for (const service of interfaceEndpoints) {
    const securityGroupIds = [group.id];
    const isPrivate = { vpcEndpointType: "Interface", privateDnsEnabled: true };
    endpoint(service, { ...isPrivate, subnetIds, securityGroupIds });
  }
}
