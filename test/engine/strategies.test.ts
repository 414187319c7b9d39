import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { describeTier } from "../support/tier.js";
import { cellExamples, environmentOf } from "./support/examples.js";
import { changes, deployed, previewed } from "./support/preview.js";
import { ownProject, type Project, withOwnPacks } from "./support/project.js";
import { carryOut, successors } from "./support/runbook-calls.js";
import { commandsOf } from "./support/runbook-commands.js";

const password = "first-and-soon-changed";

describeTier("engine", "the stack of an environment with cells", inject("pulumiCli"), (cli) => {
  describe.each(cellExamples)("%s, step by step", (example) => {
    let project: Project;
    beforeAll(async () => {
      project = await ownProject(cli);
    });
    afterAll(() => project.close());

    async function succeed(...command: readonly string[]): Promise<string> {
      const { code, printed } = await project.pulumi(...command);
      expect(code, printed).toBe(0);
      return printed;
    }

    /** Gives the state the ids of the instances that bear the names of those that were set aside. */
    async function settleState(): Promise<void> {
      const file = join(project.folder, "state.json");
      await succeed("stack", "export", "--file", file);
      const settled = successors(project.world).reduce(
        (text, [old, made]) => text.replaceAll(old, made),
        readFileSync(file, "utf8"),
      );
      writeFileSync(file, settled);
      await succeed("stack", "import", "--file", file);
    }

    it("previews, every policy agrees, and nothing is made", async () => {
      await succeed("stack", "init", "test");
      await succeed("config", "set", "environment", environmentOf(example));
      await succeed("config", "set", "--secret", "firstPassword", password);
      const steps = await previewed(project, ...withOwnPacks);
      expect(new Set(steps.map(({ op }) => op))).toEqual(new Set(["create"]));
      expect(project.world.things).toEqual([]);
    });

    it("deploys, and has nothing to change afterwards, nor when it looks again", async () => {
      await succeed("up", "--yes", "--skip-preview");
      const made = (await deployed(project)).filter(({ type }) => type.startsWith("aws:"));
      expect(made.length).toBeGreaterThan(90);
      await succeed("preview", "--expect-no-changes");
      await succeed("refresh", "--yes", "--expect-no-changes");
    });

    it("passes the policies as it stands, and tells no password", async () => {
      const exported = await succeed("stack", "export");
      expect(exported).not.toContain(password);
      const file = join(project.folder, "exported.json");
      writeFileSync(file, exported);
      await succeed("policy", "analyze", "--file", file, ...withOwnPacks);
    });

    it.each(["failover", "failback"])("stays as the runbook's own %s leaves it", async (way) => {
      const printed = await succeed("stack", "output", "--json");
      for (const argv of commandsOf(printed, way)) carryOut(project.world, argv);
      await settleState();
      await succeed("refresh", "--yes");
      expect(await changes(project)).toEqual([]);
    });

    it("is not destroyed, not even in part, while its data is protected", async () => {
      const { things } = project.world;
      const { code, printed } = await project.pulumi("destroy", "--yes");
      expect(code).not.toBe(0);
      expect(printed).toContain("because it is protected");
      expect(project.world.things).toEqual(things);
    });
  });
});
