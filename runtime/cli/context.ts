import type { Environment } from "../environment/schema.js";
import { CommandFailure, exitCodes } from "./failure.js";
import type { Io } from "./io.js";
import type { Tools } from "./tools.js";

/** What every command is given. */
export interface Context {
  readonly io: Io;
  readonly tools: Tools;
}

/** Prints the one document of a `--json` run. */
export function printDocument(io: Io, document: unknown): void {
  io.stdout(`${JSON.stringify(document, null, 2)}\n`);
}

/** The environment of a file; fails with all its problems when it is not valid. */
export async function loadedEnvironment(tools: Tools, file: string): Promise<Environment> {
  const loaded = await tools.load(file);
  if ("environment" in loaded) return loaded.environment;
  const { problems, details } = loaded;
  const message = `${file} is not a valid environment file`;
  throw new CommandFailure(exitCodes.refused, message, { problems, details });
}
