import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cost } from "../../policies/cost/rules.js";
import { failoverSafety } from "../../policies/failover-safety/rules.js";
import { residencyAndCompliance } from "../../policies/residency-and-compliance/rules.js";
import { programOf } from "../support/component-programs.js";
import { type ProgramJudge, programJudge } from "../support/program-judge.js";

/** What is done to the program of a component's page, and the rule that speaks up then. */
interface Mutation {
  readonly rule: string;
  readonly page: string;
  /** A piece of the program, and what takes its place. */
  readonly replace?: readonly [string, string];
  /** What is added at the end. */
  readonly add?: string;
}

const aws = 'import * as added from "@pulumi/aws";\n';
const east = { region: "us-east-1" };
const west = { region: "us-west-2" };

function resource(type: string, name: string, args: object): string {
  return `const ${name} = new added.${type}("${name}", ${JSON.stringify(args)});\n`;
}

const emptyStandby =
  resource("lb.LoadBalancer", "front", west) +
  resource("lb.TargetGroup", "targets", { ...west, port: 80, vpcId: "vpc-1" }) +
  'new added.lb.Listener("listener", { region: "us-west-2", loadBalancerArn: front.arn, protocol: "TLS", sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",' +
  ' defaultActions: [{ type: "forward", targetGroupArn: targets.arn }] });\n' +
  'new added.ecs.Service("tasks", { region: "us-west-2", desiredCount: 0, loadBalancers: [{ targetGroupArn: targets.arn, containerPort: 80 }] },' +
  ' { ignoreChanges: ["desiredCount"] });\n' +
  'new added.route53.Record("standby", { zoneId: "Z1", name: "x.example", type: "A", setIdentifier: "us-west-2", failoverRoutingPolicies: [{ type: "SECONDARY" }],' +
  " aliases: [{ name: front.dnsName, zoneId: front.zoneId, evaluateTargetHealth: true }] });\n";

