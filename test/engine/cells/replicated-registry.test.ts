import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { describeTier } from "../../support/tier.js";
import { type CellStack, deployedCell } from "../support/cell-program.js";
import { changes } from "../support/preview.js";

const registry = (settings: string) => `
const { keyArns } = new dr.CellKey("key", { cell, name: "stores", services: ["ecr"] }, opts);
new dr.ReplicatedRegistry("images", { cell, name: "images", keyArns, repositories: ["api"], ${settings} }, opts);
`;

describeTier("engine", "a replicated registry", inject("pulumiCli"), (cli) => {
  let stack: CellStack;
  beforeAll(async () => {
    stack = await deployedCell(cli, registry(""));
  });
  afterAll(() => stack.close());

  it("is the same whichever Region is pushed to", async () => {
    expect(await stack.changesAfterRefresh()).toEqual([]);
  });

  it("keeps its repositories when other settings change", async () => {
    stack.declare(registry("keepImages: 50, otherPrefixes: ['shared/']"));
    expect(await changes(stack)).toEqual([
      "replace images-api-lifecycle-us-east-1 policy",
      "replace images-api-lifecycle-us-west-2 policy",
      "update images",
      "update images-replication-us-east-1 replicationConfiguration",
      "update images-replication-us-west-2 replicationConfiguration",
      "update images-template-us-east-1 lifecyclePolicy",
      "update images-template-us-west-2 lifecyclePolicy",
    ]);
  });
});
