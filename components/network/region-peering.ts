import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Cell, cellContract, cellPrefix } from "../cells/cell.js";
import { inRegion, type PerRegion, perRegion } from "../cells/regional.js";
import { peeringProblems } from "./peering-problems.js";

/** What is told of a network that is to reach the other Region's. A PilotLightRegion is one. */
export interface PeeredNetwork {
  readonly region: string;
  readonly cidrBlock: string;
  readonly vpcId: pulumi.Input<string>;
  /** Subnets in which the gateway gets its addresses: one in each zone that is to reach it. */
  readonly privateSubnetIds: pulumi.Input<string[]>;
  /** Route tables of the subnets that are to reach the other Region. */
  readonly routeTableIds: readonly pulumi.Input<string>[];
}

/** What a {@link RegionPeering} needs to know. */
export interface RegionPeeringArgs {
  readonly cell: Cell;
  /** The networks of both Regions, in any order. */
  readonly networks: readonly PeeredNetwork[];
}

/** A way between the networks of a cell's Regions: a Transit Gateway in each, peered, with static routes. */
export class RegionPeering extends pulumi.ComponentResource {
  /** Transit Gateway of each Region, by Region. */
  readonly gatewayIds: PerRegion<pulumi.Output<string>>;
  readonly peeringAttachmentId: pulumi.Output<string>;

  constructor(name: string, args: RegionPeeringArgs, opts?: pulumi.ComponentResourceOptions) {
    const { cell, networks } = args;
    const blocks = networks.map(({ region, cidrBlock }) => [region, cidrBlock]);
    const contract = { ...cellContract(cell), cidrBlocks: Object.fromEntries(blocks) };
    super("aws-dr:network:RegionPeering", name, contract, opts);
    peeringProblems(args).refuse(this);
    const child = { parent: this };
    const networkIn = Object.fromEntries(networks.map((network) => [network.region, network]));
    const tags = { Name: cellPrefix(cell) };

    const gateways = perRegion(cell, (region) => {
      const { vpcId, privateSubnetIds } = inRegion(networkIn, region);
      const description = `Cell ${cellPrefix(cell)}: to its other Region`;
      const gateway = new aws.ec2transitgateway.TransitGateway(
        `${name}-gateway-${region}`,
        { region, description, tags },
        child,
      );
      const attachment = new aws.ec2transitgateway.VpcAttachment(
        `${name}-vpc-${region}`,
        { region, transitGatewayId: gateway.id, vpcId, subnetIds: privateSubnetIds, tags },
        child,
      );
      return { gateway, attachment };
    });
    const { primary, recovery } = cell.regions;
    const asked = new aws.ec2transitgateway.PeeringAttachment(
      `${name}-peering-${primary}`,
      {
        region: primary,
        transitGatewayId: inRegion(gateways, primary).gateway.id,
        peerTransitGatewayId: inRegion(gateways, recovery).gateway.id,
        peerRegion: recovery,
        peerAccountId: cell.account,
        tags,
      },
      child,
    );
    const accepted = new aws.ec2transitgateway.PeeringAttachmentAccepter(
      `${name}-peering-${recovery}`,
      { region: recovery, transitGatewayAttachmentId: asked.id, tags },
      child,
    );
    perRegion(cell, (region, other) => {
      const { gateway, attachment } = inRegion(gateways, region);
      const destinationCidrBlock = inRegion(networkIn, other).cidrBlock;
      // Nothing propagates over a peering. Source: Amazon VPC Transit Gateways, peering attachments.
      new aws.ec2transitgateway.Route(
        `${name}-way-${region}`,
        {
          region,
          destinationCidrBlock,
          transitGatewayAttachmentId: asked.id,
          transitGatewayRouteTableId: gateway.associationDefaultRouteTableId,
        },
        { ...child, dependsOn: [accepted] },
      );
      return inRegion(networkIn, region).routeTableIds.map(
        (routeTableId, index) =>
          new aws.ec2.Route(
            `${name}-route-${index + 1}-${region}`,
            { region, routeTableId, destinationCidrBlock, transitGatewayId: gateway.id },
            { ...child, dependsOn: [attachment] },
          ),
      );
    });

    this.gatewayIds = perRegion(cell, (region) => inRegion(gateways, region).gateway.id);
    this.peeringAttachmentId = asked.id;
    this.registerOutputs({
      ...contract,
      gatewayIds: this.gatewayIds,
      peeringAttachmentId: this.peeringAttachmentId,
    });
  }
}
