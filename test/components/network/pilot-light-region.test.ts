import { beforeAll, describe, expect, test } from "vitest";
import { PilotLightRegion, type PilotLightRegionArgs } from "../../../components/index.js";
import { orders } from "../../support/cells.js";
import {
  goldenList,
  type MockRun,
  refusalOf,
  runProgram,
  shapeOf,
} from "../../support/pulumi-mocks.js";

const args: PilotLightRegionArgs = {
  cell: orders,
  region: "us-west-2",
  cidrBlocks: { "us-east-1": "10.10.0.0/16", "us-west-2": "10.20.0.0/16" },
};

const endpoint = "aws:ec2/vpcEndpoint:VpcEndpoint";

function network(changes: Partial<PilotLightRegionArgs> = {}) {
  return () => new PilotLightRegion("network-us-west-2", { ...args, ...changes });
}

describe("a pilot-light Region", () => {
  let run: MockRun;
  beforeAll(async () => {
    run = await runProgram(network());
  });

  test("registers what the golden list says", async () => {
    await expect(goldenList(run)).toMatchFileSnapshot("../golden/pilot-light-region.txt");
  });

  test("registers at preview what it registers at update", async () => {
    const preview = await runProgram(network(), { preview: true });
    expect(shapeOf(preview)).toEqual(shapeOf(run));
  });

  test("repeats its contract in its outputs", () => {
    const [component] = run.of("aws-dr:network:PilotLightRegion");
    expect(component?.inputs).toEqual({
      environment: "shop",
      cell: "orders",
      account: "111122223333",
      residency: "us",
      primaryRegion: "us-east-1",
      recoveryRegion: "us-west-2",
      region: "us-west-2",
      cidrBlock: "10.20.0.0/16",
      availabilityZones: ["us-west-2a", "us-west-2b", "us-west-2c"],
      natGateways: "one-per-zone",
    });
    expect(component?.outputs).toMatchObject({
      ...component?.inputs,
      vpcId: expect.stringMatching(/^vpc-/),
      publicSubnetIds: Array(3).fill(expect.stringMatching(/^subnet-/)),
      privateSubnetIds: Array(3).fill(expect.stringMatching(/^subnet-/)),
      isolatedSubnetIds: Array(3).fill(expect.stringMatching(/^subnet-/)),
      flowLogGroupName: "/shop-orders/flow-logs",
    });
  });

  test("ties the free endpoints to the route tables of all nine subnets", () => {
    const gateways = run.of(endpoint).filter(({ inputs }) => inputs.vpcEndpointType === "Gateway");
    expect(gateways.map(({ inputs }) => inputs.serviceName)).toEqual([
      "com.amazonaws.us-west-2.dynamodb",
      "com.amazonaws.us-west-2.s3",
    ]);
    for (const { inputs } of gateways) expect(inputs.routeTableIds).toHaveLength(9);
  });

  test("lets flow logs write into their own group, for this account alone", () => {
    const { inputs } = run.one("aws:iam/role:Role", "network-us-west-2-flow-logs-role");
    expect(JSON.parse(String(inputs.assumeRolePolicy)).Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: ["vpc-flow-logs.amazonaws.com"] },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": "111122223333" },
          ArnLike: { "aws:SourceArn": "arn:aws:ec2:us-west-2:111122223333:vpc-flow-log/*" },
        },
      },
    ]);
    const policy = run.one("aws:iam/rolePolicy:RolePolicy", "network-us-west-2-flow-logs-policy");
    const group = "arn:aws:logs:us-west-2:111122223333:log-group:/shop-orders/flow-logs";
    expect(JSON.parse(String(policy.inputs.policy)).Statement).toEqual([
      {
        Sid: "WriteFlowLogs",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: [`${group}:*`],
      },
      {
        Sid: "FindStreams",
        Effect: "Allow",
        Action: ["logs:DescribeLogStreams"],
        Resource: [group, `${group}:*`],
      },
      {
        Sid: "FindGroup",
        Effect: "Allow",
        Action: ["logs:DescribeLogGroups"],
        Resource: ["arn:aws:logs:us-west-2:111122223333:log-group:*"],
      },
    ]);
  });

  test("makes no group for interface endpoints where there are none", async () => {
    const without = await runProgram(network({ interfaceEndpoints: [], natGateways: "single" }));
    expect(without.of(endpoint)).toHaveLength(2);
    expect(without.of("aws:ec2/securityGroup:SecurityGroup")).toEqual([]);
    expect(without.one("awsx:ec2:Vpc", "network-us-west-2-vpc").inputs.natGateways).toEqual({
      strategy: "Single",
    });
  });

  test("encrypts its flow logs with the key that it is given", async () => {
    const logKeyArn = "arn:aws:kms:us-west-2:111122223333:key/1";
    const encrypted = await runProgram(network({ logKeyArn }));
    const logs = encrypted.one("aws:cloudwatch/logGroup:LogGroup", "network-us-west-2-flow-logs");
    expect(logs.inputs.kmsKeyId).toBe(logKeyArn);
  });

  test("hands the arguments of VPC and endpoints to the transforms last", async () => {
    const tags = { Owner: "platform" };
    const tagged = await runProgram(
      network({
        transformVpc: (given) => ({ ...given, tags }),
        transformEndpoint: (given) => ({ ...given, tags }),
      }),
    );
    const made = [...tagged.of("awsx:ec2:Vpc"), ...tagged.of(endpoint)];
    expect(made).toHaveLength(10);
    for (const { inputs } of made) expect(inputs.tags).toEqual(tags);
  });
});

