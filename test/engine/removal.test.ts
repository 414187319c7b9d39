import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { describeTier } from "../support/tier.js";
import { changes } from "./support/preview.js";
import { type Project, projectOf } from "./support/project.js";

/** The program of README.md, with two settings more. */
const program = `
import * as aws from "@pulumi/aws";
import { Config } from "@pulumi/pulumi";
import { OrchestrationHub, ProtectionGroup, RecoveryPlan, SpokeAccount } from "pulumi-aws-dr";

const config = new Config();
const keepTables = config.getBoolean("keepTables");
const memorySize = config.getNumber("memoryMib") ?? 512;

const estate = { environment: "shop", account: "111122223333", externalId: "shop-111122223333" };
const provider = new aws.Provider("shop", { region: "eu-west-1", allowedAccountIds: [estate.account] });
const lanes = [{ account: estate.account, accountName: "shop", region: "eu-west-1", declaredServers: 120 }];
const hub = new OrchestrationHub("hub", {
  ...estate,
  homeRegion: "eu-west-1",
  lanes,
  keepTables,
  transformFunction: (fn) => ({ ...fn, memorySize }),
}, { provider });
const spoke = { ...estate, accountName: "shop", hubAccount: estate.account, lanes };
new SpokeAccount("spoke", spoke, { provider, dependsOn: hub });

const members = [{ account: estate.account, region: "eu-west-1", tags: { System: "shop" } }];
new ProtectionGroup("servers", { hub, group: { name: "servers", members } }, { provider });
const wave = { group: "servers", failedAtMostPercent: 0, deadlineMinutes: 60, expectedLaunchSeconds: 600 };
const all = { ...wave, name: "all", tags: {}, dependsOn: [] };
const plan = { name: "shop", waves: [all], objectives: { rtoMinutes: 60, rpoMinutes: 15 } };
new RecoveryPlan("plan", { hub, plan: { ...plan, reserve: { jobs: 0, servers: 0 }, pacingSeconds: 0 } }, { provider });
`;

describeTier("engine", "a program that uses the components", inject("pulumiCli"), (cli) => {
  let project: Project;
  beforeAll(async () => {
    project = await projectOf(cli, program);
    await project.pulumi("stack", "init", "test");
  });
  afterAll(() => project.close());

  async function expectToSucceed(...command: readonly string[]): Promise<void> {
    const { code, printed } = await project.pulumi(...command);
    expect(code, printed).toBe(0);
  }

  it("deploys them", async () => {
    await expectToSucceed("up", "--yes", "--skip-preview");
    expect(await changes(project)).toEqual([]);
  });

  it("updates functions that a transform gives more memory", async () => {
    await expectToSucceed("config", "set", "memoryMib", "1024");
    expect(await changes(project)).toEqual([
      "update hub-data-management memorySize",
      "update hub-execution memorySize",
      "update hub-query memorySize",
    ]);
  });

  it("unprotects its tables in their place when they need not be kept any longer", async () => {
    await expectToSucceed("config", "set", "keepTables", "false");
    await expectToSucceed("config", "rm", "memoryMib");
    expect(await changes(project)).toEqual([
      "update hub-executions deletionProtectionEnabled",
      "update hub-groups deletionProtectionEnabled",
      "update hub-plans deletionProtectionEnabled",
    ]);
    await expectToSucceed("up", "--yes", "--skip-preview");
  });

  it("is then destroyed in an order that AWS takes, to the last resource", async () => {
    await expectToSucceed("destroy", "--yes", "--skip-preview");
    expect(project.world.things).toEqual([]);
  });
});
