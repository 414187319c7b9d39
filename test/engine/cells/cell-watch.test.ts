import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { describeTier } from "../../support/tier.js";
import { type CellStack, deployedCell } from "../support/cell-program.js";
import { changes } from "../support/preview.js";

const watch = (settings: string) => `
const key = new dr.CellKey("key", { cell, name: "alarms", services: ["sns"], callers: ["alarms"] }, opts);
const { topicArns } = new dr.CellTopics("topics", { cell, keyArns: key.keyArns }, opts);
const { keyArns } = new dr.CellKey("data", { cell, name: "data", services: ["dynamodb"] }, opts);
const { lagAlarmArns } = new dr.GlobalTable("sessions", { cell, name: "sessions", keyArns, hashKey: "id" }, opts);
new dr.CellWatch("watch", {
  cell, topicArns, lagAlarms: lagAlarmArns,
  canaries: { "us-east-1": "west", "us-west-2": "east" },
  ${settings}
}, opts);
`;

describeTier("engine", "the watch of a cell", inject("pulumiCli"), (cli) => {
  let stack: CellStack;
  beforeAll(async () => {
    stack = await deployedCell(cli, watch(""));
  });
  afterAll(() => stack.close());

  it("is the same after the roles of its Regions have swapped", async () => {
    expect(await stack.changesAfterRefresh()).toEqual([]);
  });

  it("changes thresholds in their place", async () => {
    stack.declare(watch("errorPercent: 10, unhealthyMinutes: 5"));
    expect(await changes(stack)).toEqual([
      "update watch",
      "update watch-unhealthy-us-east-1-us-west-2 alarmDescription,evaluationPeriods",
      "update watch-unhealthy-us-west-2-us-east-1 alarmDescription,evaluationPeriods",
    ]);
  });
});
