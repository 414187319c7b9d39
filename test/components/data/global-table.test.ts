import { beforeAll, describe, expect, test } from "vitest";
import { backupTagOf, GlobalTable, type GlobalTableArgs } from "../../../components/index.js";
import { keyArns, orders, topicArns } from "../../support/cells.js";
import {
  goldenList,
  type MockRun,
  refusalOf,
  runProgram,
  shapeOf,
} from "../../support/pulumi-mocks.js";

const args: GlobalTableArgs = {
  cell: orders,
  name: "sessions",
  keyArns,
  hashKey: "session",
  rangeKey: "startedAt",
  attributeTypes: { startedAt: "N" },
  indexes: [{ name: "by-customer", hashKey: "customer", rangeKey: "startedAt" }],
  ttlAttribute: "expiresAt",
  topicArns,
};
const tableType = "aws:dynamodb/table:Table";
const { ttlAttribute: _, ...lasting } = args;
const { topicArns: _topics, ...untold } = args;
const alone: GlobalTableArgs = { ...untold, replicated: false, backupTag: backupTagOf(orders) };
const strong: GlobalTableArgs = { ...lasting, consistency: "strong", witnessRegion: "us-east-2" };

function table(changes: Partial<GlobalTableArgs> = {}) {
  return () => new GlobalTable("sessions", { ...args, ...changes });
}

