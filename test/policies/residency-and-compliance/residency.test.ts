import { describe, expect, it } from "vitest";
import { dataWithinResidency } from "../../../policies/residency-and-compliance/data-within-residency.js";
import { taggedDataInZone } from "../../../policies/residency-and-compliance/tagged-data-in-zone.js";
import type { Rule } from "../../../policies/rule.js";
import { type Shown, showResource, showStack, uncheckedAdvisory, unknown } from "../in-process.js";

type Props = Readonly<Record<string, unknown>>;

const arnOf = (service: string, region: string, resource: string) =>
  `arn:aws:${service}:${region}:111122223333:${resource}`;

function inEurope(type: string, props: Props, more: Partial<Shown> = {}): Shown {
  return { type, props: { region: "eu-west-1", ...props }, ...more };
}

function leaves(path: string, to: string): string {
  return (
    `mandatory: ${path} must keep data in its residency zone, got eu-west-1 (eu) to ${to}. ` +
    "Use a Region of the same zone, or two cells that share no data."
  );
}

function comes(path: string): string {
  return (
    `mandatory: ${path} must keep data in its residency zone, got us-east-1 (us) to eu-west-1 (eu). ` +
    "Use a Region of the same zone, or two cells that share no data."
  );
}

/** An edge of each kind that leaves the European Union, or enters it. */
const crossing: readonly [string, readonly Shown[], string][] = [
  [
    "replica",
    [
      inEurope("aws:rds/instance:Instance", {
        replicateSourceDb: arnOf("rds", "us-east-1", "db:orders"),
      }),
    ],
    comes("replicateSourceDb"),
  ],
  [
    "member of a global database",
    [
      {
        type: "aws:rds/globalCluster:GlobalCluster",
        props: { region: "us-east-1", globalClusterIdentifier: "orders" },
      },
      inEurope("aws:rds/cluster:Cluster", { globalClusterIdentifier: "orders" }),
    ],
    comes("globalClusterIdentifier"),
  ],
  [
    "backup copy",
    [
      inEurope("aws:backup/plan:Plan", {
        rules: [
          {
            copyActions: [
              { destinationVaultArn: arnOf("backup", "us-east-1", "backup-vault:far") },
            ],
          },
        ],
      }),
    ],
    leaves("rules[0].copyActions[0].destinationVaultArn", "us-east-1 (us)"),
  ],
  [
    "secret",
    [inEurope("aws:secretsmanager/secret:Secret", { replicas: [{ region: "us-east-1" }] })],
    leaves("replicas[0].region", "us-east-1 (us)"),
  ],
  [
    "key",
    [
      inEurope("aws:kms/replicaKey:ReplicaKey", {
        primaryKeyArn: arnOf("kms", "us-east-1", "key/mrk-1"),
      }),
    ],
    comes("primaryKeyArn"),
  ],
  [
    "log",
    [
      inEurope("aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter", {
        destinationArn: arnOf("logs", "us-east-1", "destination:central"),
      }),
    ],
    leaves("destinationArn", "us-east-1 (us)"),
  ],
  [
    "registry",
    [
      inEurope("aws:ecr/replicationConfiguration:ReplicationConfiguration", {
        replicationConfiguration: { rules: [{ destinations: [{ region: "us-east-1" }] }] },
      }),
    ],
    leaves("replicationConfiguration.rules[0].destinations[0].region", "us-east-1 (us)"),
  ],
  [
    "observability link",
    [inEurope("aws:oam/link:Link", { sinkIdentifier: arnOf("oam", "us-east-1", "sink/1") })],
    leaves("sinkIdentifier", "us-east-1 (us)"),
  ],
  [
    "cache",
    [
      inEurope(
        "aws:elasticache/replicationGroup:ReplicationGroup",
        { globalReplicationGroupId: unknown },
        {
          madeOf: {
            globalReplicationGroupId: [
              { type: "aws:elasticache/globalReplicationGroup:GlobalReplicationGroup", props: {} },
            ],
          },
        },
      ),
      {
        type: "aws:elasticache/globalReplicationGroup:GlobalReplicationGroup",
        props: { region: "us-east-1" },
      },
    ],
    comes("globalReplicationGroupId"),
  ],
  [
    "table",
    [inEurope("aws:dynamodb/table:Table", { replicas: [{ regionName: "us-east-1" }] })],
    leaves("replicas[0].regionName", "us-east-1 (us)"),
  ],
  [
    "bucket",
    [
      { type: "aws:s3/bucket:Bucket", props: { region: "us-east-1", bucket: "far" } },
      inEurope("aws:s3/bucketReplicationConfig:BucketReplicationConfig", {
        rules: [{ destination: { bucket: "arn:aws:s3:::far" } }],
      }),
    ],
    leaves("rules[0].destination.bucket", "us-east-1 (us)"),
  ],
  [
    "message",
    [
      inEurope("aws:sns/topicSubscription:TopicSubscription", {
        topic: arnOf("sns", "us-east-1", "orders"),
      }),
    ],
    comes("topic"),
  ],
];

const table = "aws:dynamodb/table:Table";