const mutations: readonly Mutation[] = [
  {
    rule: "dr-drift-guarded",
    page: "kubernetes-cluster",
    add:
      aws +
      resource("eks.NodeGroup", "nodes", {
        ...east,
        clusterName: "c",
        nodeRoleArn: "arn:aws:iam::111122223333:role/nodes",
        subnetIds: ["subnet-1"],
        scalingConfig: { minSize: 1, maxSize: 1, desiredSize: 1 },
      }),
  },
  {
    rule: "dr-cell-within-rto",
    page: "failover-routing",
    add:
      'import { BackupVaultPair } from "pulumi-aws-dr";\n' +
      'const keyOf = (region) => "arn:aws:kms:" + region + ":111122223333:key/11111111-1111-4111-8111-111111111111";\n' +
      'const keyArns = { "us-east-1": keyOf("us-east-1"), "us-west-2": keyOf("us-west-2") };\n' +
      'new BackupVaultPair("backups", { cell, name: "backups", keyArns, stores: ["rds"] });\n',
  },
  {
    rule: "dr-store-within-objectives",
    page: "replicated-bucket",
    replace: [
      "retentionYears: 7",
      "retentionYears: 7, objectives: { rtoMinutes: 15, rpoSeconds: 60 }",
    ],
  },
  {
    rule: "dr-records-turn",
    page: "failover-routing",
    replace: [
      'turnsBy: "health"',
      'turnsBy: "health", transformRecord: ({ aliases, ...record }) => ({ ...record, records: ["x"], ttl: 300 })',
    ],
  },
  { rule: "dr-standby-has-targets", page: "failover-routing", add: aws + emptyStandby },
  {
    rule: "dr-alarm-survives",
    page: "cell-watch",
    replace: [
      'CellWatch("watch", {',
      'CellWatch("watch", { transformAlarm: (alarm) => ({ ...alarm, region: "us-east-1" }),',
    ],
  },
  {
    rule: "dr-alarm-survives",
    page: "failover-routing",
    replace: [
      'turnsBy: "health"',
      'turnsBy: "health", transformCheck: (check) => ({ ...check, type: "CLOUDWATCH_METRIC", cloudwatchAlarmName: "x", cloudwatchAlarmRegion: "us-east-1" })',
    ],
  },
  {
    rule: "dr-standby-capacity",
    page: "kubernetes-cluster",
    replace: [
      "normal: 12, failover: 24",
      'normal: resting, failover: region === "us-west-2" ? 11 : 24',
    ],
  },
  {
    rule: "dr-standby-capacity",
    page: "kubernetes-cluster",
    replace: [
      "nodes, instanceTypes",
      "nodes, transformNodeGroup: (group) => ({ ...group, scalingConfig: { ...group.scalingConfig, maxSize: 23 } }), instanceTypes",
    ],
  },
  {
    rule: "dr-members-alike",
    page: "aurora-global-database",
    replace: [
      'onPartition: "keep-committing"',
      'onPartition: "keep-committing", transformCluster: (member) => ({ ...member, backupRetentionPeriod: member.region === "us-east-1" ? 35 : 36 })',
    ],
  },
  {
    rule: "dr-replica-alike",
    page: "cross-region-replica",
    replace: ["allocatedGibibytes", 'replicaInstanceClass: "db.r6g.medium", allocatedGibibytes'],
  },
  {
    rule: "dr-backups-of-copied",
    page: "aurora-global-database",
    replace: [
      'onPartition: "keep-committing"',
      'onPartition: "keep-committing", transformCluster: (member) => ({ ...member, backupRetentionPeriod: 6 })',
    ],
  },
  {
    rule: "dr-backups-select-stores",
    page: "backup-vault-pair",
    replace: ['hashKey: "cart", backupTag', 'hashKey: "cart"'],
  },
  {
    rule: "dr-no-managed-password",
    page: "cross-region-replica",
    replace: [
      "allocatedGibibytes",
      "transformInstance: (one) => ({ ...one, manageMasterUserPassword: true }), allocatedGibibytes",
    ],
  },
  {
    rule: "dr-current-global-tables",
    page: "global-table",
    add: aws + resource("dynamodb.GlobalTable", "legacy", { ...east, replicas: [] }),
  },
  {
    rule: "dr-plan-drilled",
    page: "recovery-plan",
    replace: ["cleanUp: true }]", "cleanUp: true }].slice(1)"],
  },
  {
    rule: "dr-data-within-residency",
    page: "global-table",
    replace: [
      "keyArns,",
      'keyArns, transformTable: (table) => ({ ...table, replicas: [{ regionName: "us-east-1" }] }),',
    ],
  },
  {
    rule: "dr-data-within-residency",
    page: "global-table",
    add:
      aws +
      'new added.s3.Bucket("far", { region: "us-east-1", bucket: "far-flows" });\n' +
      resource("ec2.FlowLog", "flows", {
        region: "eu-west-1",
        vpcId: "vpc-1",
        logDestinationType: "s3",
        logDestination: "arn:aws:s3:::far-flows",
      }),
  },
  {
    rule: "dr-tagged-data-in-zone",
    page: "global-table",
    replace: [
      "keyArns,",
      'keyArns, transformTable: (table) => ({ ...table, tags: { "data-residency": "us" } }),',
    ],
  },
  {
    rule: "dr-encrypted-with-customer-key",
    page: "global-table",
    replace: [
      "keyArns,",
      "keyArns, transformTable: ({ serverSideEncryption, ...table }) => table,",
    ],
  },
  {
    rule: "dr-encrypted-with-customer-key",
    page: "cross-region-replica",
    replace: ["logKeyArns: key.keyArns,", ""],
  },
  {
    rule: "dr-encrypted-in-transit",
    page: "cross-region-replica",
    replace: [
      "allocatedGibibytes",
      "transformInstance: ({ parameterGroupName, ...one }) => one, allocatedGibibytes",
    ],
  },
  {
    rule: "dr-no-public-data",
    page: "cross-region-replica",
    replace: [
      "allocatedGibibytes",
      "transformInstance: (one) => ({ ...one, publiclyAccessible: true }), allocatedGibibytes",
    ],
  },
  {
    rule: "dr-backups-thirty-five-days",
    page: "global-table",
    replace: ["keyArns,", "keyArns, transformTable: ({ pointInTimeRecovery, ...table }) => table,"],
  },
  {
    rule: "dr-retained-seven-years",
    page: "replicated-bucket",
    replace: ["retentionYears: 7", "retentionYears: 6"],
  },
  {
    rule: "dr-log-retention",
    page: "container-service",
    replace: [
      "certificateArn, ...container",
      "certificateArn, logRetentionDays: 180, ...container",
    ],
  },
  {
    rule: "dr-audit-trail",
    page: "audit-trail",
    add: aws + resource("cloudtrail.Trail", "trail", { ...east, s3BucketName: "trails" }),
  },
  {
    rule: "dr-audit-trail",
    page: "audit-trail",
    replace: [
      'const { trailArns } = new AuditTrail("audit", { cell, retentionYears: 7 })',
      'const { alias: trailArns } = new (await import("pulumi-aws-dr")).CellKey("key", { cell, name: "audit", services: ["s3"] })',
    ],
  },
];