describe("a global table", () => {
  let run: MockRun;
  beforeAll(async () => {
    run = await runProgram(table());
  });

  test("registers what the golden list says", async () => {
    await expect(goldenList(run)).toMatchFileSnapshot("../golden/global-table.txt");
  });

  test("registers at preview what it registers at update", async () => {
    const preview = await runProgram(table(), { preview: true });
    expect(shapeOf(preview)).toEqual(shapeOf(run));
  });

  test("repeats its contract in its outputs", () => {
    const [component] = run.of("aws-dr:data:GlobalTable");
    expect(component?.inputs).toEqual({
      environment: "shop",
      cell: "orders",
      account: "111122223333",
      residency: "us",
      primaryRegion: "us-east-1",
      recoveryRegion: "us-west-2",
      name: "sessions",
      mechanism: "dynamodb-global-table",
      rpoSeconds: 1,
      consistency: "eventual",
      ttlAttribute: "expiresAt",
      pointInTimeRecoveryDays: 35,
      warnAtLagSeconds: 5,
      keepData: true,
    });
    expect(component?.outputs).toEqual({
      ...component?.inputs,
      tableName: "shop-orders-sessions",
      tableArns: {
        "us-east-1": "arn:aws:dynamodb:us-east-1:111122223333:table/shop-orders-sessions",
        "us-west-2": "arn:aws:dynamodb:us-west-2:111122223333:table/shop-orders-sessions",
      },
      lagAlarmArns: {
        "us-east-1": ["arn:aws:cloudwatch:us-east-1:111122223333:alarm:shop-orders-sessions-lag"],
        "us-west-2": ["arn:aws:cloudwatch:us-west-2:111122223333:alarm:shop-orders-sessions-lag"],
      },
    });
  });

  test("gives its replica what DynamoDB does not copy", () => {
    const { protect, inputs } = run.one(tableType, "sessions-us-east-1");
    expect(protect).toBe(true);
    expect(inputs).toMatchObject({
      deletionProtectionEnabled: true,
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true, kmsKeyArn: keyArns["us-east-1"] },
      replicas: [
        {
          regionName: "us-west-2",
          deletionProtectionEnabled: true,
          pointInTimeRecovery: true,
          kmsKeyArn: keyArns["us-west-2"],
        },
      ],
    });
  });

  test("carries the tag of backups, and hands it to its replica", async () => {
    const backedUp = await runProgram(table({ backupTag: backupTagOf(orders) }));
    expect(backedUp.one(tableType, "sessions-us-east-1").inputs).toMatchObject({
      tags: { backup: "shop-orders" },
      replicas: [{ regionName: "us-west-2", propagateTags: true }],
    });
    expect(run.one(tableType, "sessions-us-east-1").inputs).not.toHaveProperty("tags");
  });

  test("is watched from each Region for how far the other is behind", () => {
    const alarms = run.of("aws:cloudwatch/metricAlarm:MetricAlarm");
    const seen = alarms.map(({ inputs }) => [
      inputs.region,
      Object(inputs.dimensions),
      inputs.threshold,
    ]);
    expect(seen).toEqual([
      ["us-east-1", { TableName: "shop-orders-sessions", ReceivingRegion: "us-west-2" }, 5_000],
      ["us-west-2", { TableName: "shop-orders-sessions", ReceivingRegion: "us-east-1" }, 5_000],
    ]);
  });

  test("is strongly consistent over three Regions, and has no lag to watch", async () => {
    const consistent = await runProgram(() => new GlobalTable("sessions", strong));
    const { inputs } = consistent.one(tableType, "sessions-us-east-1");
    expect(inputs).toMatchObject({
      globalTableWitness: { regionName: "us-east-2" },
      replicas: [{ regionName: "us-west-2", consistencyMode: "STRONG" }],
    });
    expect(consistent.of("aws:cloudwatch/metricAlarm:MetricAlarm")).toEqual([]);
    const [component] = consistent.of("aws-dr:data:GlobalTable");
    expect(component?.outputs).toMatchObject({
      mechanism: "dynamodb-strong-global-table",
      rpoSeconds: 0,
      witnessRegion: "us-east-2",
      lagAlarmArns: { "us-east-1": [], "us-west-2": [] },
    });
  });

  test("can be removed when nothing need be kept", async () => {
    const passing = await runProgram(table({ keepData: false }));
    const { protect, inputs } = passing.one(tableType, "sessions-us-east-1");
    expect(protect).toBe(false);
    expect(inputs.deletionProtectionEnabled).toBe(false);
    expect(Object(inputs.replicas)[0].deletionProtectionEnabled).toBe(false);
  });

  test("hands arguments to the transforms last", async () => {
    const changed = await runProgram(
      table({
        transformTable: (given) => ({ ...given, tableClass: "STANDARD_INFREQUENT_ACCESS" }),
        transformAlarm: (given) => ({ ...given, evaluationPeriods: 9 }),
      }),
    );
    expect(changed.one(tableType, "sessions-us-east-1").inputs.tableClass).toBe(
      "STANDARD_INFREQUENT_ACCESS",
    );
    const alarms = changed.of("aws:cloudwatch/metricAlarm:MetricAlarm");
    expect(alarms.map(({ inputs }) => inputs.evaluationPeriods)).toEqual([9, 9]);
  });
});

describe("a table of the primary Region alone", () => {
  const program = () => new GlobalTable("sessions", alone);
  let run: MockRun;
  beforeAll(async () => {
    run = await runProgram(program);
  });

  test("registers what the golden list says", async () => {
    await expect(goldenList(run)).toMatchFileSnapshot("../golden/global-table-alone.txt");
  });

  test("registers at preview what it registers at update", async () => {
    expect(shapeOf(await runProgram(program, { preview: true }))).toEqual(shapeOf(run));
  });

  test("claims nothing of a replica, and is found by the plan of backups", () => {
    const [component] = run.of("aws-dr:data:GlobalTable");
    expect(component?.outputs).toMatchObject({
      mechanism: "dynamodb-backup-copy",
      lagAlarmArns: { "us-east-1": [], "us-west-2": [] },
    });
    for (const key of ["rpoSeconds", "consistency", "warnAtLagSeconds"]) {
      expect(component?.outputs).not.toHaveProperty(key);
    }
    const { inputs } = run.one(tableType, "sessions-us-east-1");
    expect(inputs.tags).toEqual({ backup: "shop-orders" });
    expect(inputs).not.toHaveProperty("replicas");
    expect(inputs).not.toHaveProperty("streamEnabled");
  });

  test("names the table that a failover restores in the other Region", () => {
    const [component] = run.of("aws-dr:data:GlobalTable");
    expect(Object(component?.outputs).tableArns["us-west-2"]).toBe(
      "arn:aws:dynamodb:us-west-2:111122223333:table/shop-orders-sessions",
    );
  });
});

