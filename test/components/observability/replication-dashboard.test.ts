import { beforeAll, describe, expect, test } from "vitest";
import { ReplicationDashboard, type ReplicationDashboardArgs } from "../../../components/index.js";
import { orders } from "../../support/cells.js";
import { bodyOf, dashboardType, drawnIn, expectToBeReadable } from "../../support/dashboards.js";
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
const alarm = (region: string, name: string) =>
  `arn:aws:cloudwatch:${region}:111122223333:alarm:shop-orders-${name}`;

const args: ReplicationDashboardArgs = {
  cell: orders,
  decisionAlarmArns: each((region) => alarm(region, "decide")),
  lagAlarmArns: each((region) => [alarm(region, "replication")]),
  canaries: each(() => "shop-orders"),
  loadBalancers: each((region) => `app/${region}/1`),
  databases: ["ledger"],
  replicas: ["reports"],
  caches: [{ name: "carts", shards: 1, replicasPerShard: 1 }],
  tables: ["sessions"],
  buckets: ["receipts"],
  queues: ["payments"],
};

function dashboard(changes: Partial<ReplicationDashboardArgs> = {}) {
  return () => new ReplicationDashboard("replication", { ...args, ...changes });
}

describe("a replication dashboard", () => {
  let run: MockRun;
  beforeAll(async () => {
    run = await runProgram(dashboard());
  });

  test("registers what the golden list says", async () => {
    await expect(goldenList(run)).toMatchFileSnapshot("../golden/replication-dashboard.txt");
  });

  test("registers at preview what it registers at update, and shows policies the same bodies", async () => {
    const preview = await runProgram(dashboard(), { preview: true });
    expect(shapeOf(preview)).toEqual(shapeOf(run));
    for (const name of ["replication-us-east-1", "replication-us-west-2"]) {
      expect(bodyOf(preview, name)).toEqual(bodyOf(run, name));
    }
  });

  test("repeats its contract in its outputs", () => {
    const [component] = run.of("aws-dr:observability:ReplicationDashboard");
    expect(component?.inputs).toMatchObject({
      cell: "orders",
      dashboardName: "shop-orders-replication",
      lagSeconds: 5,
      backlogSeconds: 900,
      caches: [{ name: "carts", shards: 1, replicasPerShard: 1 }],
    });
    expect(component?.outputs).toEqual({
      ...component?.inputs,
      dashboardNames: each((region) => `shop-orders-replication-${region}`),
    });
  });

  test.each(["us-east-1", "us-west-2"])("is made through %s, and begins with it", (region) => {
    const name = `replication-${region}`;
    expect(run.one(dashboardType, name).inputs.region).toBe(region);
    const body = bodyOf(run, name);
    expectToBeReadable(body);
    const regions = body.widgets.flatMap(({ properties }) =>
      "region" in properties ? [properties.region] : [],
    );
    const half = regions.length / 2;
    expect(new Set(regions.slice(0, half))).toEqual(new Set([region]));
    expect(new Set(regions.slice(half)).size).toBe(1);
  });

  test("reads in each half nothing of the other Region", () => {
    for (const { type, properties } of bodyOf(run, "replication-us-west-2").widgets) {
      if (type === "alarm") {
        const regions = properties.alarms.map((arn) => arn.split(":")[3]);
        expect(new Set(regions).size).toBe(1);
      }
      if (type === "metric") {
        const drawn = (properties.metrics ?? []).map((one) => Object(one.at(-1)));
        expect(drawn.filter(({ region }) => region !== undefined)).toEqual([]);
      }
    }
  });

  test("shows both Regions' decision alarms, each beside its alarms of lag", () => {
    const alarms = bodyOf(run, "replication-us-west-2").widgets.flatMap(({ type, properties }) =>
      type === "alarm" ? [properties.alarms] : [],
    );
    expect(alarms).toEqual([
      [alarm("us-west-2", "decide"), alarm("us-west-2", "replication")],
      [alarm("us-east-1", "decide"), alarm("us-east-1", "replication")],
    ]);
  });

  test("shows as many alarms as a watch joins, in widgets that hold a hundred each", async () => {
    const many = Array.from({ length: 100 }, (_, index) => alarm("us-east-1", `lag-${index}`));
    const full = await runProgram(dashboard({ lagAlarmArns: each(() => many) }));
    const shown = bodyOf(full, "replication-us-east-1").widgets.flatMap(({ type, properties }) =>
      type === "alarm" ? [properties.alarms.length] : [],
    );
    expect(shown).toEqual([100, 1, 100, 1]);
  });

  test("draws a line where lag is late, in the unit of each metric", () => {
    const lines = bodyOf(run, "replication-us-east-1").widgets.flatMap(({ type, properties }) => {
      if (type !== "metric" || properties.region !== "us-east-1") return [];
      const value = properties.annotations?.horizontal?.map((mark) => Object(mark).value);
      return value ? [[properties.title, ...value]] : [];
    });
    expect(lines).toEqual([
      ["Global databases: lag, milliseconds", 5_000],
      ["Replicas: lag, seconds", 5],
      ["Caches: lag, seconds", 5],
      ["Tables: lag to us-west-2, milliseconds", 5_000],
      ["Buckets: seconds behind", 900],
    ]);
  });

  test("shows alarms alone where a cell copies nothing that it knows", async () => {
    const { cell, decisionAlarmArns } = args;
    const bare = await runProgram(
      () => new ReplicationDashboard("replication", { cell, decisionAlarmArns }),
    );
    const body = bodyOf(bare, "replication-us-east-1");
    expect(body.widgets.map(({ type }) => type)).toEqual(["text", "alarm", "text", "alarm"]);
    expect(drawnIn(body)).toEqual([]);
  });
});

describe("a replication dashboard refuses, before it creates anything,", () => {
  test("values that break their rules", async () => {
    const { message, children } = await refusalOf(
      dashboard({
        decisionAlarmArns: {},
        canaries: { "us-east-1": "shop-orders" },
        dashboardName: "a b",
        lagSeconds: 0,
        backlogSeconds: 59,
        caches: [{ name: "carts", shards: 17, replicasPerShard: 6 }],
      }),
    );
    expect(message?.split("\n")).toEqual([
      'decisionAlarmArns must name both Regions of the cell, got none without "us-east-1". Their roles swap, so each needs its own.',
      'canaries must name both Regions of the cell, got "us-east-1" without "us-west-2". Their roles swap, so each needs its own.',
      'dashboardName must be 1 to 255 letters, digits, hyphens and underscores, got "a b-us-east-1".',
      "lagSeconds must be 1 to 900 seconds, got 0.",
      "backlogSeconds must be 60 to 900 seconds, got 59.",
      "caches[0].shards must be 1 to 16 shards, got 17.",
      "caches[0].replicasPerShard must be 1 to 5 replicas a shard, got 6.",
    ]);
    expect(children).toEqual([]);
  });
});
