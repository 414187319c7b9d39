import { readFileSync } from "node:fs";
import { type Command, InvalidArgumentError } from "commander";
import { CommandFailure, exitCodes } from "./failure.js";
import type { ProjectRequest } from "./tools.js";

/** What a command is told of a Pulumi project of one's own. */
export interface ProjectOptions {
  readonly program?: string;
  readonly stack?: string;
  /** Files of outputs, by the stack that they are of. */
  readonly stackOutputs?: Readonly<Record<string, string>>;
}

/** Adds the options by which a command takes a Pulumi project instead of an environment file. */
export function withProjectOptions(command: Command): Command {
  return command
    .option("--program <folder>", "a Pulumi project of your own, instead of an environment file")
    .option("--stack <name>", "its stack; not needed where the project has one")
    .option(
      "--stack-outputs <name=file>",
      "what a StackReference of that name reads: a file of `pulumi stack output --json`; may be repeated",
      outputsFiles,
    );
}

/** What is looked at: an environment file or a project. */
export type Subject =
  | { readonly file: string; readonly project?: never }
  | { readonly file?: never; readonly project: ProjectRequest };

/** Takes the one of both that was given. Fails where none was, or both. */
export function subjectOf(
  file: string | undefined,
  { program, stack, stackOutputs = {} }: ProjectOptions,
): Subject {
  if (file !== undefined && program === undefined) return { file };
  if (file === undefined && program !== undefined) {
    const outputs = Object.entries(stackOutputs).map(([name, path]) => [name, outputsIn(path)]);
    return {
      project: {
        directory: program,
        stackOutputs: Object.fromEntries(outputs),
        ...(stack !== undefined && { stack }),
      },
    };
  }
  const got = file === undefined ? "neither" : "both";
  throw new CommandFailure(
    exitCodes.wrongUse,
    `the command must be given an environment file or --program, got ${got}. Give one of them.`,
  );
}

/** How a project is named in documents and messages. */
export function titleOf({ directory, stack }: ProjectRequest): string {
  return stack === undefined ? directory : `${directory} (${stack})`;
}

function outputsFiles(
  text: string,
  before: ProjectOptions["stackOutputs"] = {},
): ProjectOptions["stackOutputs"] {
  const [, stack, file] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (stack === undefined || file === undefined) {
    throw new InvalidArgumentError("It must be the stack's name, an equals sign and a file.");
  }
  return { ...before, [stack]: file };
}

function outputsIn(file: string): Readonly<Record<string, unknown>> {
  const rule = `--stack-outputs must name a file of "pulumi stack output --json"`;
  const wrong = (got: string) =>
    new CommandFailure(exitCodes.wrongUse, `${rule}, got ${got} in ${file}. Write it anew.`);
  let outputs: unknown;
  try {
    outputs = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
  if (typeof outputs === "object" && outputs !== null) return { ...outputs };
  throw wrong(JSON.stringify(outputs));
}
