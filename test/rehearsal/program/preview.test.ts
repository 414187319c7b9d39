import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { previewEnvironment } from "../../../runtime/rehearsal/program/preview.js";
import { runProgram } from "../../../runtime/rehearsal/program/run-program.js";
import { temporaryDirectory } from "./temporary-program.js";

const example = resolve("examples/six-servers/environment.yaml");

/** The example's environment file with something else in one place. */
function changed(from: RegExp, to: string): string {
  const text = readFileSync(example, "utf8");
  if (!from.test(text)) throw new Error(`the example has nothing like ${from}`);
  const directory = temporaryDirectory({ "environment.yaml": text.replace(from, to) });
  return join(directory, "environment.yaml");
}

describe("the preview of an environment", () => {
  it("runs this package's program and its packs, and finds nothing wrong with the example", async () => {
    const report = await previewEnvironment({ environmentFile: example });

    expect(report.messages).toEqual([]);
    expect(report.violations.filter(({ level }) => level === "mandatory")).toEqual([]);
    expect(report.ok).toBe(true);
    const types = report.resources.map(({ type }) => type);
    expect(types).toContain("aws-dr:recovery:OrchestrationHub");
    expect(types).toContain("aws-dr:recovery:RecoveryPlan");
  });

  it("is refused by a mandatory rule, with the resource that breaks it", async () => {
    const report = await previewEnvironment({
      environmentFile: changed(/rtoMinutes: \d+/, "rtoMinutes: 1"),
    });

    expect(report).toMatchObject({ ok: false, succeeded: true });
    const [first] = report.violations.filter(({ level }) => level === "mandatory");
    expect(first).toMatchObject({ pack: "drs-limits", policy: "dr-plan-within-rto" });
    expect(first?.message).toMatch(/^objectives\.rtoMinutes must be at least \d+ minutes/);
    expect(first?.urn).toContain("aws-dr:recovery:RecoveryPlan");
  });

  it("tells what is wrong with the environment file, and nothing else", async () => {
    const report = await previewEnvironment({
      environmentFile: changed(/schemaVersion: 1/, "schemaVersion: 2"),
      stack: "broken",
    });

    expect(report).toMatchObject({ ok: false, succeeded: false, violations: [] });
    expect(report.messages).toHaveLength(1);
    expect(report.messages[0]?.text).toContain("schemaVersion");
    expect(report.messages[0]?.text).not.toMatch(/\n\s+at |unhandled exception/);
  });

  it("fails when a pack does not start", async () => {
    const packs = [temporaryDirectory({ "package.json": "{}" })];

    await expect(previewEnvironment({ environmentFile: example, packs })).rejects.toThrow(
      "must belong to a policy pack that starts",
    );
  });
});

describe("this package's own program in an update", () => {
  it("needs no output that the stand-in for AWS cannot compute, and places every AWS resource", async () => {
    const run = await runProgram({
      directory: resolve("."),
      entry: "dist/program/index.js",
      project: "pulumi-aws-dr",
      stack: "test",
      config: { environment: example, "pulumi:disable-default-providers": '["aws"]' },
      preview: false,
    });

    expect(run.messages).toEqual([]);
    expect(run.succeeded).toBe(true);
    const unplaced = run.resources
      .filter(({ type }) => type.startsWith("aws:"))
      .filter(({ account, region }) => account === undefined || region === undefined);
    expect(unplaced).toEqual([]);
  });
});