describe("a copy of data", () => {
  it.each(crossing)("is refused where a %s leaves the zone", async (_kind, resources, said) => {
    expect(await showStack(dataWithinResidency, resources)).toEqual([said]);
  });

  it("may go to another Region of the same zone, or stay where it is", async () => {
    const replicas = [{ regionName: "eu-central-1" }, { regionName: "eu-west-1" }];
    expect(await showStack(dataWithinResidency, [inEurope(table, { replicas })])).toEqual([]);
    expect(await showStack(dataWithinResidency, [inEurope(table, {})])).toEqual([]);
  });

  it("does not go from the European Union to London or Zurich", async () => {
    const replicas = [{ regionName: "eu-west-2" }, { regionName: "eu-central-2" }];
    expect(await showStack(dataWithinResidency, [inEurope(table, { replicas })])).toEqual([
      leaves("replicas[0].regionName", "eu-west-2 (uk)"),
      leaves("replicas[1].regionName", "eu-central-2 (switzerland)"),
    ]);
  });

  it("does not go to a Region that nobody has put into a zone", async () => {
    const replicas = [{ regionName: "eu-nowhere-9" }];
    expect(await showStack(dataWithinResidency, [inEurope(table, { replicas })])).toEqual([
      leaves("replicas[0].regionName", "eu-nowhere-9 (no zone that this release knows)"),
    ]);
  });

  it("is refused where its destination is not known at preview", async () => {
    expect(await showStack(dataWithinResidency, [inEurope(table, { replicas: unknown })])).toEqual([
      "mandatory: replicas must go to a Region that is known at preview, got one that is not (the other end is eu-west-1). Name the Region, give an ARN or a name that holds it, or tell regionsElsewhere of the pack's configuration.",
    ]);
  });

  it("may go where the pack's configuration allows it, in that direction alone", async () => {
    const allowing = configured({ allowedTransfers: ["eu>uk"] });
    const toLondon = inEurope(table, { replicas: [{ regionName: "eu-west-2" }] });
    const toEurope = {
      type: table,
      props: { region: "eu-west-2", replicas: [{ regionName: "eu-west-1" }] },
    };
    expect(await showStack(allowing, [toLondon])).toEqual([]);
    expect(await showStack(allowing, [toEurope])).toHaveLength(1);
  });

  it("goes to what another stack holds where the pack's configuration tells its Region", async () => {
    const bucket = "arn:aws:s3:::central-trails";
    const flowLog = inEurope("aws:ec2/flowLog:FlowLog", { logDestination: `${bucket}/flows/` });
    const held = (regionsElsewhere: object) =>
      showStack(configured({ regionsElsewhere }), [flowLog]);

    expect(await held({ "central-trails": "eu-central-1" })).toEqual([]);
    expect(await held({ "central-trails": "us-east-1" })).toEqual([
      leaves("logDestination", "us-east-1 (us)"),
    ]);
    expect(await held({ [bucket]: "eu-central-1" })).toHaveLength(1);
  });

  it("is held against its provider's Region where it names none itself", async () => {
    const shown = { type: table, props: { replicas: [{ regionName: "us-east-1" }] } };
    const provider = { region: "us-west-2" };
    expect(await showStack(dataWithinResidency, [{ ...shown, provider }])).toEqual([]);
    expect(await showStack(dataWithinResidency, [shown])).toEqual([
      "mandatory: replicas[0].regionName must come from a Region that is known at preview, got one that is not (the other end is us-east-1). Name the Region, give an ARN or a name that holds it, or tell regionsElsewhere of the pack's configuration.",
    ]);
  });
});

function configured(config: object): Rule {
  return {
    ...dataWithinResidency,
    validateStack: (args, report) =>
      dataWithinResidency.validateStack({ ...args, getConfig: <T>() => config as T }, report),
  };
}

describe("data that is tagged with its residency", () => {
  const tagged = (zone: unknown, more: Props = {}): Shown => ({
    type: "aws:efs/fileSystem:FileSystem",
    props: { tagsAll: { "data-residency": zone }, ...more },
  });

  it.each([
    ["lies in its zone", tagged("eu", { region: "eu-north-1" }), []],
    [
      "lies elsewhere",
      tagged("eu", { region: "us-east-1" }),
      [
        'mandatory: region must lie in the zone "eu" that the tag data-residency names, got "us-east-1". Make the resource in a Region of that zone.',
      ],
    ],
    [
      "is unknown",
      tagged(unknown),
      [uncheckedAdvisory(taggedDataInZone, 'tags["data-residency"]')],
    ],
    [
      "lies in a Region that is unknown",
      tagged("eu", { region: unknown }),
      [uncheckedAdvisory(taggedDataInZone, "region")],
    ],
    ["has no tag", { type: "aws:efs/fileSystem:FileSystem", props: { region: "us-east-1" } }, []],
    [
      "has other tags that are unknown",
      {
        type: "aws:efs/fileSystem:FileSystem",
        props: { tags: { cost: unknown }, tagsAll: unknown },
      },
      [uncheckedAdvisory(taggedDataInZone, 'tags["data-residency"]')],
    ],
    [
      "is not of AWS",
      { type: "other:index:Thing", props: { tags: { "data-residency": "eu" } } },
      [],
    ],
  ])("is judged where it %s", async (_title, shown, said) => {
    expect(await showResource(taggedDataInZone, shown)).toEqual(said);
  });

  it("is told which zones there are where its own is none", async () => {
    const [said] = await showResource(taggedDataInZone, tagged("europe", { region: "eu-west-1" }));
    expect(said).toMatch(
      /^mandatory: tags\["data-residency"\] must be a residency zone \(eu, uk, .*\), got "europe"\. /,
    );
  });
});
