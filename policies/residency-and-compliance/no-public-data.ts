import type { PolicyResource } from "@pulumi/policy";
import { type Finding, type Look, lookAtEach, problem, unknownAt } from "../findings.js";
import { known, UNKNOWN } from "../known.js";
import { awsPages, type Rule } from "../rule.js";
import { satellitesOf } from "../satellites.js";
import { pciDss } from "./frameworks.js";

const blockType = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const blocks = [
  "blockPublicAcls",
  "blockPublicPolicy",
  "ignorePublicAcls",
  "restrictPublicBuckets",
];

/** Ports of SQL Server, Oracle, MySQL, PostgreSQL, Redshift, Redis, Memcached and MongoDB. */
const dataPorts: readonly number[] = [1433, 1521, 3306, 5432, 5439, 6379, 11211, 27017];

const looks: Readonly<Record<string, Look>> = {
  "aws:ec2/securityGroup:SecurityGroup": groupFindings,
  "aws:ec2/securityGroupRule:SecurityGroupRule": ruleFindings,
  "aws:eks/cluster:Cluster": endpointFindings,
  "aws:rds/clusterInstance:ClusterInstance": databaseFindings,
  "aws:rds/instance:Instance": databaseFindings,
  "aws:s3/bucket:Bucket": bucketFindings,
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ingressRuleFindings,
};

export const noPublicData: Rule = {
  name: "dr-no-public-data",
  description: "No store of data, and no cluster's endpoint, can be reached from everywhere.",
  why: "A standby is looked at once a quarter; what is open there is found by others first.",
  enforcementLevel: "mandatory",
  severity: "critical",
  remediationSteps:
    "Keep stores in private subnets, block public access of buckets, name who may connect.",
  framework: pciDss(
    "1.4.4",
    "Stored account data is not directly accessible from untrusted networks",
  ),
  url: awsPages.blockPublicAccess,
  validateStack: (args, report) => {
    lookAtEach(args, ({ type }) => looks[type], report);
  },
};

function databaseFindings({ props }: PolicyResource): readonly Finding[] {
  const isPublic = known(() => props.publiclyAccessible);
  if (isPublic === UNKNOWN) return unknownAt("publiclyAccessible");
  if (isPublic !== true) return [];
  return problem("publiclyAccessible must be false, got true. Connect from inside the network.");
}

function bucketFindings(
  bucket: PolicyResource,
  all: readonly PolicyResource[],
): readonly Finding[] {
  const [block] = satellitesOf(all, bucket, blockType, "bucket", "bucket");
  if (block === undefined) {
    return problem(
      "bucket must block public access, got no BucketPublicAccessBlock. Add one with all four set.",
    );
  }
  return blocks.flatMap((name) => {
    const isOn = known(() => block.props[name]);
    if (isOn === UNKNOWN) return unknownAt(name);
    if (isOn === true) return [];
    return problem(
      `${name} of the bucket's public access block must be true, got ${isOn ?? "nothing"}. Set it.`,
    );
  });
}

/** The endpoint is public unless somebody says otherwise. Source: EKS User Guide, cluster endpoint. */
function endpointFindings({ props }: PolicyResource): readonly Finding[] {
  const isPublic = known(() => props.vpcConfig?.endpointPublicAccess);
  if (isPublic === UNKNOWN) return unknownAt("vpcConfig.endpointPublicAccess");
  if (isPublic === false) return [];
  const networks = known(() => props.vpcConfig?.publicAccessCidrs as readonly string[] | undefined);
  if (networks === UNKNOWN) return unknownAt("vpcConfig.publicAccessCidrs");
  return (networks ?? ["0.0.0.0/0"])
    .filter(isEverywhere)
    .flatMap((cidr) =>
      problem(
        `vpcConfig.publicAccessCidrs must name who may reach the endpoint, got "${cidr}". Set endpointPublicAccess to false, or name networks.`,
      ),
    );
}

function groupFindings({ props }: PolicyResource): readonly Finding[] {
  const rules = known(() => props.ingress as readonly Ingress[] | undefined);
  if (rules === UNKNOWN) return unknownAt("ingress");
  return (rules ?? []).flatMap((rule, index) => openings(rule, `ingress[${index}]`));
}

function ruleFindings({ props }: PolicyResource): readonly Finding[] {
  const direction = known(() => props.type);
  if (direction === UNKNOWN) return unknownAt("type");
  if (direction !== "ingress") return [];
  return openingsOf(() => ({
    fromPort: props.fromPort,
    toPort: props.toPort,
    protocol: props.protocol,
    cidrBlocks: [...(props.cidrBlocks ?? []), ...(props.ipv6CidrBlocks ?? [])],
  }));
}

function ingressRuleFindings({ props }: PolicyResource): readonly Finding[] {
  return openingsOf(() => ({
    fromPort: props.fromPort,
    toPort: props.toPort,
    protocol: props.ipProtocol,
    cidrBlocks: [props.cidrIpv4, props.cidrIpv6].filter((cidr) => cidr !== undefined),
  }));
}

function openingsOf(read: () => Ingress): readonly Finding[] {
  const rule = known(read);
  return rule === UNKNOWN ? unknownAt("rule") : openings(rule, "rule");
}

interface Ingress {
  readonly fromPort?: number;
  readonly toPort?: number;
  readonly protocol?: string;
  readonly cidrBlocks?: readonly string[];
  readonly ipv6CidrBlocks?: readonly string[];
}

/** Ports of data that a rule opens to everywhere; protocol -1 opens all of them. */
function openings(rule: Ingress, path: string): readonly Finding[] {
  const { fromPort = 0, toPort = 65_535, protocol, cidrBlocks = [], ipv6CidrBlocks = [] } = rule;
  const from = [...cidrBlocks, ...ipv6CidrBlocks].find(isEverywhere);
  if (from === undefined) return [];
  const isAll = protocol === "-1" || protocol === "all";
  const open = dataPorts.filter((port) => isAll || (fromPort <= port && port <= toPort));
  if (open.length === 0) return [];
  return problem(
    `${path} must not open ports of data (${open.join(", ")}) to everywhere, got "${from}". Name the networks or security groups that connect.`,
  );
}

function isEverywhere(cidr: string): boolean {
  return cidr === "0.0.0.0/0" || cidr === "::/0";
}