describe("a pilot-light Region refuses, before it creates anything,", () => {
  const long = "a-name-that-is-as-long-as-names-may-be-39";
  test.each<[string, Partial<PilotLightRegionArgs>, readonly string[]]>([
    [
      "a Region that is none of the cell's, in which nothing has an address either",
      { region: "eu-west-1", cidrBlocks: {}, availabilityZones: [] },
      [
        'region must be one of the cell\'s (us-east-1, us-west-2), got "eu-west-1". Name one of them.',
        'cidrBlocks["us-east-1"] must be a range from /16 to /22 that begins at its first address, such as 10.0.0.0/16, got none. Nine subnets share it.',
        'cidrBlocks["us-west-2"] must be a range from /16 to /22 that begins at its first address, such as 10.0.0.0/16, got none. Nine subnets share it.',
        'availabilityZones must be three zones of "eu-west-1", got none. Two are too few to lose one.',
      ],
    ],
    [
      "addresses that both Regions would have",
      { cidrBlocks: { "us-east-1": "10.0.0.0/16", "us-west-2": "10.0.128.0/20" } },
      [
        'cidrBlocks must not overlap, got "10.0.0.0/16" and "10.0.128.0/20". Nothing can be routed between Regions that share addresses.',
      ],
    ],
    [
      "ranges that are too large, too small or begin in their midst",
      { cidrBlocks: { "us-east-1": "10.0.0.0/15", "us-west-2": "10.20.1.0/22" } },
      [
        'cidrBlocks["us-east-1"] must be a range from /16 to /22 that begins at its first address, such as 10.0.0.0/16, got "10.0.0.0/15". Nine subnets share it.',
        'cidrBlocks["us-west-2"] must be a range from /16 to /22 that begins at its first address, such as 10.0.0.0/16, got "10.20.1.0/22". Nine subnets share it.',
      ],
    ],
    [
      "zones that are no three of its own",
      { availabilityZones: ["us-west-2a", "us-west-2a", "us-east-1c"] },
      [
        'availabilityZones must be three zones of "us-west-2", got "us-west-2a", "us-west-2a", "us-east-1c". Two are too few to lose one.',
      ],
    ],
    [
      "an interface endpoint where a free one is",
      { interfaceEndpoints: ["logs", "s3"] },
      [
        'interfaceEndpoints must not name "s3", got it. It has a gateway endpoint, which costs nothing.',
      ],
    ],
    [
      "an endpoint named twice",
      { interfaceEndpoints: ["logs", "logs"] },
      ['interfaceEndpoints must name each service once, got "logs" again. Leave one out.'],
    ],
    [
      "a whole name of an endpoint",
      { interfaceEndpoints: ["com.amazonaws.us-west-2.logs"] },
      [
        'interfaceEndpoints must be ends of endpoint names, such as ecr.api, got "com.amazonaws.us-west-2.logs". Leave out com.amazonaws and the Region.',
      ],
    ],
    [
      "names that leave none for its role",
      { cell: { ...orders, environment: long.slice(0, 30), name: long.slice(0, 20) } },
      [
        'cell.name must leave the role at most 64 characters, got "a-name-that-is-as-long-as-name-a-name-that-is-as-lo-flow-logs-us-west-2" with 71. Shorten the name of the cell or of its environment.',
      ],
    ],
  ])("%s", async (_title, changes, problems) => {
    const { message, children } = await refusalOf(network(changes));
    expect(message?.split("\n")).toEqual(problems);
    expect(children).toEqual([]);
  });

  test("a retention that CloudWatch Logs does not know", async () => {
    const { message, children } = await refusalOf(network({ logRetentionDays: 100 }));
    expect(message).toMatch(/^logRetentionDays must be a period that CloudWatch Logs knows /);
    expect(children).toEqual([]);
  });
});
