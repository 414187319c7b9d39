import { beforeAll, describe, expect, test } from "vitest";
import { ReplicatedBucket, type ReplicatedBucketArgs } from "../../../components/index.js";
import { keyArns, orders, topicArns } from "../../support/cells.js";
import { documentOf, policyLines, policyProblems } from "../../support/policy-checks.js";
import {
  goldenList,
  type MockRun,
  refusalOf,
  runProgram,
  shapeOf,
} from "../../support/pulumi-mocks.js";

const args: ReplicatedBucketArgs = { cell: orders, name: "receipts", keyArns, topicArns };
const rolePolicy = "aws:iam/rolePolicy:RolePolicy";
const lockType = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration";
const lifecycleType = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";

function bucket(changes: Partial<ReplicatedBucketArgs> = {}) {
  return () => new ReplicatedBucket("receipts", { ...args, ...changes });
}

describe("a replicated bucket", () => {
  let run: MockRun;
  beforeAll(async () => {
    run = await runProgram(bucket());
  });

  test("registers what the golden list says", async () => {
    await expect(goldenList(run)).toMatchFileSnapshot("../golden/replicated-bucket.txt");
  });

  test("registers at preview what it registers at update", async () => {
    const preview = await runProgram(bucket(), { preview: true });
    expect(shapeOf(preview)).toEqual(shapeOf(run));
  });

  test("repeats its contract in its outputs", () => {
    const [component] = run.of("aws-dr:data:ReplicatedBucket");
    expect(component?.inputs).toEqual({
      environment: "shop",
      cell: "orders",
      account: "111122223333",
      residency: "us",
      primaryRegion: "us-east-1",
      recoveryRegion: "us-west-2",
      name: "receipts",
      mechanism: "s3-replication-time-control",
      rpoSeconds: 900,
      replicateDeleteMarkers: true,
      versionDays: 90,
      warnAtLatencySeconds: 900,
      keepData: true,
    });
    expect(component?.outputs).toEqual({
      ...component?.inputs,
      bucketNames: {
        "us-east-1": "shop-orders-receipts-111122223333-us-east-1",
        "us-west-2": "shop-orders-receipts-111122223333-us-west-2",
      },
      bucketArns: {
        "us-east-1": "arn:aws:s3:::shop-orders-receipts-111122223333-us-east-1",
        "us-west-2": "arn:aws:s3:::shop-orders-receipts-111122223333-us-west-2",
      },
      lagAlarmArns: Object.fromEntries(
        ["us-east-1", "us-west-2"].map((region) => [
          region,
          ["us-east-1", "us-west-2"].map(
            (from) =>
              `arn:aws:cloudwatch:${region}:111122223333:alarm:shop-orders-receipts-latency-from-${from}`,
          ),
        ]),
      ),
    });
  });

  test("lets each role copy in its own direction alone", async () => {
    const there = "arn:aws:s3:::shop-orders-receipts-111122223333-us-west-2";
    const here = "arn:aws:s3:::shop-orders-receipts-111122223333-us-east-1";
    const copy = documentOf(run, rolePolicy, "receipts-role-policy-us-west-2");
    expect(policyLines(copy)).toEqual([
      `ReadSource: Allow s3:GetReplicationConfiguration s3:ListBucket on ${there}`,
      `ReadVersions: Allow s3:GetObjectVersionAcl s3:GetObjectVersionForReplication s3:GetObjectVersionTagging on ${there}/*`,
      `WriteReplicas: Allow s3:ReplicateDelete s3:ReplicateObject s3:ReplicateTags on ${here}/*`,
    ]);
    const keys = documentOf(run, rolePolicy, "receipts-role-keys-us-west-2");
    expect(policyLines(keys)).toEqual([
      `DecryptSource: Allow kms:Decrypt on ${keyArns["us-west-2"]} when {"StringEquals":{"kms:ViaService":"s3.us-west-2.amazonaws.com"}}`,
      `EncryptReplicas: Allow kms:Encrypt kms:GenerateDataKey on ${keyArns["us-east-1"]} when {"StringEquals":{"kms:ViaService":"s3.us-east-1.amazonaws.com"}}`,
    ]);
    expect(await policyProblems("copy", copy)).toEqual([]);
    expect(await policyProblems("keys", keys)).toEqual([]);
  });

  test("lets S3 alone take its roles", () => {
    for (const { inputs } of run.of("aws:iam/role:Role")) {
      expect(JSON.parse(String(inputs.assumeRolePolicy)).Statement).toEqual([
        { Effect: "Allow", Principal: { Service: ["s3.amazonaws.com"] }, Action: "sts:AssumeRole" },
      ]);
    }
  });

  test("refuses every request without TLS", async () => {
    const policy = documentOf(run, "aws:s3/bucketPolicy:BucketPolicy", "receipts-policy-us-east-1");
    const here = "arn:aws:s3:::shop-orders-receipts-111122223333-us-east-1";
    expect(policyLines(policy)).toEqual([
      `DenyWithoutTls: Deny everybody s3:* on ${here} ${here}/* when {"Bool":{"aws:SecureTransport":"false"}}`,
    ]);
    expect(await policyProblems("bucket", policy)).toEqual([]);
  });

  test("copies both ways by the same rule, within fifteen minutes", () => {
    const replications = run.of("aws:s3/bucketReplicationConfig:BucketReplicationConfig");
    const on = { status: "Enabled" };
    expect(replications.map(({ inputs }) => Object(inputs.rules)[0])).toMatchObject(
      ["us-west-2", "us-east-1"].map((to) => ({
        ...on,
        deleteMarkerReplication: on,
        sourceSelectionCriteria: { sseKmsEncryptedObjects: on, replicaModifications: on },
        destination: {
          bucket: `arn:aws:s3:::shop-orders-receipts-111122223333-${to}`,
          encryptionConfiguration: { replicaKmsKeyId: keyArns[to] },
          replicationTime: { ...on, time: { minutes: 15 } },
          metrics: { ...on, eventThreshold: { minutes: 15 } },
        },
      })),
    );
  });

  test("keeps records for seven years in both Regions when told to", async () => {
    const locked = await runProgram(
      bucket({ retentionYears: 7, archiveAfterDays: 90, archiveClass: "DEEP_ARCHIVE" }),
    );
    const rule = { defaultRetention: { mode: "COMPLIANCE", years: 7 } };
    expect(locked.of(lockType).map(({ protect, inputs }) => [protect, inputs.rule])).toEqual([
      [true, rule],
      [true, rule],
    ]);
    for (const { inputs } of locked.of(lifecycleType)) {
      expect(Object(inputs.rules)[0]).toMatchObject({
        noncurrentVersionExpiration: { noncurrentDays: 2_557 },
        transitions: [{ days: 90, storageClass: "DEEP_ARCHIVE" }],
      });
    }
    const copy = documentOf(locked, rolePolicy, "receipts-role-policy-us-east-1");
    expect(policyLines(copy)[1]).toContain("s3:GetObjectLegalHold s3:GetObjectRetention");
    const [component] = locked.of("aws-dr:data:ReplicatedBucket");
    expect(component?.outputs).toMatchObject({
      retentionYears: 7,
      retentionMode: "COMPLIANCE",
      versionDays: 2_557,
      archiveAfterDays: 90,
      archiveClass: "DEEP_ARCHIVE",
    });
  });

  test("can be destroyed with all that is in it when nothing need be kept", async () => {
    const passing = await runProgram(bucket({ keepData: false }));
    const buckets = passing.of("aws:s3/bucket:Bucket");
    expect(buckets.map(({ protect, inputs }) => [protect, inputs.forceDestroy])).toEqual([
      [false, true],
      [false, true],
    ]);
  });

  test("hands arguments to the transforms last", async () => {
    const tags = { owner: "payments" };
    const tagged = await runProgram(
      bucket({
        transformBucket: (given) => ({ ...given, tags }),
        transformReplication: (given) => ({ ...given, token: "token" }),
        transformAlarm: (given) => ({ ...given, evaluationPeriods: 3 }),
      }),
    );
    expect(tagged.of("aws:s3/bucket:Bucket").map(({ inputs }) => inputs.tags)).toEqual([
      tags,
      tags,
    ]);
    const replications = tagged.of("aws:s3/bucketReplicationConfig:BucketReplicationConfig");
    expect(replications.map(({ inputs }) => inputs.token)).toEqual(["token", "token"]);
    const alarms = tagged.of("aws:cloudwatch/metricAlarm:MetricAlarm");
    expect(new Set(alarms.map(({ inputs }) => inputs.evaluationPeriods))).toEqual(new Set([3]));
  });
});

