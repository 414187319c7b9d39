import { join, resolve } from "node:path";
import { secretText } from "./project.js";
import type { ProgramSource } from "./run-program.js";

/** This package's own Pulumi program, built, from the package's folder. */
export const programEntry = join("dist", "program", "index.js");

/** That program configured for one environment file, as `Pulumi.yaml` and a stack do. */
export function environmentProgram(
  directory: string,
  environmentFile: string,
  stack: string,
): Omit<ProgramSource, "preview"> {
  return {
    directory,
    entry: programEntry,
    project: "pulumi-aws-dr",
    stack,
    config: {
      environment: resolve(environmentFile),
      firstPassword: secretText,
      "pulumi:disable-default-providers": '["aws"]',
    },
  };
}
