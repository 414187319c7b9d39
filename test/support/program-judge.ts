import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { PackConfig, PolicyViolation } from "../../runtime/rehearsal/program/policy-pack.js";
import type { ProgramRun } from "../../runtime/rehearsal/program/registered.js";
import { runProgram } from "../../runtime/rehearsal/program/run-program.js";
import { startOwnPacks } from "./own-packs.js";

/** What a program would deploy, and what the packs of this package say to it. */
export interface Judged extends ProgramRun {
  readonly violations: readonly (PolicyViolation & { readonly pack: string })[];
}

/** Previews programs one after another. */
export interface ProgramJudge {
  /** Previews a program of JavaScript that imports this package by its name; packs may be configured. */
  readonly judge: (javaScript: string, packConfig?: PackConfig) => Promise<Judged>;
  readonly close: () => void;
}

export async function programJudge(
  config: Readonly<Record<string, string>> = {},
): Promise<ProgramJudge> {
  const directory = mkdtempSync(join(tmpdir(), "judged-"));
  mkdirSync(join(directory, "node_modules"));
  symlinkSync(resolve("node_modules/@pulumi"), join(directory, "node_modules/@pulumi"));
  symlinkSync(resolve("."), join(directory, "node_modules/pulumi-aws-dr"));
  writeFileSync(join(directory, "package.json"), '{"type":"module"}');
  const packs = await startOwnPacks();
  let programs = 0;
  return {
    judge: async (javaScript, packConfig) => {
      const entry = `program-${++programs}.js`;
      writeFileSync(join(directory, entry), javaScript);
      const stack = { project: "acme", stack: "preview", config, preview: true };
      const run = await runProgram({ directory, entry, ...stack });
      return { ...run, violations: await packs.judge(run, packConfig) };
    },
    close: () => {
      packs.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
