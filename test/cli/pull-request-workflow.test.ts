import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { ran } from "./harness.js";

const file = "examples/github-actions/disaster-recovery.yml";
const text = readFileSync(file, "utf8");

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<string, { readonly steps: readonly { readonly run?: string; readonly uses?: string }[] }>
  >;
}

const workflow = parse(text) as Workflow;
const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
const commandLines = steps.flatMap(({ run = "" }) =>
  [...run.matchAll(/npx --no -- aws-dr (.+?)(?: >|$)/gm)].map(([, line = ""]) => line),
);

describe("the workflow for pull requests", () => {
  test("installs, checks and previews, in this order", () => {
    const runs = steps.map(({ run = "" }) => run);
    const at = (what: string) => runs.findIndex((run) => run.includes(what));
    expect(at("npm ci")).toBeGreaterThanOrEqual(0);
    expect(at("aws-dr check")).toBeGreaterThan(at("npm ci"));
    expect(at("aws-dr preview")).toBeGreaterThan(at("aws-dr check"));
  });

  test("uses no credentials and may only read", () => {
    expect(text).not.toMatch(/secrets\.|aws-actions|id-token|AWS_/);
    expect(workflow.permissions).toEqual({ contents: "read" });
  });

  test("calls commands and options that exist", async () => {
    expect(commandLines).toHaveLength(2);
    for (const line of commandLines) {
      const argv = line.split(" ").map((word) => (word.includes("$") ? "no-such.yaml" : word));
      const { code, stdout, stderr } = await ran(argv);
      expect(code).toBe(1);
      expect(stdout + stderr).toContain("no-such.yaml is not a valid environment file");
    }
  });
});
