import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { runInThisContext } from "node:vm";
import * as pulumi from "@pulumi/pulumi";
import { transformSync } from "esbuild";
import { beforeAll, describe, expect, it, test } from "vitest";
import * as components from "../../components/index.js";
import { loadEnvironment } from "../../runtime/environment/load.js";
import { deploy } from "../../stacks/deploy.js";
import { programOf } from "../support/component-programs.js";
import { observationProblems } from "../support/observed/join.js";
import {
  type NamedMetric,
  namedMetrics,
  type Observed,
} from "../support/observed/named-metrics.js";
import { wholeCell } from "../support/observed/whole-cell.js";
import { runProgram, scratchBundles } from "../support/pulumi-mocks.js";
import { standInOutputs } from "../support/stand-in-outputs.js";

const require = createRequire(import.meta.url);

/** A page's program, which imports this package by its name, over the components of the work tree. */
function pageProgram(page: string): () => unknown {
  const { code } = transformSync(programOf(page), { format: "cjs" });
  const ofPackage = (name: string) => (name === "pulumi-aws-dr" ? components : require(name));
  const program: (...given: readonly unknown[]) => unknown = runInThisContext(
    `(function (require, module, exports) {${code}\n})`,
  );
  return () => program(ofPackage, { exports: {} }, {});
}

/** Runs a program in which resources answer as the stand-in for AWS does, keys their ARNs for example. */
function runWhole(program: () => unknown) {
  const configured = () => {
    pulumi.runtime.setConfig("pulumi-aws-dr:firstPassword", "first-and-soon-changed");
    program();
  };
  return runProgram(configured, { outputsOf: standInOutputs });
}

const examples = readdirSync("examples").filter((name) =>
  readdirSync(`examples/${name}`).includes("environment.yaml"),
);

