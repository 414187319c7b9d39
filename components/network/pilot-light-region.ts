import type * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import { logRetentionDays } from "../../runtime/limits.js";
import { checked, retentionPeriod, type Transform, unchanged } from "../arguments.js";
import { type Cell, cellContract } from "../cells/cell.js";
import { endpoints } from "./endpoints.js";
import { flowLogs } from "./flow-logs.js";
import { pilotLightProblems } from "./pilot-light-problems.js";

/**
 * Where the private subnets reach the internet: through a gateway in each zone, through the first
 * zone's alone, with which all zones lose it, or not at all.
 */
export type NatGateways = "one-per-zone" | "single" | "none";

/** What a {@link PilotLightRegion} needs to know. */
export interface PilotLightRegionArgs {
  readonly cell: Cell;
  /** The Region that is made ready: one of the cell's. */
  readonly region: string;
  /** Address range of each Region's VPC, by Region: of both, for they must not overlap. From /16 to /22. */
  readonly cidrBlocks: Readonly<Record<string, string>>;

  /**
   * Three zones of the Region. To be named where the account's zones are not `a`, `b` and `c`.
   *
   * @defaultValue a, b and c
   */
  readonly availabilityZones?: readonly string[];

  /**
   * How the private subnets reach the internet.
   *
   * @defaultValue "one-per-zone"
   */
  readonly natGateways?: NatGateways;

  /**
   * Services that are reached without the internet, as the end of their endpoint's name. S3 and
   * DynamoDB always are.
   *
   * @defaultValue what a task or node needs to start
   */
  readonly interfaceEndpoints?: readonly string[];

  /**
   * How long records of the VPC's connections are kept.
   *
   * @unit days
   * @defaultValue 365
   */
  readonly logRetentionDays?: pulumi.Input<number>;

  /** ARN of the key that encrypts them; CloudWatch Logs' own when absent. */
  readonly logKeyArn?: pulumi.Input<string>;

  /** Last word on the VPC's arguments. */
  readonly transformVpc?: Transform<awsx.ec2.VpcArgs>;

  /** Last word on each endpoint's arguments, such as a policy. */
  readonly transformEndpoint?: Transform<aws.ec2.VpcEndpointArgs>;
}

/** The network that production needs in a Region of a cell: a VPC over three zones, endpoints, flow logs. */
export class PilotLightRegion extends pulumi.ComponentResource {
  readonly region: string;
  readonly cidrBlock: string;
  readonly vpcId: pulumi.Output<string>;
  /** For load balancers: a subnet of each zone with a route to the internet. */
  readonly publicSubnetIds: pulumi.Output<string[]>;
  /** For tasks and nodes: a subnet of each zone, which nobody reaches from outside. */
  readonly privateSubnetIds: pulumi.Output<string[]>;
  /** For data: a subnet of each zone without any route to the internet. */
  readonly isolatedSubnetIds: pulumi.Output<string[]>;
  /** Route tables of all subnets, zone by zone: public, private, isolated. */
  readonly routeTableIds: readonly pulumi.Output<string>[];
  /** Name of the log group that holds the records of the VPC's connections. */
  readonly flowLogGroupName: pulumi.Output<string>;

  constructor(name: string, args: PilotLightRegionArgs, opts?: pulumi.ComponentResourceOptions) {
    const { cell, region, natGateways = "one-per-zone" } = args;
    const { availabilityZones = zonesOf(region), transformVpc = unchanged } = args;
    const cidrBlock = args.cidrBlocks[region] ?? "";
    const contract = { ...cellContract(cell), region, cidrBlock, availabilityZones, natGateways };
    super("aws-dr:network:PilotLightRegion", name, contract, opts);
    pilotLightProblems(args, availabilityZones).refuse(this);
    const retentionInDays = checked(
      this,
      "logRetentionDays",
      [retentionPeriod],
      args.logRetentionDays ?? logRetentionDays.default,
    );
    const child = { parent: this };

    const vpcArgs = transformVpc({
      region,
      cidrBlock,
      availabilityZoneNames: [...availabilityZones],
      // Private names of endpoints resolve only where both are on.
      enableDnsHostnames: true,
      enableDnsSupport: true,
      natGateways: { strategy: natStrategies[natGateways] },
      subnetStrategy: "Auto",
      subnetSpecs: [...subnetSpecs],
    });
    const vpc = new awsx.ec2.Vpc(`${name}-vpc`, vpcArgs, child);
    const { vpcId } = vpc;
    const routeTableIds = tablesOf(vpc, availabilityZones.length * subnetSpecs.length);
    const subnetIds = vpc.privateSubnetIds;
    endpoints(name, args, { vpcId, cidrBlock, routeTableIds, subnetIds }, child);
    const { logKeyArn } = args;
    const logs = flowLogs(name, { cell, region, vpcId, retentionInDays, logKeyArn }, child);

    this.region = region;
    this.cidrBlock = cidrBlock;
    this.vpcId = vpcId;
    this.publicSubnetIds = vpc.publicSubnetIds;
    this.privateSubnetIds = vpc.privateSubnetIds;
    this.isolatedSubnetIds = vpc.isolatedSubnetIds;
    this.routeTableIds = routeTableIds;
    this.flowLogGroupName = logs.name;
    this.registerOutputs({
      ...contract,
      vpcId,
      publicSubnetIds: this.publicSubnetIds,
      privateSubnetIds: this.privateSubnetIds,
      isolatedSubnetIds: this.isolatedSubnetIds,
      flowLogGroupName: this.flowLogGroupName,
    });
  }
}

/** Of each zone. */
const subnetSpecs = [{ type: "Public" }, { type: "Private" }, { type: "Isolated" }] as const;

/** As many as there are subnets: how many routes somebody adds to them is known at preview. */
function tablesOf(vpc: awsx.ec2.Vpc, count: number): readonly pulumi.Output<string>[] {
  const ids = vpc.routeTables.apply((tables) => pulumi.all(tables.map(({ id }) => id)));
  return Array.from({ length: count }, (_, index) => ids.apply((all) => all[index] ?? ""));
}

const natStrategies = { "one-per-zone": "OnePerAz", single: "Single", none: "None" } as const;

function zonesOf(region: string): readonly string[] {
  return ["a", "b", "c"].map((letter) => `${region}${letter}`);
}
