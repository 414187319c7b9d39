import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { z } from "zod";
import { schemaFindings } from "./issues.js";
import { type Finding, nothing, type Problem, problemOf } from "./problem.js";
import { readYaml, type YamlText } from "./yaml.js";

/** What a YAML file of ours is: its schema, and what else its values must keep. */
export interface DocumentKind<Schema extends z.ZodType> {
  /** As messages name it: `an environment file`. */
  readonly what: string;
  /** What to do about an empty file, a whole sentence. */
  readonly startFrom: string;
  /** What a value must keep; some documents have several forms. */
  schemaFor(value: unknown): Schema;
  /** What the schema cannot say. Sees the value as the file has it. */
  crossCheck?(value: unknown): readonly Finding[];
}

/** A document that keeps every rule, or everything that it breaks, in order of lines. */
export type ReadDocument<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads and checks a file. Never throws: an unreadable file is a problem too. */
export function readDocument<Schema extends z.ZodType>(
  kind: DocumentKind<Schema>,
  path: string,
): ReadDocument<z.infer<Schema>> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    return refused([problemOf(unreadable(error), 1, basename(path))]);
  }
  return parseDocument(kind, text, path);
}

/** Checks a text; problems of the whole file are called by `file`. */
export function parseDocument<Schema extends z.ZodType>(
  kind: DocumentKind<Schema>,
  text: string,
  file: string,
): ReadDocument<z.infer<Schema>> {
  const fileName = basename(file);
  const yaml = readYaml(text);
  if (yaml.syntax.length > 0) return refused(syntaxProblems(yaml, fileName));
  const { value } = yaml;
  if (value === undefined || value === null) return refused([problemOf(empty(kind), 1, fileName)]);

  const schema = kind.schemaFor(value);
  const findings = [
    ...schemaFindings(schema, value, yaml.spelling),
    ...(kind.crossCheck?.(value) ?? []),
  ];
  const placed = [...repeatedKeys(yaml), ...findings.map((finding) => place(finding, yaml))];
  const parsed = schema.safeParse(value);
  if (placed.length === 0 && parsed.success) return { ok: true, value: parsed.data };
  return refused(inOrder(placed).map(({ finding, line }) => problemOf(finding, line, fileName)));
}

function refused(problems: readonly Problem[]): { ok: false; problems: readonly Problem[] } {
  return { ok: false, problems };
}

function empty({ what, startFrom }: DocumentKind<z.ZodType>): Finding {
  return { path: [], rule: what, got: "an empty file", remedy: startFrom, blames: "value" };
}

const unreadableBecause: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  EISDIR: "a directory",
  EACCES: "a file without permission to read it",
};

function unreadable(error: unknown): Finding {
  const code = error instanceof Error && "code" in error ? String(error.code) : "an unknown error";
  return {
    path: [],
    rule: "a file that can be read",
    got: unreadableBecause[code] ?? code,
    remedy: "Check the path.",
    blames: "value",
  };
}

interface Placed {
  readonly finding: Finding;
  readonly offset: number;
  readonly line: number;
}

function place(finding: Finding, yaml: YamlText): Placed {
  const at = yaml.placeOf(finding.path);
  const offset = finding.blames === "use" ? at.usedAtOffset : at.offset;
  return { finding, offset, line: yaml.lineAt(offset) };
}

function syntaxProblems(yaml: YamlText, fileName: string): readonly Problem[] {
  const placed = yaml.syntax.map(({ offset, got, remedy }) => ({
    finding: { path: [], rule: "valid YAML", got, remedy, blames: "value" } as const,
    offset,
    line: yaml.lineAt(offset),
  }));
  return firstOfEachLine(inOrder(placed)).map(({ finding, line }) =>
    problemOf(finding, line, fileName),
  );
}

/** One slip makes the parser stumble several times over the same line. */
function firstOfEachLine(placed: readonly Placed[]): readonly Placed[] {
  return placed.filter(({ line }, index) => placed[index - 1]?.line !== line);
}

function repeatedKeys(yaml: YamlText): readonly Placed[] {
  return yaml.repeatedKeys.map(({ path, offset, firstLine }) => ({
    finding: {
      path,
      rule: "given once",
      got: `it again (first on line ${firstLine})`,
      remedy: "Remove one of the two.",
      blames: "value",
    },
    offset,
    line: yaml.lineAt(offset),
  }));
}

/** By place in the file; a text that several aliases repeat is told once. */
function inOrder(placed: readonly Placed[]): readonly Placed[] {
  const told = new Set<string>();
  return placed
    .filter(({ finding: { rule, got, path }, offset }) => {
      const missing = got === nothing ? path.at(-1) : "";
      const key = JSON.stringify([offset, rule, got, missing]);
      return !told.has(key) && told.add(key);
    })
    .toSorted((some, other) => some.offset - other.offset);
}
