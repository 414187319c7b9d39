import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { parseDocument } from "yaml";
import { describeTier } from "../support/tier.js";
import { environmentOf, hubExamples } from "./support/examples.js";
import { changes, deployed, previewed } from "./support/preview.js";
import { ownProject, type Project, withOwnPacks } from "./support/project.js";
import type { Thing } from "./support/world.js";

const tableType = "aws:dynamodb/table:Table";
const tableNames = ["hub-executions", "hub-groups", "hub-plans"];

/** The environment of an example, whose hub keeps its logs for another time. */
function withOtherRetention(example: string): string {
  const file = parseDocument(readFileSync(environmentOf(example), "utf8"));
  file.setIn(["hub", "logRetentionDays"], 731);
  return String(file);
}

describeTier("engine", "the stack of an environment file", inject("pulumiCli"), (cli) => {
  describe.each(hubExamples)("%s, step by step", (example) => {
    let project: Project;
    beforeAll(async () => {
      project = await ownProject(cli);
    });
    afterAll(() => project.close());

    async function expectToSucceed(...command: readonly string[]): Promise<void> {
      const { code, printed } = await project.pulumi(...command);
      expect(code, printed).toBe(0);
    }

    const tables = (): readonly Thing[] =>
      project.world.things.filter(({ type }) => type === tableType);

    it("begins with two commands", async () => {
      await expectToSucceed("stack", "init", "test");
      await expectToSucceed("config", "set", "environment", environmentOf(example));
    });

    it("previews, the policies agree, and nothing is made", async () => {
      const steps = await previewed(project, ...withOwnPacks);
      expect(new Set(steps.map(({ op }) => op))).toEqual(new Set(["create"]));
      expect(project.world.things).toEqual([]);
    });

    it("deploys in an order that AWS takes", async () => {
      await expectToSucceed("up", "--yes", "--skip-preview", ...withOwnPacks);
      const resources = await deployed(project);
      const made = resources.filter(({ type }) => type.startsWith("aws:"));
      expect(project.world.things.map(({ id }) => id).sort()).toEqual(
        made.map(({ id }) => id).sort(),
      );
    });

    it("has nothing to change afterwards", async () => {
      await expectToSucceed("preview", "--expect-no-changes");
    });

    it("finds everything as it left it", async () => {
      await expectToSucceed("refresh", "--yes", "--expect-no-changes");
    });

    it("passes the policies as it stands", async () => {
      const exported = await project.pulumi("stack", "export");
      const file = join(project.folder, "exported.json");
      writeFileSync(file, exported.stdout);
      await expectToSucceed("policy", "analyze", "--file", file, ...withOwnPacks);
    });

    it("takes another argument of its hub, and makes nothing that holds data anew", async () => {
      const kept = tables();
      writeFileSync(join(project.folder, "environment.yaml"), withOtherRetention(example));
      await expectToSucceed("config", "set", "environment", "environment.yaml");
      expect(await changes(project)).toEqual([
        "update capacity-function-logs retentionInDays",
        "update hub-data-management-logs retentionInDays",
        "update hub-execution-logs retentionInDays",
        "update hub-query-logs retentionInDays",
        "update hub-workflows-logs retentionInDays",
      ]);
      await expectToSucceed("up", "--yes", "--skip-preview", ...withOwnPacks);
      await expectToSucceed("preview", "--expect-no-changes");
      expect(kept).toHaveLength(tableNames.length);
      for (const [place, table] of tables().entries()) expect(table).toBe(kept[place]);
    });

    it("is not destroyed, not even in part, while its tables are protected", async () => {
      const things = project.world.things;
      const { code, printed } = await project.pulumi("destroy", "--yes");
      expect(code).not.toBe(0);
      for (const table of tableNames) {
        expect(printed).toMatch(
          new RegExp(`::${table}" cannot be deleted\\s+because it is protected`),
        );
      }
      expect(project.world.things).toEqual(things);
    });

    it("keeps its tables even from one who tells Pulumi to ignore their protection", async () => {
      const kept = tables();
      const { code, printed } = await project.pulumi("destroy", "--yes", "--ignore-protect");
      expect(code).not.toBe(0);
      expect(printed).toContain("currently protected against deletion");
      expect(tables()).toEqual(kept);
    });

    it("is made whole again by the next deployment", async () => {
      await expectToSucceed("up", "--yes", "--skip-preview");
      await expectToSucceed("preview", "--refresh", "--expect-no-changes");
    });

    it("is destroyed to the last resource when a person lifts both protections", async () => {
      for (const { id } of tables()) {
        project.world.change(tableType, id, { deletionProtectionEnabled: false });
      }
      await expectToSucceed("state", "unprotect", "--all", "--yes");
      await expectToSucceed("destroy", "--yes", "--skip-preview");
      expect(project.world.things).toEqual([]);
      expect(await deployed(project)).toEqual([]);
    });
  });
});
