import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { describeTier } from "../support/tier.js";
import { environmentOf } from "./support/examples.js";
import { changes } from "./support/preview.js";
import { ownProject, type Project } from "./support/project.js";
import type { Thing } from "./support/world.js";

const role = "aws:iam/role:Role";
const table = "aws:dynamodb/table:Table";
const lambda = "aws:lambda/function:Function";
const item = "aws:dynamodb/tableItem:TableItem";
const logGroup = "aws:cloudwatch/logGroup:LogGroup";

const open = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }],
});

describeTier("engine", "what somebody changed by hand", inject("pulumiCli"), (cli) => {
  let project: Project;
  let declared: readonly Thing[];
  beforeAll(async () => {
    project = await ownProject(cli);
    await project.pulumi("stack", "init", "test");
    await project.pulumi("config", "set", "environment", environmentOf("six-servers"));
    await expectToSucceed("up", "--yes", "--skip-preview");
    declared = project.world.things;
  });
  afterAll(() => project.close());

  async function expectToSucceed(...command: readonly string[]): Promise<string> {
    const { code, printed } = await project.pulumi(...command);
    expect(code, printed).toBe(0);
    return printed;
  }

  it("is not seen by a deployment that looks at its own state alone", async () => {
    project.world.change(role, "dr-six-servers-spoke-read", { assumeRolePolicy: open });
    expect(await changes(project)).toEqual([]);
  });

  it("is shown by a refresh, and put back by the next deployment", async () => {
    project.world.change(table, "dr-six-servers-executions", { deletionProtectionEnabled: false });
    project.world.change(lambda, "dr-six-servers-execution", { reservedConcurrentExecutions: 1 });
    project.world.change(item, "dr-six-servers-protection-groups|name|shop", { item: "{}" });

    const printed = await expectToSucceed("refresh", "--yes");
    expect(printed).toMatch(/~ +4 updated/);
    expect(await changes(project)).toEqual([
      "update group-shop-item item",
      "update hub-execution reservedConcurrentExecutions",
      "update hub-executions deletionProtectionEnabled",
      "update spoke-shop-read assumeRolePolicy",
    ]);
    await expectToSucceed("up", "--yes", "--skip-preview");
    expect(project.world.things).toEqual(declared);
  });

  it("is made again where it was removed, and what hangs on it is left alone", async () => {
    project.world.remove(logGroup, "/aws/lambda/dr-six-servers-query");
    await expectToSucceed("refresh", "--yes");
    expect(await changes(project)).toEqual(["create hub-query-logs"]);
    await expectToSucceed("up", "--yes", "--skip-preview");
    await expectToSucceed("preview", "--refresh", "--expect-no-changes");
  });
});
