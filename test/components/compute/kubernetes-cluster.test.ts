import { beforeAll, describe, expect, test } from "vitest";
import { KubernetesCluster, type KubernetesClusterArgs } from "../../../components/index.js";
import { orders } from "../../support/cells.js";
import {
  goldenList,
  type MockRun,
  refusalOf,
  runProgram,
  shapeOf,
} from "../../support/pulumi-mocks.js";

const args: KubernetesClusterArgs = {
  cell: orders,
  network: {
    region: "us-west-2",
    vpcId: "vpc-1",
    publicSubnetIds: [],
    privateSubnetIds: ["subnet-4", "subnet-5", "subnet-6"],
  },
  cluster: "platform",
  version: "1.33",
  nodes: { resting: 2, normal: 12, failover: 24 },
  instanceTypes: ["m7i.xlarge", "m6i.xlarge"],
  keyArn: "arn:aws:kms:us-west-2:111122223333:key/1",
  administratorRoleArns: ["arn:aws:iam::111122223333:role/platform-admin"],
};

const clusterType = "aws:eks/cluster:Cluster";
const nodesType = "aws:eks/nodeGroup:NodeGroup";

function cluster(changes: Partial<KubernetesClusterArgs> = {}) {
  return () => new KubernetesCluster("platform-us-west-2", { ...args, ...changes });
}

describe("a Kubernetes cluster", () => {
  let run: MockRun;
  beforeAll(async () => {
    run = await runProgram(cluster());
  });

  test("registers what the golden list says", async () => {
    await expect(goldenList(run)).toMatchFileSnapshot("../golden/kubernetes-cluster.txt");
  });

  test("registers at preview what it registers at update", async () => {
    const preview = await runProgram(cluster(), { preview: true });
    expect(shapeOf(preview)).toEqual(shapeOf(run));
  });

  test("repeats its contract in its outputs, with names that are known at preview", async () => {
    const preview = await runProgram(cluster(), { preview: true });
    const [component] = preview.of("aws-dr:compute:KubernetesCluster");
    expect(component?.inputs).toEqual({
      environment: "shop",
      cell: "orders",
      account: "111122223333",
      residency: "us",
      primaryRegion: "us-east-1",
      recoveryRegion: "us-west-2",
      region: "us-west-2",
      cluster: "platform",
      version: "1.33",
      capacity: { unit: "nodes", resting: 2, normal: 12, failover: 24 },
      instanceTypes: ["m7i.xlarge", "m6i.xlarge"],
    });
    expect(component?.outputs).toMatchObject({
      ...component?.inputs,
      clusterName: "shop-orders-platform",
      nodeGroupName: "shop-orders-platform-nodes",
    });
  });

  test("rests small, may grow to what a failover needs, and leaves alone what that raises", () => {
    const nodes = run.one(nodesType, "platform-us-west-2-nodes");
    expect(nodes.inputs.scalingConfig).toEqual({ minSize: 2, desiredSize: 2, maxSize: 24 });
    expect(nodes.ignoreChanges).toEqual(["scalingConfig.desiredSize", "scalingConfig.minSize"]);
  });

  test("takes the image that is made for its instances", async () => {
    const amiType = "AL2023_ARM_64_STANDARD";
    const graviton = await runProgram(cluster({ amiType, instanceTypes: ["m7g.xlarge"] }));
    expect(graviton.one(nodesType, "platform-us-west-2-nodes").inputs.amiType).toBe(amiType);
  });

  test("answers inside of its VPC alone, and only to those who are named", () => {
    const { inputs } = run.one(clusterType, "platform-us-west-2-cluster");
    expect(inputs.vpcConfig).toMatchObject({
      endpointPrivateAccess: true,
      endpointPublicAccess: false,
    });
    expect(inputs.accessConfig).toEqual({
      authenticationMode: "API",
      bootstrapClusterCreatorAdminPermissions: false,
    });
    const entries = run.of("aws:eks/accessEntry:AccessEntry");
    expect(entries.map((entry) => entry.inputs.principalArn)).toEqual(args.administratorRoleArns);
  });

  test("is protected by Pulumi and by AWS unless it need not be kept", async () => {
    const protection = (of: MockRun) =>
      of.of(clusterType).map(({ protect, inputs }) => [protect, inputs.deletionProtection]);
    expect(protection(run)).toEqual([[true, true]]);
    expect(protection(await runProgram(cluster({ keepData: false })))).toEqual([[false, false]]);
  });

  test("hands arguments to the transforms last", async () => {
    const tags = { Owner: "platform" };
    const tagged = await runProgram(
      cluster({
        logKeyArn: args.keyArn,
        transformCluster: (given) => ({ ...given, tags }),
        transformNodeGroup: (given) => ({ ...given, tags }),
      }),
    );
    const named = tagged.resources.filter(({ inputs }) => inputs.tags !== undefined);
    expect(named.map(({ name }) => name)).toEqual([
      "platform-us-west-2-cluster",
      "platform-us-west-2-nodes",
    ]);
  });
});

describe("a Kubernetes cluster refuses, before it creates anything,", () => {
  test.each<[string, Partial<KubernetesClusterArgs>, readonly string[]]>([
    [
      "a cluster without nodes, a patch version, and a key of another Region",
      {
        version: "1.33.2",
        nodes: { resting: 0, normal: 12, failover: 451 },
        instanceTypes: [],
        keyArn: "arn:aws:kms:us-east-1:111122223333:key/1",
        administratorRoleArns: [],
      },
      [
        'version must be a minor version such as "1.33", got "1.33.2". EKS takes no patch version.',
        "nodes.resting must be 1 to 450 nodes, got 0.",
        "nodes.failover must be 1 to 450 nodes, got 451.",
        "instanceTypes must name at least one type, got none. Name several.",
        'keyArn must be the ARN of a key in "us-west-2", got "arn:aws:kms:us-east-1:111122223333:key/1". A cluster decrypts with a key of its own Region.',
        "administratorRoleArns must name at least one role, got none. Nobody else gets into the cluster.",
      ],
    ],
    [
      "users as administrators",
      { administratorRoleArns: ["arn:aws:iam::111122223333:user/ann"] },
      [
        'administratorRoleArns must be ARNs of roles, got "arn:aws:iam::111122223333:user/ann". Users and groups come and go; let them take a role.',
      ],
    ],
    [
      "roles of the same name",
      {
        administratorRoleArns: [
          "arn:aws:iam::111122223333:role/admin",
          "arn:aws:iam::444455556666:role/admin",
        ],
      },
      ['administratorRoleArns must be roles of different names, got "admin" twice. Leave one out.'],
    ],
    [
      "a Region that is none of the cell's, and a name that is none",
      {
        cluster: "Platform",
        keyArn: "arn:aws:kms:eu-west-1:111122223333:key/1",
        network: { ...args.network, region: "eu-west-1" },
      },
      [
        'network.region must be one of the cell\'s (us-east-1, us-west-2), got "eu-west-1". Name one of them.',
        'cluster must be 1 to 40 lower-case letters, digits and hyphens, beginning with a letter, got "Platform".',
      ],
    ],
    [
      "fewer than three private subnets",
      { network: { ...args.network, privateSubnetIds: ["subnet-4"] } },
      [
        'network.privateSubnetIds must be three subnets or more, each of another zone, got "subnet-4". Two are too few to lose one.',
      ],
    ],
  ])("%s", async (_title, changes, problems) => {
    const { message, children } = await refusalOf(cluster(changes));
    expect(message?.split("\n")).toEqual(problems);
    expect(children).toEqual([]);
  });
});
