import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { describeTier } from "../support/tier.js";
import { environmentOf } from "./support/examples.js";
import { changes } from "./support/preview.js";
import { ownProject, type Project } from "./support/project.js";
import type { Thing } from "./support/world.js";

type Edit = (environment: string) => string;

/** Puts one passage of the environment otherwise. */
function edit(passage: string, by: string): Edit {
  return (environment) => {
    if (!environment.includes(passage)) throw new Error(`the environment must say "${passage}"`);
    return environment.replace(passage, by);
  };
}

const example = readFileSync(environmentOf("thousand-servers"), "utf8");
const name = edit("name: thousand-servers", "name: another");
const homeRegion = edit("home: us-east-1", "home: eu-west-1");
const retention = edit("  notify:", "  logRetentionDays: 90\n  notify:");
const thresholds = edit("warnAtServers: 250", "warnAtServers: 260");
const member = edit("us-west-1, tags: { Environment: production }", "us-west-1, tags: {}");
const addressee = edit("[dr@example.com]", "[dr@example.com, on-call@example.com]");
const drill = edit("0 9 ? *", "0 10 ? *");
const account = edit(
  "# Servers that are protected together",
  '  - { id: "888888888888", name: more, lanes: [{ region: us-east-1, servers: 9 }] }\n#',
);

const lanes = [
  "111111111111-us-east-1",
  "222222222222-us-west-2",
  "333333333333-us-east-2",
  "444444444444-us-west-1",
];
const alarms = ["busy", "critical", "silent", "warning"];

describeTier("engine", "a stack whose environment changes", inject("pulumiCli"), (cli) => {
  let project: Project;
  beforeAll(async () => {
    project = await ownProject(cli);
    declare(example);
    await project.pulumi("stack", "init", "test");
    await project.pulumi("config", "set", "environment", "environment.yaml");
    await deploy();
  });
  afterAll(() => project.close());

  function declare(environment: string): void {
    writeFileSync(join(project.folder, "environment.yaml"), environment);
  }

  async function deploy(): Promise<void> {
    const { code, printed } = await project.pulumi("up", "--yes", "--skip-preview");
    expect(code, printed).toBe(0);
  }

  function changesAfter(...edits: readonly Edit[]): Promise<readonly string[]> {
    declare(edits.reduce((environment, change) => change(environment), example));
    return changes(project);
  }

  it("keeps its logs when they are kept for another time", async () => {
    expect(await changesAfter(retention)).toEqual([
      "update capacity-function-logs retentionInDays",
      "update hub-data-management-logs retentionInDays",
      "update hub-execution-logs retentionInDays",
      "update hub-query-logs retentionInDays",
      "update hub-workflows-logs retentionInDays",
    ]);
  });

  it("tells policies and alarms of other thresholds, and changes nothing in the accounts", async () => {
    expect(await changesAfter(thresholds)).toEqual([
      "update capacity-alarms",
      ...lanes.map((lane) => `update capacity-alarms-warning-${lane} alarmDescription,threshold`),
      "update capacity-dashboard",
      "update capacity-dashboard-dashboard dashboardBody",
      "update spoke-staging-1",
      "update spoke-staging-2",
      "update spoke-staging-3",
      "update spoke-target",
    ]);
  });

  it("updates a group in its place when a member selects other servers", async () => {
    expect(await changesAfter(member)).toEqual([
      "update group-production",
      "update group-production-item item",
    ]);
  });

  it("subscribes one more addressee and leaves the others alone", async () => {
    expect(await changesAfter(addressee)).toEqual([
      "create hub-alarm-on-call@example.com",
      "create hub-notify-on-call@example.com",
    ]);
  });

  it("moves a drill in the calendar without touching its plan's document", async () => {
    expect(await changesAfter(drill)).toEqual([
      "update plan-everything",
      "update plan-everything-drill-1 scheduleExpression",
    ]);
  });

  it("gives another account its roles and alarms, and lets the functions take its roles", async () => {
    expect(await changesAfter(account)).toEqual([
      "create account-888888888888",
      ...alarms.map((kind) => `create capacity-alarms-${kind}-888888888888-us-east-1`),
      "create spoke-more",
      "create spoke-more-read",
      "create spoke-more-read-policy",
      "create spoke-more-recovery",
      "create spoke-more-recovery-policy",
      "update capacity",
      "update capacity-alarms",
      ...alarms.map((kind) => `update capacity-alarms-${kind} alarmRule`),
      "update capacity-dashboard",
      "update capacity-dashboard-dashboard dashboardBody",
      "update capacity-function-policy policy",
      "update execution-dashboard",
      "update execution-dashboard-dashboard dashboardBody",
      "update hub",
      "update hub-estate item",
      "update hub-execution-policy policy",
      "update hub-query-policy policy",
    ]);
  });

  it.each([
    { what: "another name", change: name },
    { what: "another home Region", change: homeRegion },
  ])("refuses $what, which would replace its tables, before it changes anything", async (given) => {
    const things = project.world.things;
    declare(given.change(example));
    const { code, printed } = await project.pulumi("up", "--yes");
    expect(code).not.toBe(0);
    for (const table of ["hub-executions", "hub-groups", "hub-plans"]) {
      expect(printed).toMatch(new RegExp(`unable to replace resource "[^"]*::${table}"`));
    }
    expect(project.world.things).toEqual(things);
  });

  it("takes all the others in one deployment, and back again, and makes no table anew", async () => {
    const { things } = project.world;
    const edits = [retention, thresholds, member, addressee, drill, account];
    const kinds = (await changesAfter(...edits)).map((change) => change.split(" ")[0]);
    expect(new Set(kinds)).toEqual(new Set(["create", "update"]));

    await deploy();
    expect(await changes(project)).toEqual([]);
    declare(example);
    await deploy();

    expect(new Set(project.world.things)).toEqual(new Set(things));
    const isTable = ({ type }: Thing) => type === "aws:dynamodb/table:Table";
    const tables = project.world.things.filter(isTable);
    for (const [place, table] of things.filter(isTable).entries())
      expect(tables[place]).toBe(table);
  });
});
