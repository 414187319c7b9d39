import { beforeAll, describe, expect, test } from "vitest";
import { AuditTrail, type AuditTrailArgs } from "../../../components/index.js";
import { keyArns, orders, topicArns } from "../../support/cells.js";
import { documentOf, policyLines, policyProblems } from "../../support/policy-checks.js";
import {
  goldenList,
  type MockRun,
  type RunOptions,
  refusalOf,
  runProgram,
  shapeOf,
} from "../../support/pulumi-mocks.js";

const args: AuditTrailArgs = { cell: orders };

const trailType = "aws:cloudtrail/trail:Trail";
const bucketPolicy = "aws:s3/bucketPolicy:BucketPolicy";
const organization = "arn:aws:cloudtrail:us-east-1:999999999999:trail/organization";

/** AWS names a key when it makes it. */
const outputsOf: RunOptions["outputsOf"] = (type, _name, { region }) =>
  type === "aws:kms/key:Key" ? { arn: keyArns[String(region)] } : {};

function audit(changes: Partial<AuditTrailArgs> = {}) {
  return () => new AuditTrail("audit", { ...args, ...changes });
}

describe("the audit trail of a cell", () => {
  let run: MockRun;
  beforeAll(async () => {
    run = await runProgram(audit(), { outputsOf });
  });

  test("registers what the golden list says", async () => {
    await expect(goldenList(run)).toMatchFileSnapshot("../golden/audit-trail.txt");
  });

  test("registers at preview what it registers at update", async () => {
    const preview = await runProgram(audit(), { preview: true });
    expect(shapeOf(preview)).toEqual(shapeOf(run));
    const policy = "audit-records-policy-us-west-2";
    expect(documentOf(preview, bucketPolicy, policy)).toEqual(
      documentOf(run, bucketPolicy, policy),
    );
  });

  test("repeats its contract in its outputs, with its trail and buckets", () => {
    const [component] = run.of("aws-dr:watching:AuditTrail");
    expect(component?.inputs).toMatchObject({ cell: "orders", covers: "account", keepData: true });
    expect(component?.outputs).toEqual({
      ...component?.inputs,
      trailArns: ["arn:aws:cloudtrail:us-west-2:111122223333:trail/shop-orders-audit-us-west-2"],
      bucketNames: {
        "us-east-1": "shop-orders-audit-111122223333-us-east-1",
        "us-west-2": "shop-orders-audit-111122223333-us-west-2",
      },
    });
  });

  test("records all Regions and proves its files, in the Region that survives the primary", () => {
    const [trail, ...others] = run.of(trailType);
    expect(others).toEqual([]);
    expect(trail?.inputs).toMatchObject({
      region: "us-west-2",
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      s3BucketName: "shop-orders-audit-111122223333-us-west-2",
    });
  });

  test("lets nobody but its own trail write, and nobody without TLS", async () => {
    const document = documentOf(run, bucketPolicy, "audit-records-policy-us-west-2");
    const trail = "arn:aws:cloudtrail:us-west-2:111122223333:trail/shop-orders-audit-us-west-2";
    const bucket = "arn:aws:s3:::shop-orders-audit-111122223333-us-west-2";
    expect(policyLines(document)).toEqual([
      `DenyWithoutTls: Deny everybody s3:* on ${bucket} ${bucket}/* when {"Bool":{"aws:SecureTransport":"false"}}`,
      `TrailsAsk: Allow cloudtrail.amazonaws.com s3:GetBucketAcl on ${bucket} when {"StringEquals":{"aws:SourceArn":["${trail}"]}}`,
      `TrailsWrite: Allow cloudtrail.amazonaws.com s3:PutObject on ${bucket}/AWSLogs/111122223333/* when {"StringEquals":{"aws:SourceArn":["${trail}"],"s3:x-amz-acl":"bucket-owner-full-control"}}`,
    ]);
    expect(await policyProblems("trail", document)).toEqual([]);
  });

  test("lets no trail write to the bucket that only holds copies", () => {
    const document = documentOf(run, bucketPolicy, "audit-records-policy-us-east-1");
    expect(policyLines(document).map((line) => line.split(":")[0])).toEqual(["DenyWithoutTls"]);
  });

  test("makes keys that trails of its account may encrypt with", () => {
    const key = documentOf(run, "aws:kms/key:Key", "audit-key-us-west-2");
    expect(policyLines(key)).toContain(
      'TrailsWrite: Allow cloudtrail.amazonaws.com kms:Decrypt kms:GenerateDataKey kms:DescribeKey on * when {"ArnLike":{"aws:SourceArn":"arn:aws:cloudtrail:*:111122223333:trail/*"}}',
    );
  });

  test("encrypts with the keys that it is given, and makes none of its own", async () => {
    const given = await runProgram(audit({ keyArns }));
    expect(given.of("aws:kms/key:Key")).toEqual([]);
    expect(given.of(trailType)[0]?.inputs.kmsKeyId).toBe(keyArns["us-west-2"]);
  });

  test("records the cell's two Regions apart where the account holds other zones", async () => {
    const apart = await runProgram(audit({ covers: "cell", keyArns }));
    const made = apart
      .of(trailType)
      .map(({ inputs }) => [inputs.region, inputs.isMultiRegionTrail, inputs.s3BucketName]);
    expect(made).toEqual([
      ["us-east-1", false, "shop-orders-audit-111122223333-us-west-2"],
      ["us-west-2", false, "shop-orders-audit-111122223333-us-west-2"],
    ]);
  });

  test("locks its records in both Regions for as long as it is told", async () => {
    const locked = await runProgram(audit({ retentionYears: 7, topicArns, keyArns }));
    const locks = locked
      .of("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration")
      .map(({ inputs }) => [inputs.region, inputs.rule]);
    const rule = { defaultRetention: { mode: "COMPLIANCE", years: 7 } };
    expect(locks).toEqual([
      ["us-east-1", rule],
      ["us-west-2", rule],
    ]);
  });

  test("makes nothing where a trail elsewhere records the account, and says which", async () => {
    const elsewhere = await runProgram(audit({ elsewhere: organization }));
    expect(elsewhere.resources.map(({ type }) => type)).toEqual(["aws-dr:watching:AuditTrail"]);
    const [component] = elsewhere.of("aws-dr:watching:AuditTrail");
    expect(component?.outputs).toMatchObject({
      elsewhere: organization,
      trailArns: [organization],
      bucketNames: {},
    });
  });

  test("hands the arguments of trails to the transform last", async () => {
    const transformed = await runProgram(
      audit({
        keyArns,
        transformTrail: (given) => ({ ...given, enableLogFileValidation: false }),
      }),
    );
    expect(transformed.of(trailType)[0]?.inputs.enableLogFileValidation).toBe(false);
  });
});

