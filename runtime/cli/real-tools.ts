import { declaredFleet } from "../environment/fleet.js";
import { formatProblems, loadEnvironment } from "../environment/load.js";
import type { Environment } from "../environment/schema.js";
import type { ProgramRun } from "../rehearsal/program/registered.js";
import { CommandFailure, exitCodes } from "./failure.js";
import { deployedProgram } from "./program.js";
import type { LoadedFile, PreviewedProgram, RehearsalRequest, Tools } from "./tools.js";

/** The tools that do the work. Heavy parts are loaded when a command first needs them. */
export const realTools: Tools = {
  load: (file) => Promise.resolve(loadedFile(file)),
  preview,
  rehearse: rehearseProgram,
};

function loadedFile(file: string): LoadedFile {
  const loaded = loadEnvironment(file);
  if (loaded.ok) return { environment: loaded.environment };
  return { problems: loaded.problems, details: formatProblems(file, loaded.problems) };
}

async function preview(file: string, { name }: Environment): Promise<PreviewedProgram> {
  const { previewEnvironment } = await import("../rehearsal/program/preview.js");
  return previewEnvironment({ environmentFile: file, stack: name });
}

async function rehearseProgram(request: RehearsalRequest) {
  const { environment, environmentFile, ...settings } = request;
  const { runProgram } = await import("../rehearsal/program/run-program.js");
  const { rehearse } = await import("../rehearsal/rehearse.js");
  const program = deployedProgram(environment.name, environmentFile);
  const { resources } = succeeded(await runProgram(program));
  const fleet = declaredFleet(environment);
  return rehearse({ ...settings, resources, programFolder: program.directory, fleet });
}

function succeeded(run: ProgramRun): ProgramRun {
  if (run.succeeded) return run;
  const errors = run.messages.filter(({ severity }) => severity === "error");
  const problems = errors.map(({ text }) => text);
  throw new CommandFailure(exitCodes.refused, "the program failed", { problems });
}
