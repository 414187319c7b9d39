import { existsSync } from "node:fs";
import { join } from "node:path";
import { environmentProgram, programEntry } from "../rehearsal/program/environment-program.js";
import type { ProgramSource } from "../rehearsal/program/run-program.js";
import { CommandFailure, exitCodes } from "./failure.js";
import { packageRoot } from "./version.js";

/**
 * This package's own Pulumi program, to be run as a deployment of one environment file: its outputs
 * are known, nothing is deployed.
 */
export function deployedProgram(environment: string, environmentFile: string): ProgramSource {
  const directory = packageRoot();
  if (!existsSync(join(directory, programEntry))) {
    const message = `the program ${programEntry} is not built. Run "npm run build" in ${directory}`;
    throw new CommandFailure(exitCodes.refused, message);
  }
  return { ...environmentProgram(directory, environmentFile, environment), preview: false };
}
