import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { ProgramSource } from "../rehearsal/program/run-program.js";
import { CommandFailure, exitCodes } from "./failure.js";
import { packageRoot } from "./version.js";

const project = "pulumi-aws-dr";
const entry = "dist/program/index.js";

/**
 * This package's own Pulumi program, configured as `Pulumi.yaml` does, to be run as a deployment of
 * one environment file: its outputs are known, nothing is deployed.
 */
export function deployedProgram(environment: string, environmentFile: string): ProgramSource {
  const directory = packageRoot();
  if (!existsSync(join(directory, entry))) {
    const message = `the program ${entry} is not built. Run "npm run build" in ${directory}`;
    throw new CommandFailure(exitCodes.refused, message);
  }
  return {
    directory,
    entry,
    project,
    stack: environment,
    config: {
      environment: resolve(environmentFile),
      "pulumi:disable-default-providers": '["aws"]',
    },
    preview: false,
  };
}
