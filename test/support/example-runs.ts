import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deserialize, serialize } from "node:v8";
import { inject } from "vitest";
import { environmentProgram } from "../../runtime/rehearsal/program/environment-program.js";
import type { ProgramRun } from "../../runtime/rehearsal/program/registered.js";
import { runProgram } from "../../runtime/rehearsal/program/run-program.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

export function exampleFile(name: string): string {
  return fileURLToPath(new URL(`../../examples/${name}/environment.yaml`, import.meta.url));
}

/**
 * What the built program registers for an example. Many files of tests ask for the same few runs,
 * so each is made once, where the project has a folder to keep them in.
 */
export async function exampleRun(name: string, preview: boolean): Promise<ProgramRun> {
  const folder = inject("exampleRuns");
  if (folder === undefined) return performed(name, preview);
  const file = join(folder, `${name}-${preview ? "preview" : "update"}`);
  if (existsSync(file)) return deserialize(readFileSync(file)) as ProgramRun;
  const run = await performed(name, preview);
  const written = `${file}-${process.pid}`;
  writeFileSync(written, serialize(run));
  renameSync(written, file);
  return run;
}

function performed(name: string, preview: boolean): Promise<ProgramRun> {
  return runProgram({ ...environmentProgram(root, exampleFile(name), name), preview });
}
