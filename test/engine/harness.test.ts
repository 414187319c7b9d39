import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { environmentProgram } from "../../runtime/rehearsal/program/environment-program.js";
import { secretText } from "../../runtime/rehearsal/program/project.js";
import { runProgram } from "../../runtime/rehearsal/program/run-program.js";
import { describeTier } from "../support/tier.js";
import { environmentOf, examples } from "./support/examples.js";
import { deployed, type EngineResource, previewed } from "./support/preview.js";
import { ownProject, type Project } from "./support/project.js";
import { comparable } from "./support/registered.js";

const pluginProvider = "pulumi:providers:awsx";

const byUrn = (one: { readonly urn: string }, other: { readonly urn: string }) =>
  one.urn < other.urn ? -1 : 1;

describeTier("engine", "our engine harness and Pulumi's engine", inject("pulumiCli"), (cli) => {
  describe.each(examples)("given %s", (example) => {
    const environment = environmentOf(example);
    let project: Project;
    beforeAll(async () => {
      project = await ownProject(cli);
      await project.pulumi("stack", "init", "test");
      await project.pulumi("config", "set", "environment", environment);
      await project.pulumi("config", "set", "--secret", "firstPassword", secretText);
    });
    afterAll(() => project.close());

    async function harness(preview: boolean) {
      const { resources, messages } = await runProgram({
        ...environmentProgram(project.folder, environment, "test"),
        preview,
      });
      expect(messages).toEqual([]);
      return resources.map(comparable).sort(byUrn);
    }

    it("register the same resources with the same inputs in a preview", async () => {
      const steps = await previewed(project);
      const news = steps.flatMap(({ newState }): readonly EngineResource[] =>
        newState ? [newState] : [],
      );
      const registered = await harness(true);
      const ours = registered.map((resource) => ({ ...resource, outputs: {} }));
      expect(
        news
          .map(comparable)
          .map((resource) => ({ ...resource, outputs: {} }))
          .sort(byUrn),
      ).toEqual(ours);
    });

    it("hold the same state after a deployment, outputs and all", async () => {
      const ran = await project.pulumi("up", "--yes", "--skip-preview");
      expect(ran.code, ran.printed).toBe(0);
      // The harness answers components of plugins itself, without a provider.
      const state = (await deployed(project)).filter(({ type }) => type !== pluginProvider);
      expect(state.map(comparable).sort(byUrn)).toEqual(await harness(false));
    });
  });
});
