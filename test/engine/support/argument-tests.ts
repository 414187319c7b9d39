import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { nameOf } from "../../../runtime/rehearsal/program/urn.js";
import { readComponents } from "../../../scripts/docs/components.js";
import { describeTier } from "../../support/tier.js";
import { allCopies, keptNameOf } from "./argument-copies.js";
import { bundleCopies, sourceOf } from "./argument-program.js";
import type { ArgumentTable, Outcome } from "./argument-table.js";
import { holdsData, shortTypeOf } from "./holds-data.js";
import { previewed, type Step } from "./preview.js";
import { type Project, projectOf } from "./project.js";

const components = readComponents(".");

const logGroup = "cloudwatch:LogGroup";

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

    describe.each(tables)("$component", (table) => {
      const { component } = table;

      it("has a row for every argument", () => {
        const documented = components.find(({ name }) => name === component);
        const names = documented?.args.map(({ name }) => name);
        expect(Object.keys(table.rows).sort()).toEqual(names?.toSorted());
      });

      it.each(rowsOf(component))("$name: $outcome.kind", ({ name, outcome }) => {
        expect(effectOf(outcome, stepsOf(name))).toEqual(expectedOf(outcome));
      });

      it("protects by default what such a change would make anew", () => {
        const atRisk = new Set(rowsOf(component).flatMap(({ outcome }) => keptTypesOf(outcome)));
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

/** What a preview would do to one copy, as far as the outcome tells of it. */
interface Effect {
  readonly isChanged: boolean;
  readonly replaced?: readonly string[];
  /** What holds data and would be made anew or deleted. */
  readonly lost: readonly string[];
}

function effectOf({ kind }: Outcome, steps: readonly Step[]): Effect {
  const typesOf = (ops: RegExp) =>
    [...new Set(steps.filter(({ op }) => ops.test(op)).map(({ urn }) => shortTypeOf(urn)))].sort();
  return {
    isChanged: steps.some(({ op }) => op !== "same"),
    ...(kind !== "refused" && { replaced: typesOf(/replace/) }),
    lost: typesOf(/replace|delete/).filter((type) => holdsData.has(type)),
  };
}

function expectedOf(outcome: Outcome): Effect {
  const isChanged = outcome.kind !== "unchanged";
  if (!("types" in outcome)) return { isChanged, replaced: [], lost: [] };
  const types = outcome.types.toSorted();
  if (outcome.kind === "refused") return { isChanged, lost: types };
  return { isChanged, replaced: types, lost: types.filter((type) => type === logGroup) };
}

/** What the engine must keep: everything with data but logs, which no component protects. */
function keptTypesOf(outcome: Outcome): readonly string[] {
  return outcome.kind === "refused" ? outcome.types.filter((type) => type !== logGroup) : [];
}
