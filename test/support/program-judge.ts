import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startPack } from "../../runtime/rehearsal/program/pack-process.js";
import { analyzeWith, type PolicyViolation } from "../../runtime/rehearsal/program/policy-pack.js";
import type { ProgramRun } from "../../runtime/rehearsal/program/registered.js";
import { runProgram } from "../../runtime/rehearsal/program/run-program.js";

/** What a program would deploy, and what the packs of this package say to it. */
export interface Judged extends ProgramRun {
  readonly violations: readonly PolicyViolation[];
}

/** Previews programs one after another. */
export interface ProgramJudge {
  /** Previews a program of JavaScript that imports this package by its name. */
  readonly judge: (javaScript: string) => Promise<Judged>;
  readonly close: () => void;
}

/** Starts every built pack once: starting them for each program would take longer than the programs. */
export async function programJudge(
  config: Readonly<Record<string, string>> = {},
): Promise<ProgramJudge> {
  const directory = mkdtempSync(join(tmpdir(), "judged-"));
  mkdirSync(join(directory, "node_modules"));
  symlinkSync(resolve("node_modules/@pulumi"), join(directory, "node_modules/@pulumi"));
  symlinkSync(resolve("."), join(directory, "node_modules/pulumi-aws-dr"));
  writeFileSync(join(directory, "package.json"), '{"type":"module"}');
  const packs = await Promise.all(builtPacks().map(startPack));
  let programs = 0;
  return {
    judge: async (javaScript) => {
      const entry = `program-${++programs}.js`;
      writeFileSync(join(directory, entry), javaScript);
      const stack = { project: "acme", stack: "preview", config, preview: true };
      const run = await runProgram({ directory, entry, ...stack });
      const reports = await Promise.all(packs.map((pack) => analyzeWith(pack, run)));
      return { ...run, violations: reports.flatMap(({ violations }) => violations) };
    },
    close: () => {
      for (const pack of packs) pack.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function builtPacks(): readonly string[] {
  return readdirSync("dist/policies", { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => resolve("dist/policies", name));
}