/** What is done to a program that is within its budget. */
const overspent: readonly (Mutation & { readonly monthlyDollars: number })[] = [
  {
    rule: "dr-within-budget",
    page: "cross-region-replica",
    replace: ["allocatedGibibytes", 'replicaInstanceClass: "db.r6g.4xlarge", allocatedGibibytes'],
    monthlyDollars: 2_000,
  },
  {
    rule: "dr-priced",
    page: "global-table",
    add:
      aws +
      resource("ec2.Instance", "rack", { ...east, ami: "ami-1", instanceType: "u-9tb1.metal" }),
    monthlyDollars: 1_000,
  },
];

function mutated({ page, replace, add = "" }: Mutation): string {
  const program = programOf(page);
  if (replace === undefined) return `${program}\n${add}`;
  const [piece, other] = replace;
  if (!program.includes(piece)) throw new Error(`${page} must hold ${piece}.`);
  return `${program.replaceAll(piece, other)}\n${add}`;
}

describe("a program that held, and was changed", () => {
  let packs: ProgramJudge;
  beforeAll(async () => {
    packs = await programJudge({ "acme:firstPassword": "first-and-soon-changed" });
  });
  afterAll(() => packs.close());

  const rules = [...failoverSafety, ...residencyAndCompliance];

  it.each(mutations)("is told by $rule, as the one of $page", async (mutation) => {
    const { messages, violations } = await packs.judge(mutated(mutation));

    const level = rules.find(({ name }) => name === mutation.rule)?.enforcementLevel;
    expect(messages).toEqual([]);
    expect(violations.map(({ policy, level }) => `${level} ${policy}`)).toContain(
      `${level} ${mutation.rule}`,
    );
  });

  it.each(overspent)(
    "is told by $rule once it costs more, as the one of $page",
    async (mutation) => {
      const { rule, page, monthlyDollars } = mutation;
      const budget = { monthlyDollars };
      const config = { "dr-within-budget": budget, "dr-priced": budget };
      const said = async (program: string) => {
        const { messages, violations } = await packs.judge(program, config);
        expect(messages).toEqual([]);
        return violations.filter(({ pack }) => pack === "cost").map(({ policy }) => policy);
      };

      expect(await said(programOf(page))).toEqual([]);
      expect(await said(mutated(mutation))).toEqual([rule]);
      const { violations } = await packs.judge(mutated(mutation));
      expect(violations.filter(({ pack }) => pack === "cost")).toEqual([]);
    },
  );

  it("is there for every rule of the packs for cells", () => {
    const tried = new Set([...mutations, ...overspent].map(({ rule }) => rule));
    const all = [...rules, ...cost];
    expect(all.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
  });
});
