import { describe, expect, test } from "vitest";
import { OrchestrationHub, type OrchestrationHubArgs } from "../../components/index.js";
import { bundles, type FunctionName } from "../../runtime/bundles.js";
import { goldenList, refusalOf, runProgram, scratchBundles } from "../support/pulumi-mocks.js";

const bundlesFolder = scratchBundles();

function lane(account: string, region: string) {
  return { account, region, accountName: `account-${account}`, declaredServers: 10 };
}

const args: OrchestrationHubArgs = {
  environment: "sample",
  account: "777788889999",
  homeRegion: "us-east-1",
  standbyRegion: "us-west-2",
  lanes: [lane("111111111111", "us-east-1"), lane("222222222222", "us-west-2")],
  externalId: "sample-777788889999",
  notify: ["dr@example.com"],
  bundlesFolder,
};

function hub(changes: Partial<OrchestrationHubArgs> = {}) {
  return () => new OrchestrationHub("hub", { ...args, ...changes });
}

describe("an orchestration hub registers", () => {
  test("what the golden list says", async () => {
    const run = await runProgram(hub());
    await expect(goldenList(run)).toMatchFileSnapshot("../golden/orchestration-hub.txt");
  });
});