describe("a replicated bucket refuses, before it creates anything,", () => {
  test.each<[string, Partial<ReplicatedBucketArgs>, readonly string[]]>([
    [
      "numbers that break their rules",
      { versionDays: 0, warnAtLatencySeconds: 901, archiveAfterDays: 0, expireAfterDays: 0 },
      [
        "versionDays must be 1 to 36500 days since a version was replaced, got 0.",
        "warnAtLatencySeconds must be 60 to 900 seconds by which a copy is behind its source, got 901.",
        "archiveAfterDays must be 1 to 36500 days since an object was written, got 0.",
        "expireAfterDays must be 1 to 36500 days since an object was written, got 0.",
      ],
    ],
    [
      "a copy that would leave its residency zone",
      {
        cell: { ...orders, regions: { primary: "us-east-1", recovery: "eu-west-1" } },
        keyArns: {
          "us-east-1": String(keyArns["us-east-1"]),
          "eu-west-1": "arn:aws:kms:eu-west-1:111122223333:key/1",
        },
        topicArns: {},
      },
      [
        'cell.residency must hold both Regions, got "us" (us-east-1, us-east-2, us-west-1, us-west-2) without "eu-west-1". Use a Region of the zone, or make two cells.',
      ],
    ],
    [
      "keys and topics that are missing or of another Region",
      {
        keyArns: { "us-east-1": String(keyArns["us-west-2"]) },
        topicArns: { "us-east-1": String(topicArns["us-west-2"]) },
      },
      [
        `keyArns["us-east-1"] must be the ARN of a key in that Region, got "${keyArns["us-west-2"]}". A service encrypts with keys of its own Region.`,
        'keyArns["us-west-2"] must be the ARN of a customer key, got us-east-1. Take keyArns of a CellKey.',
        `topicArns["us-east-1"] must be a topic of that Region, got "${topicArns["us-west-2"]}". An alarm tells topics of its own Region.`,
        'topicArns["us-west-2"] must be given if the other Region has a topic, got none. Add it.',
      ],
    ],
    [
      "names that grow too long",
      { name: "receipts-of-everything-ever-ordered" },
      [
        'name must give bucket names of up to 63 characters, got "shop-orders-receipts-of-everything-ever-ordered-111122223333-us-east-1" with 70. Take a shorter one.',
      ],
    ],
    [
      "a lifecycle that ends before the retention does",
      { retentionYears: 7, expireAfterDays: 2_556, versionDays: 2_556 },
      [
        "expireAfterDays must be at least the retention of 7 years (2557 days), got 2556. S3 would not delete what is locked.",
        "versionDays must be at least the retention of 7 years (2557 days), got 2556. S3 would not delete what is locked.",
      ],
    ],
    [
      "a retention of no years",
      { retentionYears: 0 },
      ["retentionYears must be 1 to 100 years, whole, got 0."],
    ],
    [
      "a mode of retention without its years",
      { retentionMode: "GOVERNANCE" },
      ['retentionMode must not be set without retentionYears, got "GOVERNANCE". Say how long.'],
    ],
  ])("%s", async (_title, changes, problems) => {
    const { message, children } = await refusalOf(bucket(changes));
    expect(message?.split("\n")).toEqual(problems);
    expect(children).toEqual([]);
  });

  test("nothing when retention and lifecycle end on the same day", async () => {
    const { message } = await refusalOf(
      bucket({ retentionYears: 7, expireAfterDays: 2_557, versionDays: 2_557 }),
    );
    expect(message).toBeUndefined();
  });
});
