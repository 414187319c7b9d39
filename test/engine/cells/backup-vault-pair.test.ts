import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { describeTier } from "../../support/tier.js";
import { type CellStack, deployedCell } from "../support/cell-program.js";
import { changes } from "../support/preview.js";

const pair = (settings: string) => `
const { keyArns } = new dr.CellKey("key", { cell, name: "stores", services: ["backup"] }, opts);
const restoreRoleArn = "arn:aws:iam::111122223333:role/restore";
new dr.BackupVaultPair("backups", { cell, name: "backups", keyArns, stores: ["dynamodb"], restoreRoleArn, ${settings} }, opts);
`;

describeTier("engine", "a pair of backup vaults", inject("pulumiCli"), (cli) => {
  let stack: CellStack;
  beforeAll(async () => {
    stack = await deployedCell(cli, pair(""));
  });
  afterAll(() => stack.close());

  it("is the same whichever Region is backed up", async () => {
    expect(await stack.changesAfterRefresh()).toEqual([]);
  });

  it("keeps its vaults when backups are kept for another time", async () => {
    stack.declare(pair("keepBackupsDays: 90"));
    expect(await changes(stack)).toEqual([
      "update backups",
      "update backups-plan-us-east-1 rules",
      "update backups-plan-us-west-2 rules",
    ]);
  });

  it("keeps its vaults when they are locked later", async () => {
    stack.declare(pair('lockMode: "compliance", keepBackupsDays: 2557'));
    expect(await changes(stack)).toEqual([
      "create backups-lock-us-east-1",
      "create backups-lock-us-west-2",
      "update backups",
      "update backups-plan-us-east-1 rules",
      "update backups-plan-us-west-2 rules",
    ]);
  });
});
