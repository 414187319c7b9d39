import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { onTestFinished } from "vitest";
import type { ProgramRun } from "../../../runtime/rehearsal/program/registered.js";
import { type ProgramSource, runProgram } from "../../../runtime/rehearsal/program/run-program.js";

/** A directory that goes away with the test, in which packages resolve as in this repository. */
export function temporaryDirectory(files: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(tmpdir(), "program-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  symlinkSync(resolve("node_modules"), join(directory, "node_modules"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  return directory;
}

const imports = `
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
`;

/** Writes an ESM program and runs it; in update mode unless told otherwise. */
export function runText(
  program: string,
  settings: Partial<ProgramSource> = {},
): Promise<ProgramRun> {
  const directory = temporaryDirectory({
    "package.json": JSON.stringify({ type: "module", main: "index.js" }),
    "index.js": imports + program,
  });
  const source = { project: "shop", stack: "test", config: {}, preview: false };
  return runProgram({ directory, ...source, ...settings });
}

/** The resource of that Pulumi name. */
export function named(run: ProgramRun, name: string) {
  const found = run.resources.find((resource) => resource.name === name);
  if (found === undefined) throw new Error(`no resource "${name}" among ${names(run).join(", ")}`);
  return found;
}

export function names(run: ProgramRun): readonly string[] {
  return run.resources.map((resource) => resource.name);
}
