import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { describeTier } from "../support/tier.js";
import { deployed, previewed } from "./support/preview.js";
import { drsLimits, ownProject, type Project } from "./support/project.js";

describeTier("engine", "the stack of an environment file", inject("pulumiCli"), (cli) => {
  describe.each(["six-servers", "thousand-servers"])("%s, step by step", (example) => {
    let project: Project;
    beforeAll(async () => {
      project = await ownProject(cli);
    });
    afterAll(() => project.close());

    it("begins with two commands", async () => {
      const file = `examples/${example}/environment.yaml`;
      for (const command of [
        ["stack", "init", "test"],
        ["config", "set", "environment", file],
      ]) {
        expect(await project.pulumi(...command)).toMatchObject({ code: 0 });
      }
    });

    it("previews, the policies agree, and nothing is made", async () => {
      const steps = await previewed(project, "--policy-pack", drsLimits);
      expect(new Set(steps.map(({ op }) => op))).toEqual(new Set(["create"]));
      expect(project.world.things).toEqual([]);
    });

    it("deploys in an order that AWS takes", async () => {
      const ran = await project.pulumi("up", "--yes", "--skip-preview", "--policy-pack", drsLimits);
      expect(ran.code, ran.printed).toBe(0);
      const resources = await deployed(project);
      const made = resources.filter(({ type }) => type.startsWith("aws:"));
      expect(project.world.things.map(({ id }) => id).sort()).toEqual(
        made.map(({ id }) => id).sort(),
      );
    });

    it("has nothing to change afterwards", async () => {
      const ran = await project.pulumi("preview", "--expect-no-changes");
      expect(ran.code, ran.printed).toBe(0);
    });

    it("finds everything as it left it", async () => {
      const ran = await project.pulumi("refresh", "--yes", "--expect-no-changes");
      expect(ran.code, ran.printed).toBe(0);
    });

    it("passes the policies as it stands", async () => {
      const exported = await project.pulumi("stack", "export");
      const file = join(project.folder, "exported.json");
      writeFileSync(file, exported.stdout);
      const ran = await project.pulumi(
        "policy",
        "analyze",
        "--file",
        file,
        "--policy-pack",
        drsLimits,
      );
      expect(ran.code, ran.printed).toBe(0);
    });

    it("is not destroyed, not even in part, while its tables are protected", async () => {
      const things = project.world.things;
      const { code, printed } = await project.pulumi("destroy", "--yes");
      expect(code).not.toBe(0);
      for (const table of ["hub-executions", "hub-groups", "hub-plans"]) {
        expect(printed).toMatch(
          new RegExp(`::${table}" cannot be deleted\\s+because it is protected`),
        );
      }
      expect(project.world.things).toEqual(things);
    });

    it("keeps its tables even from one who tells Pulumi to ignore their protection", async () => {
      const tables = () => project.world.things.filter(({ type }) => type.endsWith(":Table"));
      const kept = tables();
      const { code, printed } = await project.pulumi("destroy", "--yes", "--ignore-protect");
      expect(code).not.toBe(0);
      expect(printed).toContain("currently protected against deletion");
      expect(tables()).toEqual(kept);
    });
  });
});
