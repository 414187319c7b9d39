import { beforeAll, describe, expect, test } from "vitest";
import {
  CellWatch,
  type CellWatchArgs,
  GlobalTable,
  ReplicatedBucket,
} from "../../../components/index.js";
import { orders } from "../../support/cells.js";
import { keyArns } from "../../support/placements.js";
import {
  goldenList,
  type MockRun,
  refusalOf,
  runProgram,
  shapeOf,
} from "../../support/pulumi-mocks.js";

const each = <T>(make: (region: string) => T) => ({
  "us-east-1": make("us-east-1"),
  "us-west-2": make("us-west-2"),
});

const args: CellWatchArgs = {
  cell: orders,
  topicArns: each((region) => `arn:aws:sns:${region}:111122223333:shop-orders-alarms`),
  canaries: each(() => "shop-orders"),
  lagAlarms: each(() => ["shop-orders-ledger-lag", "shop-orders-sessions-lag"]),
  loadBalancers: each((region) => `app/${region}/1`),
};

const store = { cell: orders, keyArns };
const metricAlarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const compositeAlarm = "aws:cloudwatch/compositeAlarm:CompositeAlarm";

function watch(changes: Partial<CellWatchArgs> = {}) {
  return () => new CellWatch("watch", { ...args, ...changes });
}

