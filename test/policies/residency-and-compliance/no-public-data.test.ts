import { describe } from "vitest";
import { noPublicData } from "../../../policies/residency-and-compliance/no-public-data.js";
import { unknown } from "../in-process.js";
import { bucket, cannotCheck, held, one, withBucket } from "./cases.js";

type Props = Readonly<Record<string, unknown>>;

const block = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";

describe("a way in from everywhere", () => {
  const group = "aws:ec2/securityGroup:SecurityGroup";
  const opens = (path: string, ports: string, cidr: string) =>
    `mandatory: ${path} must not open ports of data (${ports}) to everywhere, got "${cidr}". Name the networks or security groups that connect.`;
  const ingress = (more: Props) => [
    { protocol: "tcp", fromPort: 5432, toPort: 5432, cidrBlocks: ["0.0.0.0/0"], ...more },
  ];
  const all = {
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  };
  held(noPublicData, [
    [
      "leads to no private database",
      one("aws:rds/instance:Instance", { publiclyAccessible: false }),
      [],
    ],
    [
      "leads to a public database",
      one("aws:rds/clusterInstance:ClusterInstance", { publiclyAccessible: true }),
      ["mandatory: publiclyAccessible must be false, got true. Connect from inside the network."],
    ],
    [
      "may lead to a database",
      one("aws:rds/instance:Instance", { publiclyAccessible: unknown }),
      cannotCheck(noPublicData, "publiclyAccessible"),
    ],
    ["is closed by a bucket's block", withBucket(block, all), []],
    [
      "is open at a bucket without a block",
      [bucket],
      [
        "mandatory: bucket must block public access, got no BucketPublicAccessBlock. Add one with all four set.",
      ],
    ],
    [
      "is left by a block that is not whole",
      withBucket(block, { ...all, ignorePublicAcls: false, restrictPublicBuckets: null }),
      [
        "mandatory: ignorePublicAcls of the bucket's public access block must be true, got false. Set it.",
        "mandatory: restrictPublicBuckets of the bucket's public access block must be true, got nothing. Set it.",
      ],
    ],
    [
      "leads to port 5432",
      one(group, { ingress: ingress({}) }),
      [opens("ingress[0]", "5432", "0.0.0.0/0")],
    ],
    [
      "leads to a database by IPv6",
      one(group, { ingress: ingress({ cidrBlocks: [], ipv6CidrBlocks: ["::/0"] }) }),
      [opens("ingress[0]", "5432", "::/0")],
    ],
    [
      "leads to two of them",
      one(group, { ingress: ingress({ fromPort: 3306, toPort: 5432 }) }),
      [opens("ingress[0]", "3306, 5432", "0.0.0.0/0")],
    ],
    [
      "leads to web servers alone",
      one(group, { ingress: ingress({ fromPort: 443, toPort: 443 }) }),
      [],
    ],
    [
      "is that of one network",
      one(group, { ingress: ingress({ cidrBlocks: ["10.0.0.0/8"] }) }),
      [],
    ],
    ["is not known yet", one(group, { ingress: unknown }), cannotCheck(noPublicData, "ingress")],
    [
      "is opened by a rule for all protocols",
      one("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", {
        ipProtocol: "-1",
        cidrIpv4: "0.0.0.0/0",
      }),
      [opens("rule", "1433, 1521, 3306, 5432, 5439, 6379, 11211, 27017", "0.0.0.0/0")],
    ],
    [
      "is opened by a rule of a group",
      one("aws:ec2/securityGroupRule:SecurityGroupRule", {
        type: "ingress",
        protocol: "tcp",
        fromPort: 6379,
        toPort: 6379,
        cidrBlocks: ["0.0.0.0/0"],
      }),
      [opens("rule", "6379", "0.0.0.0/0")],
    ],
    [
      "is perhaps opened by a rule whose direction is not known yet",
      one("aws:ec2/securityGroupRule:SecurityGroupRule", { type: unknown, protocol: "-1" }),
      cannotCheck(noPublicData, "type"),
    ],
    [
      "is no way out",
      one("aws:ec2/securityGroupRule:SecurityGroupRule", {
        type: "egress",
        protocol: "-1",
        cidrBlocks: ["0.0.0.0/0"],
      }),
      [],
    ],
    [
      "leads to no private endpoint",
      one("aws:eks/cluster:Cluster", { vpcConfig: { endpointPublicAccess: false } }),
      [],
    ],
    [
      "leads to a cluster's endpoint",
      one("aws:eks/cluster:Cluster", { vpcConfig: {} }),
      [
        'mandatory: vpcConfig.publicAccessCidrs must name who may reach the endpoint, got "0.0.0.0/0". Set endpointPublicAccess to false, or name networks.',
      ],
    ],
    [
      "is that of one network to a cluster",
      one("aws:eks/cluster:Cluster", { vpcConfig: { publicAccessCidrs: ["192.0.2.0/24"] } }),
      [],
    ],
  ]);
});