const sets =
  "us-east-1, us-east-2, us-west-2; eu-west-1, eu-west-2, eu-west-3, eu-central-1; ap-northeast-1, ap-northeast-2, ap-northeast-3";
const european: GlobalTableArgs = {
  ...strong,
  cell: { ...orders, residency: "eu", regions: { primary: "eu-west-1", recovery: "eu-central-1" } },
  keyArns: {
    "eu-west-1": "arn:aws:kms:eu-west-1:111122223333:key/1",
    "eu-central-1": "arn:aws:kms:eu-central-1:111122223333:key/2",
  },
  topicArns: {},
};

describe("a global table refuses, before it creates anything,", () => {
  test.each<[string, GlobalTableArgs, readonly string[]]>([
    [
      "numbers, types and a witness that say nothing",
      {
        ...args,
        warnAtLagSeconds: 0,
        attributeTypes: { total: "N" },
        witnessRegion: "us-east-2",
      },
      [
        'attributeTypes["total"] must be of a key (session, startedAt, customer), got another. DynamoDB knows no types of others; leave it out.',
        'witnessRegion must not be set for an eventually consistent table, got "us-east-2". Leave it out.',
        "warnAtLagSeconds must be 1 to 3600 seconds by which a Region is behind the other, got 0.",
      ],
    ],
    [
      "strong consistency with what DynamoDB does not do there",
      { ...args, consistency: "strong", warnAtLagSeconds: 9 },
      [
        'ttlAttribute must not be set for a strongly consistent table, got "expiresAt". DynamoDB deletes nothing there by itself.',
        "warnAtLagSeconds must not be set for a strongly consistent table, got 9. It does not lag.",
        "witnessRegion must be given for a strongly consistent table, got none. Add it.",
      ],
    ],
    [
      "what is said of a replica that is not there, and a table without backups",
      {
        ...args,
        replicated: false,
        consistency: "strong",
        witnessRegion: "us-east-2",
        warnAtLagSeconds: 9,
      },
      [
        "backupTag must be given for a table without a replica, got none. Its backups are all that the other Region has of it.",
        'consistency must not be "strong" for a table without a replica, got "strong". Keep the replica.',
        'witnessRegion must not be set for a table without a replica, got "us-east-2". Leave it out.',
        "warnAtLagSeconds must not be set for a table without a replica, got 9. Nothing lags there.",
      ],
    ],
    [
      "a witness outside of the set of both Regions",
      { ...strong, witnessRegion: "us-west-1" },
      [
        `witnessRegion must make three Regions of one set (${sets}), got us-east-1, us-west-2, us-west-1. Choose another, or eventual consistency.`,
      ],
    ],
    [
      "a witness that is one of both Regions",
      { ...strong, witnessRegion: "us-west-2" },
      [
        `witnessRegion must make three Regions of one set (${sets}), got us-east-1, us-west-2, us-west-2. Choose another, or eventual consistency.`,
      ],
    ],
    [
      "a witness outside of the cell's residency zone",
      { ...european, witnessRegion: "eu-west-2" },
      [
        'witnessRegion must lie in the cell\'s zone "eu", got "eu-west-2". A witness keeps data too.',
      ],
    ],
  ])("%s", async (_title, given, problems) => {
    const { message, children } = await refusalOf(() => new GlobalTable("sessions", given));
    expect(message?.split("\n")).toEqual(problems);
    expect(children).toEqual([]);
  });

  test("nothing of a strong table whose three Regions lie in one set and one zone", async () => {
    const given = { ...european, witnessRegion: "eu-west-3" };
    const { message } = await refusalOf(() => new GlobalTable("sessions", given));
    expect(message).toBeUndefined();
  });
});
