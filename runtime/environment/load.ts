import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { schemaFindings } from "./issues.js";
import { type Finding, nothing, type Problem, problemOf } from "./problem.js";
import { crossCheck } from "./references.js";
import { type Environment, environmentSchema } from "./schema.js";
import { soundParts } from "./sound.js";
import { readYaml, type YamlText } from "./yaml.js";

export { formatProblems, type Problem } from "./problem.js";

/** An environment that keeps every rule, or everything that it breaks, in order of lines. */
export type Loaded =
  | { readonly ok: true; readonly environment: Environment }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads and checks an environment file. Never throws: an unreadable file is a problem too. */
export function loadEnvironment(path: string): Loaded {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    return refused([problemOf(unreadable(error), 1, basename(path))]);
  }
  return parseEnvironment(text, path);
}

/** Checks the text of an environment file; problems of the whole file are called by `file`. */
export function parseEnvironment(text: string, file: string): Loaded {
  const fileName = basename(file);
  const yaml = readYaml(text);
  if (yaml.syntax.length > 0) return refused(syntaxProblems(yaml, fileName));
  const { value } = yaml;
  if (value === undefined || value === null) return refused([problemOf(empty, 1, fileName)]);

  const findings = [...schemaFindings(value, yaml.spelling), ...crossCheck(soundParts(value))];
  const placed = [...repeatedKeys(yaml), ...findings.map((finding) => place(finding, yaml))];
  const parsed = environmentSchema.safeParse(value);
  if (placed.length === 0 && parsed.success) return { ok: true, environment: parsed.data };
  return refused(inOrder(placed).map(({ finding, line }) => problemOf(finding, line, fileName)));
}

function refused(problems: readonly Problem[]): Loaded {
  return { ok: false, problems };
}

const startFromExample = "Start from examples/six-servers/environment.yaml.";

const empty: Finding = {
  path: [],
  rule: "an environment file",
  got: "an empty file",
  remedy: startFromExample,
  blames: "value",
};

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
