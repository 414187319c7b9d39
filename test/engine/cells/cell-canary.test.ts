import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { describeTier } from "../../support/tier.js";
import { type CellStack, deployedCell } from "../support/cell-program.js";
import { changes } from "../support/preview.js";

const canary = "aws:synthetics/canary:Canary";

const canaries = (settings: string) => `
const { keyArns } = new dr.CellKey("key", { cell, name: "data", services: ["s3"] }, opts);
const healthUrls = {
  "us-east-1": "https://east.orders.example.com/health",
  "us-west-2": "https://west.orders.example.com/health",
};
new dr.CellCanary("canary", { cell, keyArns, healthUrls, ${settings} }, opts);
`;

describeTier("engine", "the canaries of a cell", inject("pulumiCli"), (cli) => {
  let stack: CellStack;
  beforeAll(async () => {
    stack = await deployedCell(cli, canaries(""));
  });
  afterAll(() => stack.close());

  it("have nothing to change after their deployment", async () => {
    expect(await stack.changesAfterRefresh()).toEqual([]);
  });

  it("stay stopped when somebody stopped one for a drill", async () => {
    stack.world.change(canary, "shop-orders", { startCanary: false }, "us-west-2");
    expect(await changes(stack)).toEqual([]);
    expect(await stack.changesAfterRefresh()).toEqual([]);
    await stack.succeed("up", "--yes", "--skip-preview");
    const states = stack.world.things
      .filter(({ type }) => type === canary)
      .map(({ region, inputs }) => [region, inputs.startCanary]);
    expect(Object.fromEntries(states)).toEqual({ "us-east-1": true, "us-west-2": false });
  });

  it("take other URLs, times and runtimes in their place", async () => {
    const other = 'answerSeconds: 5, runtimeVersion: "syn-nodejs-puppeteer-16.1"';
    stack.declare(canaries(other));
    expect(await changes(stack)).toEqual([
      "update canary",
      "update canary-us-east-1 runConfig,runtimeVersion",
      "update canary-us-west-2 runConfig,runtimeVersion",
    ]);
  });
});
