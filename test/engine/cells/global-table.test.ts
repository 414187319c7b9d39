import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { describeTier } from "../../support/tier.js";
import { type CellStack, deployedCell } from "../support/cell-program.js";
import { changes } from "../support/preview.js";

const table = (settings: string) => `
const { keyArns } = new dr.CellKey("key", { cell, name: "stores", services: ["dynamodb"] }, opts);
new dr.GlobalTable("sessions", { cell, name: "sessions", keyArns, hashKey: "session", ${settings} }, opts);
`;

describeTier("engine", "a global table", inject("pulumiCli"), (cli) => {
  let stack: CellStack;
  beforeAll(async () => {
    stack = await deployedCell(cli, table(""));
  });
  afterAll(() => stack.close());

  it("is the same whichever Region is written to", async () => {
    expect(await stack.changesAfterRefresh()).toEqual([]);
  });

  it("takes a time to live, an index and another class in its place", async () => {
    const index = '{ name: "by-customer", hashKey: "customer" }';
    const transform = "(given) => ({ ...given, tableClass: 'STANDARD_INFREQUENT_ACCESS' })";
    stack.declare(
      table(`ttlAttribute: "expiresAt", indexes: [${index}], transformTable: ${transform}`),
    );
    expect(await changes(stack)).toEqual([
      "update sessions",
      "update sessions-us-east-1 attributes,globalSecondaryIndexes,tableClass,ttl",
    ]);
  });

  it("refuses another key, which would be another table", async () => {
    const { things } = stack.world;
    stack.declare(table('rangeKey: "startedAt"'));
    const { code, printed } = await stack.pulumi("up", "--yes");
    expect(code).not.toBe(0);
    expect(printed).toMatch(/unable to replace resource "[^"]*::sessions-us-east-1"/);
    expect(stack.world.things).toEqual(things);
  });
});
