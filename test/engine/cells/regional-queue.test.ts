import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { describeTier } from "../../support/tier.js";
import { type CellStack, deployedCell } from "../support/cell-program.js";
import { changes } from "../support/preview.js";

const queue = (settings: string) => `
const callers = ["topics"];
const { keyArns } = new dr.CellKey("key", { cell, name: "stores", services: ["sqs", "sns"], callers }, opts);
const consumerArns = {
  "us-east-1": "arn:aws:lambda:us-east-1:111122223333:function:bill",
  "us-west-2": "arn:aws:lambda:us-west-2:111122223333:function:bill",
};
const settings = { pattern: "fan-out", onRecovery: "quarantine", ${settings} };
new dr.RegionalQueue("invoices", { cell, name: "invoices", keyArns, consumerArns, ...settings }, opts);
`;

describeTier("engine", "a Regional queue", inject("pulumiCli"), (cli) => {
  let stack: CellStack;
  beforeAll(async () => {
    stack = await deployedCell(cli, queue(""));
  });
  afterAll(() => stack.close());

  it("is left alone once the consumers of the other Region have taken over", async () => {
    const type = "aws:lambda/eventSourceMapping:EventSourceMapping";
    for (const { id, region } of stack.world.things.filter((thing) => thing.type === type)) {
      stack.world.change(type, id, { enabled: region === "us-west-2" });
    }
    expect(await stack.changesAfterRefresh()).toEqual([]);
  });

  it("changes its settings in its place", async () => {
    stack.declare(queue("messageRetentionDays: 7, maxReceives: 3, onRecovery: 'purge'"));
    expect(await changes(stack)).toEqual([
      "update invoices",
      "update invoices-us-east-1 messageRetentionSeconds,redrivePolicy",
      "update invoices-us-west-2 messageRetentionSeconds,redrivePolicy",
    ]);
  });
});
