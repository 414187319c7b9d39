import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { describeTier } from "../../support/tier.js";
import { type CellStack, deployedCell } from "../support/cell-program.js";
import { changes } from "../support/preview.js";

const trail = "aws:cloudtrail/trail:Trail";
const arn = "arn:aws:cloudtrail:us-west-2:111122223333:trail/shop-orders-audit-us-west-2";

const audit = (settings: string) => `
new dr.AuditTrail("audit", { cell, ${settings} }, opts);
`;

describeTier("engine", "an audit trail", inject("pulumiCli"), (cli) => {
  let stack: CellStack;
  beforeAll(async () => {
    stack = await deployedCell(cli, audit(""));
  });
  afterAll(() => stack.close());

  it("has nothing to change after its deployment, whichever Region production runs in", async () => {
    expect(await stack.changesAfterRefresh()).toEqual([]);
  });

  it("turns on again when somebody stopped the proof of its files", async () => {
    stack.world.change(trail, arn, { enableLogFileValidation: false }, "us-west-2");
    expect(await stack.changesAfterRefresh()).toEqual([
      "update audit-us-west-2 enableLogFileValidation",
    ]);
    await stack.succeed("up", "--yes", "--skip-preview");
    expect(await stack.changesAfterRefresh()).toEqual([]);
  });

  it("is locked later without making trail, keys or buckets anew", async () => {
    stack.declare(audit("retentionYears: 7"));
    expect(await changes(stack)).toEqual([
      "create audit-records-lock-us-east-1",
      "create audit-records-lock-us-west-2",
      "update audit",
      "update audit-records",
      "update audit-records-lifecycle-us-east-1 rules",
      "update audit-records-lifecycle-us-west-2 rules",
      "update audit-records-role-policy-us-east-1 policy",
      "update audit-records-role-policy-us-west-2 policy",
    ]);
  });

  it("becomes one of each Region in its place, and keeps what it recorded", async () => {
    stack.declare(audit('covers: "cell"'));
    expect(await changes(stack)).toEqual([
      "create audit-us-east-1",
      "update audit",
      "update audit-records-policy-us-west-2 policy",
      "update audit-us-west-2 isMultiRegionTrail",
    ]);
  });
});
