import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { nameOf } from "../../../runtime/rehearsal/program/urn.js";
import { describeTier } from "../../support/tier.js";
import { allCopies, keptNameOf } from "./argument-copies.js";
import { atRiskOf, effectOf, expectedOf, titleOf } from "./argument-effects.js";
import { bundleCopies, sourceOf } from "./argument-program.js";
import type { ArgumentTable } from "./argument-table.js";
import { shortTypeOf } from "./holds-data.js";
import { previewed, type Step } from "./preview.js";
import { type Project, projectOf } from "./project.js";

/**
 * Changes every argument of every component of the tables in a file of test/engine/arguments/: each
 * change has a copy of the component, all are deployed as one stack, and one preview tells what
 * becomes of them.
 */
export function testArguments(file: string, tables: readonly ArgumentTable[]): void {
  const copies = allCopies(tables);

  describeTier("engine", `what a changed argument does to ${file}`, inject("pulumiCli"), (cli) => {
    let project: Project;
    let steps: readonly Step[];
    beforeAll(async () => {
      project = await projectOf(cli, sourceOf("from"));
      bundleCopies(file, project.folder);
      await succeed("stack", "init", "test");
      await succeed("up", "--yes", "--skip-preview", "--parallel", "256");
      writeFileSync(join(project.folder, "index.js"), sourceOf("to"));
      steps = await previewed(project, "--parallel", "256");
    });
    afterAll(() => project.close());

    async function succeed(...command: readonly string[]): Promise<void> {
      const { code, printed } = await project.pulumi(...command);
      expect(code, errorsIn(printed)).toBe(0);
    }

    /** The steps of a copy: names of its resources begin with its own. */
    const stepsOf = (copy: string) =>
      steps.filter(({ urn }) => nameOf(urn) === copy || nameOf(urn).startsWith(`${copy}-`));
    const rowsOf = (component: string) => copies.filter((copy) => copy.component === component);

    describe.each(tables.map(({ component }) => component))("%s", (component) => {
      it.each(rowsOf(component).map((copy) => [titleOf(copy), copy] as const))("%s", (_, copy) => {
        expect(effectOf(copy, stepsOf(copy.name))).toEqual(expectedOf(copy));
      });

      it("protects by default what such a change would make anew", () => {
        const atRisk = new Set(rowsOf(component).flatMap(atRiskOf));
        const open = stepsOf(keptNameOf(component)).filter(
          ({ urn, newState }) => atRisk.has(shortTypeOf(urn)) && newState?.protect !== true,
        );
        expect(open.map(({ urn }) => nameOf(urn))).toEqual([]);
      });
    });
  });
}

/** What the CLI printed of errors: all of it would be thousands of lines. */
function errorsIn(printed: string): string {
  return printed
    .split("\n")
    .filter((line) => line.includes("error:"))
    .join("\n");
}
