import { beforeAll, describe, expect, test } from "vitest";
import { RegionPeering, type RegionPeeringArgs } from "../../../components/index.js";
import { orders } from "../../support/cells.js";
import {
  goldenList,
  type MockRun,
  refusalOf,
  runProgram,
  shapeOf,
} from "../../support/pulumi-mocks.js";

function network(region: string, cidrBlock: string, number: number) {
  return {
    region,
    cidrBlock,
    vpcId: `vpc-${number}`,
    privateSubnetIds: [`subnet-${number}a`, `subnet-${number}b`, `subnet-${number}c`],
    routeTableIds: [`rtb-${number}a`, `rtb-${number}b`],
  };
}

const asked = "aws:ec2transitgateway/peeringAttachment:PeeringAttachment";
const accepted = "aws:ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter";

const primary = network("us-east-1", "10.10.0.0/16", 1);
const recovery = network("us-west-2", "10.20.0.0/16", 2);
const args: RegionPeeringArgs = { cell: orders, networks: [recovery, primary] };

function peering(changes: Partial<RegionPeeringArgs> = {}) {
  return () => new RegionPeering("peering", { ...args, ...changes });
}

describe("a peering of Regions", () => {
  let run: MockRun;
  beforeAll(async () => {
    run = await runProgram(peering());
  });

  test("registers what the golden list says, each half in its own Region", async () => {
    await expect(goldenList(run)).toMatchFileSnapshot("../golden/region-peering.txt");
  });

  test("registers at preview what it registers at update", async () => {
    const preview = await runProgram(peering(), { preview: true });
    expect(shapeOf(preview)).toEqual(shapeOf(run));
  });

  test("repeats its contract in its outputs", () => {
    const [component] = run.of("aws-dr:network:RegionPeering");
    expect(component?.inputs).toEqual({
      environment: "shop",
      cell: "orders",
      account: "111122223333",
      residency: "us",
      primaryRegion: "us-east-1",
      recoveryRegion: "us-west-2",
      cidrBlocks: { "us-east-1": "10.10.0.0/16", "us-west-2": "10.20.0.0/16" },
    });
    expect(component?.outputs).toEqual({
      ...component?.inputs,
      gatewayIds: {
        "us-east-1": "peering-gateway-us-east-1-id",
        "us-west-2": "peering-gateway-us-west-2-id",
      },
      peeringAttachmentId: "peering-peering-us-east-1-id",
    });
  });

  test("is asked for by the primary Region and accepted in the other", () => {
    expect(run.one(asked, "peering-peering-us-east-1").inputs).toMatchObject({
      region: "us-east-1",
      peerRegion: "us-west-2",
      peerAccountId: "111122223333",
    });
    expect(run.one(accepted, "peering-peering-us-west-2").inputs.region).toBe("us-west-2");
  });

  test("leads from every table of a Region to the other's addresses, and nowhere else", () => {
    const ways = run
      .of("aws:ec2/route:Route")
      .map(({ inputs }) => [inputs.region, inputs.routeTableId, inputs.destinationCidrBlock]);
    expect(ways).toEqual([
      ["us-east-1", "rtb-1a", "10.20.0.0/16"],
      ["us-west-2", "rtb-2a", "10.10.0.0/16"],
      ["us-east-1", "rtb-1b", "10.20.0.0/16"],
      ["us-west-2", "rtb-2b", "10.10.0.0/16"],
    ]);
  });
});

describe("a peering of Regions refuses, before it creates anything,", () => {
  test.each<[string, Partial<RegionPeeringArgs>, readonly string[]]>([
    [
      "a network of one Region alone",
      { networks: [primary] },
      [
        'networks must be one of each Region of the cell (us-east-1, us-west-2), got "us-east-1". Give both.',
      ],
    ],
    [
      "networks that share addresses, and a table too few",
      { networks: [primary, { ...recovery, cidrBlock: "10.10.128.0/17", routeTableIds: [] }] },
      [
        'networks must not overlap, got "10.10.0.0/16" and "10.10.128.0/17". Nothing can be routed between Regions that share addresses.',
        'networks["us-west-2"].routeTableIds must name the tables that get the way to the other Region, got none. Without a route nothing takes it.',
      ],
    ],
  ])("%s", async (_title, changes, problems) => {
    const { message, children } = await refusalOf(peering(changes));
    expect(message?.split("\n")).toEqual(problems);
    expect(children).toEqual([]);
  });
});
