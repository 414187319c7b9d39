import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { describeTier } from "../../support/tier.js";
import { type CellStack, deployedCell } from "../support/cell-program.js";
import { changes } from "../support/preview.js";

const secret = (settings: string) => `
const { keyArns } = new dr.CellKey("key", { cell, name: "stores", services: ["secretsmanager"] }, opts);
const rotationFunctionArn = "arn:aws:lambda:us-east-1:111122223333:function:rotate";
new dr.ReplicatedSecret("database", { cell, name: "database", keyArns, rotationFunctionArn, ${settings} }, opts);
`;

describeTier("engine", "a replicated secret", inject("pulumiCli"), (cli) => {
  let stack: CellStack;
  beforeAll(async () => {
    stack = await deployedCell(cli, secret(""));
  });
  afterAll(() => stack.close());

  it("is left alone once its replica was set free to be changed in the other Region", async () => {
    const type = "aws:secretsmanager/secret:Secret";
    const [made] = stack.world.things.filter((thing) => thing.type === type);
    stack.world.change(type, String(made?.id), { replicas: [] });
    expect(await stack.changesAfterRefresh()).toEqual([]);
  });

  it("changes its settings in its place", async () => {
    stack.declare(secret("recoveryWindowDays: 7, rotateEveryDays: 7"));
    expect(await changes(stack)).toEqual([
      "update database",
      "update database-rotation-us-east-1 rotationRules",
      "update database-us-east-1 recoveryWindowInDays",
    ]);
  });
});
