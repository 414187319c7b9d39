import { describe, expect, test } from "vitest";
import { edgesOf, type PlacedResource } from "../../../../runtime/core/cells/edges/edges.js";
import { notYetKnown } from "../../../../runtime/core/cells/edges/values.js";

const account = "111122223333";

interface Given {
  readonly type: string;
  readonly name?: string;
  readonly region?: string;
  readonly props?: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, readonly string[]>>;
}

function placed({
  type,
  name = "one",
  region,
  props = {},
  dependencies = {},
}: Given): PlacedResource {
  return {
    urn: `urn:pulumi:test::shop::${type}::${name}`,
    type,
    ...(region !== undefined && { region }),
    props,
    dependenciesOf: (property) => dependencies[property] ?? [],
  };
}

/** Each edge as `kind from > to path`, with `?` for what nobody knows. */
function told(...given: readonly Given[]): readonly string[] {
  return edgesOf(given.map(placed)).map(
    ({ kind, from = "?", to = "?", path }) => `${kind} ${from} > ${to} ${path}`,
  );
}

const inEurope = { region: "eu-west-1" };
const arnOf = (service: string, region: string, resource: string) =>
  `arn:aws:${service}:${region}:${account}:${resource}`;

describe("the ways by which data leaves a Region", () => {
  test.each<[string, Given, readonly string[]]>([
    [
      "replicas and the witness of a table",
      {
        type: "aws:dynamodb/table:Table",
        ...inEurope,
        props: {
          replicas: [{ regionName: "eu-central-1" }, { regionName: "us-east-1" }],
          globalTableWitness: { regionName: "eu-west-3" },
        },
      },
      [
        "table eu-west-1 > eu-central-1 replicas[0].regionName",
        "table eu-west-1 > us-east-1 replicas[1].regionName",
        "table eu-west-1 > eu-west-3 globalTableWitness.regionName",
      ],
    ],
    [
      "a table's replica on its own",
      {
        type: "aws:dynamodb/tableReplica:TableReplica",
        ...inEurope,
        props: { globalTableArn: arnOf("dynamodb", "us-east-1", "table/orders") },
      },
      ["table us-east-1 > eu-west-1 globalTableArn"],
    ],
    [
      "a database replica, by the ARN of its source",
      {
        type: "aws:rds/instance:Instance",
        ...inEurope,
        props: { replicateSourceDb: arnOf("rds", "us-east-1", "db:orders") },
      },
      ["replica us-east-1 > eu-west-1 replicateSourceDb"],
    ],
    [
      "a database replica in the same Region, by the name of its source",
      { type: "aws:rds/instance:Instance", ...inEurope, props: { replicateSourceDb: "orders" } },
      ["replica eu-west-1 > eu-west-1 replicateSourceDb"],
    ],
    [
      "a secret's replicas",
      {
        type: "aws:secretsmanager/secret:Secret",
        ...inEurope,
        props: { replicas: [{ region: "us-west-2" }] },
      },
      ["secret eu-west-1 > us-west-2 replicas[0].region"],
    ],
    [
      "a key's replica",
      {
        type: "aws:kms/replicaKey:ReplicaKey",
        ...inEurope,
        props: { primaryKeyArn: arnOf("kms", "us-east-1", "key/mrk-1") },
      },
      ["key us-east-1 > eu-west-1 primaryKeyArn"],
    ],
    [
      "copies of backups",
      {
        type: "aws:backup/plan:Plan",
        ...inEurope,
        props: {
          rules: [
            {},
            {
              copyActions: [
                { destinationVaultArn: arnOf("backup", "us-east-1", "backup-vault:far") },
              ],
            },
          ],
        },
      },
      ["backup eu-west-1 > us-east-1 rules[1].copyActions[0].destinationVaultArn"],
    ],
    [
      "images of a registry",
      {
        type: "aws:ecr/replicationConfiguration:ReplicationConfiguration",
        ...inEurope,
        props: {
          replicationConfiguration: { rules: [{ destinations: [{ region: "us-east-1" }] }] },
        },
      },
      ["registry eu-west-1 > us-east-1 replicationConfiguration.rules[0].destinations[0].region"],
    ],
    [
      "logs that are sent on",
      {
        type: "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter",
        ...inEurope,
        props: { destinationArn: arnOf("logs", "us-east-1", "destination:central") },
      },
      ["log eu-west-1 > us-east-1 destinationArn"],
    ],
    [
      "links to another account's sink",
      {
        type: "aws:oam/link:Link",
        ...inEurope,
        props: { sinkIdentifier: arnOf("oam", "us-east-1", "sink/1") },
      },
      ["observability eu-west-1 > us-east-1 sinkIdentifier"],
    ],
    [
      "messages of a topic",
      {
        type: "aws:sns/topicSubscription:TopicSubscription",
        ...inEurope,
        props: { topic: arnOf("sns", "us-east-1", "orders") },
      },
      ["message us-east-1 > eu-west-1 topic"],
    ],
    [
      "messages to a queue elsewhere, although topic and subscription stay",
      {
        type: "aws:sns/topicSubscription:TopicSubscription",
        ...inEurope,
        props: {
          topic: arnOf("sns", "eu-west-1", "orders"),
          endpoint: arnOf("sqs", "us-east-1", "orders"),
        },
      },
      ["message eu-west-1 > eu-west-1 topic", "message eu-west-1 > us-east-1 endpoint"],
    ],
    [
      "no address of mail",
      {
        type: "aws:sns/topicSubscription:TopicSubscription",
        ...inEurope,
        props: { protocol: "email", endpoint: "on-call@shop.example" },
      },
      [],
    ],
    [
      "no address of mail that nobody knows yet",
      {
        type: "aws:sns/topicSubscription:TopicSubscription",
        ...inEurope,
        props: { protocol: "email", endpoint: notYetKnown },
      },
      [],
    ],
    [
      "messages to a queue that nobody knows yet",
      {
        type: "aws:sns/topicSubscription:TopicSubscription",
        ...inEurope,
        props: { protocol: "sqs", endpoint: notYetKnown },
      },
      ["message eu-west-1 > ? endpoint"],
    ],
    ["nothing, where a property is absent", { type: "aws:dynamodb/table:Table", ...inEurope }, []],
    ["nothing of types that carry none", { type: "aws:s3/bucket:Bucket", ...inEurope }, []],
  ])("%s", (_title, given, edges) => {
    expect(told(given)).toEqual(edges);
  });

  test("a bucket's copies, by the bucket of that name", () => {
    const far: Given = {
      type: "aws:s3/bucket:Bucket",
      name: "far",
      region: "us-east-1",
      props: { bucket: "orders-far" },
    };
    const copies = (bucketArn: string): Given => ({
      type: "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
      ...inEurope,
      props: { rules: [{ destination: { bucket: bucketArn } }] },
    });
    expect(told(far, copies("arn:aws:s3:::orders-far"))).toEqual([
      "bucket eu-west-1 > us-east-1 rules[0].destination.bucket",
    ]);
    for (const of of ["orders-far", "s3://orders-far/in/it", "arn:aws:s3:::orders-far/in/it"]) {
      expect(told(far, copies(of))).toEqual(told(far, copies("arn:aws:s3:::orders-far")));
    }
    expect(told(far, copies("arn:aws:s3:::of-somebody-else"))).toEqual([
      "bucket eu-west-1 > ? rules[0].destination.bucket",
    ]);
  });

  test("a lifecycle's copies, by the Region or an Outpost in it", () => {
    const copies = (target: string): Given => ({
      type: "aws:dlm/lifecyclePolicy:LifecyclePolicy",
      ...inEurope,
      props: { policyDetails: { schedules: [{ crossRegionCopyRules: [{ target }] }] } },
    });
    const path = "policyDetails.schedules[0].crossRegionCopyRules[0].target";
    const edge = [`image eu-west-1 > us-east-1 ${path}`];
    expect(told(copies("us-east-1"))).toEqual(edge);
    expect(told(copies(arnOf("outposts", "us-east-1", "outpost/op-1")))).toEqual(edge);
  });

  test("members of a global database, from where the global database was made", () => {
    const database: Given = {
      type: "aws:rds/globalCluster:GlobalCluster",
      region: "us-east-1",
      props: { globalClusterIdentifier: "orders" },
    };
    const member = (globalClusterIdentifier: unknown): Given => ({
      type: "aws:rds/cluster:Cluster",
      ...inEurope,
      props: { globalClusterIdentifier },
      dependencies: {
        globalClusterIdentifier: [placed(database).urn],
      },
    });
    const edge = ["replica us-east-1 > eu-west-1 globalClusterIdentifier"];
    expect(told(database, member("orders"))).toEqual(edge);
    expect(told(database, member(notYetKnown))).toEqual(edge);
    expect(told(member("orders"))).toEqual(["replica ? > eu-west-1 globalClusterIdentifier"]);
    expect(told(member(notYetKnown))).toEqual(["replica ? > eu-west-1 globalClusterIdentifier"]);
  });

  test("members of a global cache, from where its primary is", () => {
    const cache: Given = {
      type: "aws:elasticache/globalReplicationGroup:GlobalReplicationGroup",
      region: "us-east-1",
    };
    const member: Given = {
      type: "aws:elasticache/replicationGroup:ReplicationGroup",
      ...inEurope,
      props: { globalReplicationGroupId: notYetKnown },
      dependencies: { globalReplicationGroupId: [placed(cache).urn] },
    };
    expect(told(cache, member)).toEqual(["cache us-east-1 > eu-west-1 globalReplicationGroupId"]);
  });

  test("a destination that nobody knows yet stays open", () => {
    const table = (replicas: unknown): Given => ({
      type: "aws:dynamodb/table:Table",
      ...inEurope,
      props: { replicas },
    });
    expect(told(table(notYetKnown))).toEqual(["table eu-west-1 > ? replicas"]);
    expect(told(table([{ regionName: notYetKnown }]))).toEqual([
      "table eu-west-1 > ? replicas[0].regionName",
    ]);
  });

  test("a resource whose own Region nobody knows has an open end there", () => {
    const secret: Given = {
      type: "aws:secretsmanager/secret:Secret",
      props: { replicas: [{ region: "us-west-2" }] },
    };
    expect(told(secret)).toEqual(["secret ? > us-west-2 replicas[0].region"]);
  });
});
