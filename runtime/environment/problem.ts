import { type Path, pathText } from "./path.js";

/** One thing that is wrong with an environment file, as a person and as a program read it. */
export interface Problem {
  /** As the user would type it: `plans[0].waves[1].dependsOn[0]`. Empty for the file as a whole. */
  readonly path: string;
  /** First line is 1. */
  readonly line: number;
  /** What the value must be. */
  readonly rule: string;
  /** What it is, as the message prints it; absent where there is none. */
  readonly value?: string;
  /** What to do, a whole sentence. */
  readonly remedy: string;
  /** `<path> must be <rule>, got <value>. <remedy>` */
  readonly message: string;
}

/** A problem before its line is known. */
export interface Finding {
  readonly path: Path;
  readonly rule: string;
  /** As the message prints it: text quoted, `nothing` where there is none. */
  readonly got: string;
  readonly remedy: string;
  /** Where a value is wrong because of where it is used, an alias is the place to look at. */
  readonly blames: "value" | "use";
}

/** What the message says where nothing was given. */
export const nothing = "nothing";

/** Gives a finding its line and its sentence; `fileName` stands for the path of the whole file. */
export function problemOf(finding: Finding, line: number, fileName: string): Problem {
  const { rule, got, remedy } = finding;
  const path = pathText(finding.path);
  return {
    path,
    line,
    rule,
    ...(got === nothing ? {} : { value: got }),
    remedy,
    message: `${path === "" ? fileName : path} must be ${rule}, got ${got}. ${remedy}`,
  };
}

/** One line a problem, `<file>:<line>: <message>`, as editors and terminals link it. */
export function formatProblems(file: string, problems: readonly Problem[]): string {
  return problems.map(({ line, message }) => `${file}:${line}: ${message}`).join("\n");
}

/** A value as messages print it. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) return nothing;
  if (typeof value === "string") return quoted(value);
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return "a mapping";
  return String(value);
}

const longestShown = 80;

/** Text in quotes, cut where it would drown the message. */
export function quoted(text: string): string {
  const whole = JSON.stringify(text);
  return whole.length <= longestShown ? whole : `${whole.slice(0, longestShown - 2)}…"`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[], last: "and" | "or"): string {
  if (words.length <= 1) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}