describe("an audit trail refuses, before it creates anything,", () => {
  test.each<[string, Partial<AuditTrailArgs>, readonly string[]]>([
    [
      "keys of other Regions, a retention out of bounds, and topics of one Region",
      {
        keyArns: { "us-east-1": keyArns["us-west-2"] ?? "" },
        retentionYears: 0,
        topicArns: { "us-east-1": topicArns["us-east-1"] ?? "" },
      },
      [
        `keyArns["us-east-1"] must be the ARN of a key in that Region, got "${keyArns["us-west-2"]}". A service encrypts with keys of its own Region.`,
        'keyArns["us-west-2"] must be the ARN of a customer key, got us-east-1. Take keyArns of a CellKey.',
        "retentionYears must be 1 to 100 years, whole, got 0.",
        'topicArns["us-west-2"] must be given if the other Region has a topic, got none. Add it.',
      ],
    ],
    [
      "a mode without a time",
      { retentionMode: "GOVERNANCE" },
      ['retentionMode must not be set without retentionYears, got "GOVERNANCE". Say how long.'],
    ],
    [
      "a coverage that nobody knows",
      { covers: "organization" as "account" },
      ['covers must be account or cell, got "organization". Choose one.'],
    ],
    [
      "settings of a trail that it does not make",
      { elsewhere: "organization", covers: "account", retentionYears: 7 },
      [
        'elsewhere must be the ARN of a trail, got "organization". See "aws cloudtrail describe-trails".',
        "covers must not be set for a trail elsewhere, got a value. Leave it out, or leave out elsewhere.",
        "retentionYears must not be set for a trail elsewhere, got a value. Leave it out, or leave out elsewhere.",
      ],
    ],
    [
      "names that S3 would not take",
      { cell: { ...orders, environment: "production", name: "orders-of-the-north-coast" } },
      [
        'cell.name must leave the name of the records\' bucket at most 63 characters, got "production-orders-of-the-north-coast-audit-111122223333-us-east-1" with 65. Shorten the name of the cell or of its environment.',
      ],
    ],
  ])("%s", async (_title, changes, problems) => {
    const refusal = await refusalOf(audit(changes));
    expect(refusal).toEqual({ message: problems.join("\n"), children: [] });
  });
});
