import {
  type DocumentKind,
  parseDocument,
  type ReadDocument,
  readDocument,
} from "./document-file.js";
import type { Problem } from "./problem.js";
import { crossCheck } from "./references.js";
import { type Environment, environmentSchemaFor } from "./schema.js";
import { soundParts } from "./sound.js";

export { formatProblems, type Problem } from "./problem.js";

/** An environment that keeps every rule, or everything that it breaks, in order of lines. */
export type Loaded =
  | { readonly ok: true; readonly environment: Environment }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const environmentFile: DocumentKind<ReturnType<typeof environmentSchemaFor>> = {
  what: "an environment file",
  startFrom: "Start from examples/six-servers/environment.yaml.",
  schemaFor: environmentSchemaFor,
  crossCheck: (value) => crossCheck(soundParts(value)),
};

/** Reads and checks an environment file. Never throws: an unreadable file is a problem too. */
export function loadEnvironment(path: string): Loaded {
  return loaded(readDocument(environmentFile, path));
}

/** Checks the text of an environment file; problems of the whole file are called by `file`. */
export function parseEnvironment(text: string, file: string): Loaded {
  return loaded(parseDocument(environmentFile, text, file));
}

function loaded(read: ReadDocument<Environment>): Loaded {
  return read.ok ? { ok: true, environment: read.value } : read;
}
