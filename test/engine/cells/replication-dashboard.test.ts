import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { describeTier } from "../../support/tier.js";
import { type CellStack, deployedCell } from "../support/cell-program.js";
import { changes } from "../support/preview.js";

const dashboards = (settings: string) => `
const key = new dr.CellKey("key", { cell, name: "data", services: ["sns", "dynamodb"], callers: ["alarms"] }, opts);
const { topicArns } = new dr.CellTopics("topics", { cell, keyArns: key.keyArns }, opts);
new dr.GlobalTable("sessions", { cell, name: "sessions", hashKey: "id", keyArns: key.keyArns }, opts);
const canaries = { "us-east-1": "west", "us-west-2": "east" };
const { decisionAlarmArns } = new dr.CellWatch("watch", { cell, topicArns, canaries }, opts);
new dr.ReplicationDashboard("page", { cell, decisionAlarmArns, canaries, ${settings} }, opts);
`;

describeTier("engine", "the dashboards of a cell", inject("pulumiCli"), (cli) => {
  let stack: CellStack;
  beforeAll(async () => {
    stack = await deployedCell(cli, dashboards('tables: ["sessions"]'));
  });
  afterAll(() => stack.close());

  it("are the same after the roles of its Regions have swapped", async () => {
    expect(await stack.changesAfterRefresh()).toEqual([]);
  });

  it("show another store and another bound in their place", async () => {
    stack.declare(dashboards('tables: ["sessions"], buckets: ["receipts"], lagSeconds: 10'));
    expect(await changes(stack)).toEqual([
      "update page",
      "update page-us-east-1 dashboardBody",
      "update page-us-west-2 dashboardBody",
    ]);
  });

  it("are made anew under another name, which takes nothing away that holds data", async () => {
    stack.declare(dashboards('tables: ["sessions"], dashboardName: "ours"'));
    expect(await changes(stack)).toEqual([
      "replace page-us-east-1 dashboardName",
      "replace page-us-west-2 dashboardName",
      "update page",
    ]);
  });
});
