import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { describeTier } from "../../support/tier.js";
import { type CellStack, deployedCell } from "../support/cell-program.js";
import { changes } from "../support/preview.js";

const key = (settings: string) =>
  `new dr.CellKey("key", { cell, name: "stores", services: ["s3"], multiRegion: true, ${settings} }, opts);`;

describeTier("engine", "a cell's key", inject("pulumiCli"), (cli) => {
  let stack: CellStack;
  beforeAll(async () => {
    stack = await deployedCell(cli, key(""));
  });
  afterAll(() => stack.close());

  it("changes its settings in its place", async () => {
    stack.declare(key("deletionWindowDays: 7, rotationDays: 90"));
    expect(await changes(stack)).toEqual([
      "update key",
      "update key-us-east-1 deletionWindowInDays,rotationPeriodInDays",
      "update key-us-west-2 deletionWindowInDays",
    ]);
    stack.declare(key(""));
  });

  it("stays as it is when its material is led from the other Region", async () => {
    const replica = "aws:kms/replicaKey:ReplicaKey";
    const [made] = stack.world.things.filter(({ type }) => type === replica);
    const primaryKeyArn = "arn:aws:kms:us-west-2:111122223333:key/another";
    stack.world.change(replica, String(made?.id), { primaryKeyArn });
    expect(await stack.changesAfterRefresh()).toEqual([]);
  });
});
