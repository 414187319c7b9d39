import type { ProgramRun, RegisteredResource } from "../rehearsal/program/registered.js";
import type { ProgramSource } from "../rehearsal/program/run-program.js";
import { CommandFailure, exitCodes } from "./failure.js";
import { programErrors } from "./program-errors.js";
import type { ProjectRequest } from "./tools.js";

/** A project's program with the configuration of its stack, and what is odd about them. */
export async function stackOf({ directory, stack, stackOutputs }: ProjectRequest) {
  const { projectStack } = await import("../rehearsal/program/project.js");
  const { source, warnings } = projectStack(directory, stack);
  return { source: { ...source, stackOutputs }, warnings };
}

/** What a program registers, and the folder from which its relative paths are taken. */
export interface RunProgram {
  readonly resources: readonly RegisteredResource[];
  readonly programFolder: string;
}

/** Runs a program; fails with its errors where it does. */
export async function registeredBy(program: ProgramSource): Promise<RunProgram> {
  const { runProgram } = await import("../rehearsal/program/run-program.js");
  const { resources } = succeeded(await runProgram(program));
  return { resources, programFolder: program.directory };
}

function succeeded(run: ProgramRun): ProgramRun {
  if (run.succeeded) return run;
  const problems = programErrors(run.messages);
  throw new CommandFailure(exitCodes.refused, "the program failed", { problems });
}