describe("a cell's watch", () => {
  let run: MockRun;
  beforeAll(async () => {
    run = await runProgram(watch());
  });

  test("registers what the golden list says", async () => {
    await expect(goldenList(run)).toMatchFileSnapshot("../golden/cell-watch.txt");
  });

  test("registers at preview what it registers at update", async () => {
    const preview = await runProgram(watch(), { preview: true });
    expect(shapeOf(preview)).toEqual(shapeOf(run));
  });

  test("tells in its contract how long it takes to ask, and repeats it in its outputs", () => {
    const [component] = run.of("aws-dr:watching:CellWatch");
    expect(component?.inputs).toMatchObject({
      decideWhen: "unhealthy",
      detectionSeconds: 180,
      errorPercent: 5,
    });
    const alarm = (region: string, key: string) =>
      `arn:aws:cloudwatch:${region}:111122223333:alarm:shop-orders-${key}`;
    expect(component?.outputs).toEqual({
      ...component?.inputs,
      decisionAlarmArns: {
        "us-east-1": alarm("us-east-1", "decide-on-us-west-2"),
        "us-west-2": alarm("us-west-2", "decide-on-us-east-1"),
      },
      replicationAlarmArns: each((region) => alarm(region, "replication")),
    });
  });

  test("asks to decide on a Region in the other one, over alarms of there alone", () => {
    const { inputs } = run.one(compositeAlarm, "watch-decide-on-us-east-1-us-west-2");
    expect(inputs).toMatchObject({
      region: "us-west-2",
      alarmRule: 'ALARM("shop-orders-unhealthy-us-east-1")',
      alarmActions: ["arn:aws:sns:us-west-2:111122223333:shop-orders-alarms"],
      actionsSuppressor: {
        alarm: "shop-orders-suspended",
        waitPeriod: 60,
        extensionPeriod: 60,
      },
    });
    const names = run
      .of(metricAlarm)
      .filter((alarm) => alarm.inputs.region === "us-west-2")
      .map((alarm) => alarm.inputs.name);
    expect(names).toContain("shop-orders-unhealthy-us-east-1");
    expect(names).toContain("shop-orders-suspended");
  });

  test("has the same alarms in both Regions, because their roles swap", () => {
    const alarmsOf = (region: string, other: string) =>
      [...run.of(metricAlarm), ...run.of(compositeAlarm)]
        .filter(({ inputs }) => inputs.region === region)
        .map(({ inputs }) => String(inputs.name ?? inputs.alarmName).replace(other, "OTHER"));
    expect(alarmsOf("us-east-1", "us-west-2")).toEqual(alarmsOf("us-west-2", "us-east-1"));
  });

  test("waits for lag as well where the surer decision is asked for", async () => {
    const surer = await runProgram(watch({ decideWhen: "unhealthy-and-lagging" }));
    expect(surer.one(compositeAlarm, "watch-decide-on-us-east-1-us-west-2").inputs.alarmRule).toBe(
      '(ALARM("shop-orders-unhealthy-us-east-1")) AND (ALARM("shop-orders-ledger-lag") OR ALARM("shop-orders-sessions-lag"))',
    );
  });

  test("joins all lag of a Region in one alarm, and makes none where nothing is copied", async () => {
    const { inputs } = run.one(compositeAlarm, "watch-replication-us-east-1");
    expect(inputs.alarmRule).toBe(
      'ALARM("shop-orders-ledger-lag") OR ALARM("shop-orders-sessions-lag")',
    );
    const { cell, topicArns, canaries } = args;
    const alone = await runProgram(() => new CellWatch("watch", { cell, topicArns, canaries }));
    expect(alone.of(compositeAlarm)).toHaveLength(2);
    expect(alone.of("aws-dr:watching:CellWatch")[0]?.outputs?.replicationAlarmArns).toEqual({});
  });

  test("says of every alarm what it means, and what no data means", () => {
    for (const { inputs } of run.of(metricAlarm)) {
      expect(inputs.alarmDescription).toMatch(/^[\w%'.,: -]+$/);
      const isHealth = String(inputs.name).includes("unhealthy");
      expect(inputs.treatMissingData).toBe(isHealth ? "missing" : "notBreaching");
    }
  });

  test("makes no second alarm of what a store watches itself", async () => {
    const whole = await runProgram(() => {
      const { lagAlarmArns } = new GlobalTable("carts", { ...store, name: "carts", hashKey: "id" });
      const receipts = new ReplicatedBucket("receipts", { ...store, name: "receipts" });
      const lagAlarms = each((region) => [
        ...(lagAlarmArns[region] ?? []),
        ...(receipts.lagAlarmArns[region] ?? []),
      ]);
      new CellWatch("watch", { ...args, lagAlarms });
    });
    const metrics = whole
      .of(metricAlarm)
      .map(({ inputs: { region, metricName, dimensions } }) =>
        JSON.stringify([region, metricName, dimensions]),
      );
    expect(new Set(metrics).size).toBe(metrics.length);
    const names = [
      "carts-lag",
      "receipts-latency-from-us-east-1",
      "receipts-latency-from-us-west-2",
    ];
    expect(whole.one(compositeAlarm, "watch-replication-us-west-2").inputs.alarmRule).toBe(
      names
        .map((key) => `ALARM("arn:aws:cloudwatch:us-west-2:111122223333:alarm:shop-orders-${key}")`)
        .join(" OR "),
    );
  });

  test("hands every metric alarm's arguments to the transform last", async () => {
    const tagged = await runProgram(
      watch({ transformAlarm: (given) => ({ ...given, tags: { team: "orders" } }) }),
    );
    for (const { inputs } of tagged.of(metricAlarm))
      expect(inputs.tags).toEqual({ team: "orders" });
  });
});

describe("a cell's watch refuses, before it creates anything,", () => {
  test.each<[string, Partial<CellWatchArgs>, readonly string[]]>([
    [
      "thresholds out of bounds",
      {
        unhealthyMinutes: 0,
        errorPercent: 101,
        suspensionMinutes: 4,
      },
      [
        "unhealthyMinutes must be 1 to 15 minutes in a row, got 0.",
        "errorPercent must be 1 to 100 percent of the requests of a minute, got 101.",
        "suspensionMinutes must be 5 to 1440 minutes, got 4.",
      ],
    ],
    [
      "a Region without canary or topic",
      { canaries: { "us-east-1": "shop-orders" }, topicArns: {} },
      [
        'topicArns must name both Regions of the cell, got none without "us-east-1". Their roles swap, so each needs its own.',
        'canaries must name both Regions of the cell, got "us-east-1" without "us-west-2". Their roles swap, so each needs its own.',
      ],
    ],
    [
      "to wait for lag that nobody watches",
      { decideWhen: "unhealthy-and-lagging", lagAlarms: each(() => []) },
      ["us-east-1", "us-west-2"].map(
        (region) =>
          `decideWhen must be "unhealthy" where no copy is watched in "${region}", got "unhealthy-and-lagging". Name alarms there in lagAlarms.`,
      ),
    ],
    [
      "more copies than one alarm joins",
      { lagAlarms: { "us-east-1": Array(101).fill("lag"), "us-west-2": [] } },
      [
        'lagAlarms must name at most 100 alarms in a Region, got 101 in "us-east-1". Join some of them in alarms of their own, and name those.',
      ],
    ],
  ])("%s", async (_title, changes, problems) => {
    const { message, children } = await refusalOf(watch(changes));
    expect(message?.split("\n")).toEqual(problems);
    expect(children).toEqual([]);
  });
});
