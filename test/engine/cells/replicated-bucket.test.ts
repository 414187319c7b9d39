import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { describeTier } from "../../support/tier.js";
import { type CellStack, deployedCell } from "../support/cell-program.js";
import { changes } from "../support/preview.js";

const bucket = (settings: string) => `
const { keyArns } = new dr.CellKey("key", { cell, name: "stores", services: ["s3"] }, opts);
new dr.ReplicatedBucket("receipts", { cell, name: "receipts", keyArns, ${settings} }, opts);
`;

describeTier("engine", "a replicated bucket", inject("pulumiCli"), (cli) => {
  let stack: CellStack;
  beforeAll(async () => {
    stack = await deployedCell(cli, bucket(""));
  });
  afterAll(() => stack.close());

  it("is the same whichever Region is written to", async () => {
    expect(await stack.changesAfterRefresh()).toEqual([]);
  });

  it("changes its settings in its place", async () => {
    stack.declare(bucket("replicateDeleteMarkers: false, expireAfterDays: 400"));
    expect(await changes(stack)).toEqual([
      "update receipts",
      "update receipts-lifecycle-us-east-1 rules",
      "update receipts-lifecycle-us-west-2 rules",
      "update receipts-replication-us-east-1 rules",
      "update receipts-replication-us-west-2 rules",
    ]);
  });

  it("is locked later without being made anew", async () => {
    stack.declare(bucket("retentionYears: 7"));
    expect(await changes(stack)).toEqual([
      "create receipts-lock-us-east-1",
      "create receipts-lock-us-west-2",
      "update receipts",
      "update receipts-lifecycle-us-east-1 rules",
      "update receipts-lifecycle-us-west-2 rules",
      "update receipts-role-policy-us-east-1 policy",
      "update receipts-role-policy-us-west-2 policy",
    ]);
  });
});