/** Pages whose programs have dashboards or alarms, and are whole without a configuration. */
const pages = readdirSync("docs/components")
  .map((file) => file.replace(/\.md$/, ""))
  .filter((page) => {
    const text = readFileSync(`docs/components/${page}.md`, "utf8");
    return /^```ts\n[\s\S]*?(Alarms|Dashboard|Watch|GlobalTable|RegionalQueue|ReplicatedBucket)\(/m.test(
      text,
    );
  });

describe("every metric and alarm that a widget, an alarm or a composite names is published or registered by", () => {
  it.each(examples)("the environment of examples/%s", async (name) => {
    const loaded = loadEnvironment(`examples/${name}/environment.yaml`);
    if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join("\n"));
    const bundlesFolder = scratchBundles();
    const { resources } = await runWhole(() => deploy(loaded.environment, { bundlesFolder }));
    expect(namedMetrics(resources).length).toBeGreaterThan(0);
    expect(observationProblems(resources)).toEqual([]);
  });

  it.each(pages)("the program of the page %s", async (page) => {
    const run = await runWhole(pageProgram(page));
    expect(namedMetrics(run.resources).length).toBeGreaterThan(0);
    expect(observationProblems(run.resources)).toEqual([]);
  });
});

describe("a cell with a store of every kind", () => {
  let resources: readonly Observed[] = [];
  let metrics: readonly NamedMetric[] = [];
  beforeAll(async () => {
    ({ resources } = await runWhole(wholeCell));
    metrics = namedMetrics(resources);
  });

  it("publishes all that its alarms and dashboards name, in every namespace", () => {
    expect(observationProblems(resources)).toEqual([]);
    expect([...new Set(metrics.map(({ namespace }) => namespace))].toSorted()).toEqual([
      "AWS/ApplicationELB",
      "AWS/DynamoDB",
      "AWS/ElastiCache",
      "AWS/RDS",
      "AWS/S3",
      "AWS/SQS",
      "CloudWatchSynthetics",
      "aws-dr/cells",
    ]);
  });

  const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
  const withAlarm = (inputs: object): readonly Observed[] => {
    const region = "us-west-2";
    return [...resources, { type: alarm, name: "odd", inputs: { region, name: "odd", ...inputs } }];
  };

  test.each<[string, object, string]>([
    [
      "a metric that AWS does not know",
      {
        namespace: "AWS/SQS",
        metricName: "Age",
        dimensions: { QueueName: "shop-orders-invoices" },
      },
      "odd: AWS/SQS Age: AWS documents no such metric",
    ],
    [
      "a dimension that AWS does not publish under",
      {
        namespace: "AWS/SQS",
        metricName: "SentMessageSize",
        dimensions: { Queue: "shop-orders-invoices" },
      },
      "odd: AWS/SQS SentMessageSize: dimensions must be QueueName, got Queue",
    ],
    [
      "a resource that is not there",
      {
        namespace: "AWS/SQS",
        metricName: "SentMessageSize",
        dimensions: { QueueName: "shop-orders-invoice" },
      },
      "odd: AWS/SQS SentMessageSize: QueueName=shop-orders-invoice is nothing that is registered in us-west-2",
    ],
    [
      "a member that is in another Region",
      {
        namespace: "AWS/RDS",
        metricName: "AuroraGlobalDBRPOLag",
        dimensions: { DBClusterIdentifier: "shop-orders-ledger-us-east-1" },
      },
      "odd: AWS/RDS AuroraGlobalDBRPOLag: DBClusterIdentifier=shop-orders-ledger-us-east-1 is nothing that is registered in us-west-2",
    ],
    [
      "lag of a table to its own Region",
      {
        namespace: "AWS/DynamoDB",
        metricName: "ReplicationLatency",
        dimensions: { TableName: "shop-orders-carts", ReceivingRegion: "us-west-2" },
      },
      "odd: AWS/DynamoDB ReplicationLatency: ReceivingRegion=us-west-2 is nothing that is registered in us-west-2",
    ],
    [
      "a node beyond the shards of a cache",
      {
        namespace: "AWS/ElastiCache",
        metricName: "GlobalDatastoreReplicationLag",
        dimensions: { CacheClusterId: "shop-orders-sessions-us-west-2-0004-001" },
      },
      "odd: AWS/ElastiCache GlobalDatastoreReplicationLag: CacheClusterId=shop-orders-sessions-us-west-2-0004-001 is nothing that is registered in us-west-2",
    ],
    [
      "a namespace that nobody publishes in",
      {
        namespace: "AWS/MediaStore",
        metricName: "RequestCount",
        dimensions: { ContainerName: "a", RequestType: "b" },
      },
      "odd: AWS/MediaStore RequestCount: nobody is known to publish in AWS/MediaStore",
    ],
    [
      "a suspension of no cell",
      {
        namespace: "aws-dr/cells",
        metricName: "Suspended",
        dimensions: { Environment: "shop", Cell: "order" },
      },
      "odd: aws-dr/cells Suspended: Suspended is of no watched cell",
    ],
    [
      "a count by no publisher",
      {
        namespace: "DisasterRecovery/shop",
        metricName: "ActiveJobs",
        dimensions: { Account: "111122223333", Region: "us-east-1" },
      },
      "odd: DisasterRecovery/shop ActiveJobs: dr-shop-capacity-publisher is not registered in us-west-2",
    ],
  ])("would be found to name %s", (_what, inputs, problem) => {
    expect(observationProblems(withAlarm(inputs))).toEqual([problem]);
  });

  it.each([
    ["aws:sqs/queue:Queue", "AWS/SQS"],
    ["aws:dynamodb/table:Table", "AWS/DynamoDB"],
    ["aws:rds/cluster:Cluster", "AWS/RDS"],
    ["aws:rds/instance:Instance", "AWS/RDS"],
    ["aws:elasticache/replicationGroup:ReplicationGroup", "AWS/ElastiCache"],
    ["aws:s3/bucketReplicationConfig:BucketReplicationConfig", "AWS/S3"],
    ["aws:lb/loadBalancer:LoadBalancer", "AWS/ApplicationELB"],
    ["aws:synthetics/canary:Canary", "CloudWatchSynthetics"],
    ["aws-dr:watching:CellWatch", "aws-dr/cells"],
  ])("would be found to lack %s", (type, namespace) => {
    const problems = observationProblems(resources.filter((one) => one.type !== type));
    expect(problems).not.toEqual([]);
    expect(problems.filter((problem) => !problem.includes(`: ${namespace} `))).toEqual([]);
  });

  it("would be found to show alarms that are not there", () => {
    const without = resources.filter(({ type }) => !type.endsWith(":CompositeAlarm"));
    expect(observationProblems(without)).toContain(
      "replication-us-west-2: alarm shop-orders-decide-on-us-east-1 is not registered in us-west-2",
    );
  });
});
