import { shellWord } from "../report/shell-word.js";

/** A shell variable whose value only the operator knows, such as the id of an execution. */
export interface Variable {
  readonly variable: string;
}

/** One argument of a command: text as it stands, or text with variables in it. */
export type Word = string | readonly (string | Variable)[];

export function variable(name: string): Variable {
  return { variable: name };
}

/** A command as a shell of the Bourne family reads it. */
export function shellLine(argv: readonly Word[]): string {
  return argv.map(quoted).join(" ");
}

/** The same arguments with values in the place of variables. Throws where one has no value. */
export function filled(
  argv: readonly Word[],
  values: Readonly<Record<string, string>>,
): readonly string[] {
  return argv.map((word) =>
    partsOf(word)
      .map((part) => (typeof part === "string" ? part : valueFor(part, values)))
      .join(""),
  );
}

/** The variables that a command needs, each once. */
export function variablesOf(argv: readonly Word[]): readonly string[] {
  const names = argv
    .flatMap(partsOf)
    .flatMap((part) => (typeof part === "string" ? [] : [part.variable]));
  return [...new Set(names)];
}

type Payload =
  | string
  | number
  | boolean
  | Variable
  | readonly Payload[]
  | { readonly [key: string]: Payload };

/** JSON as one argument. Variables may stand in the place of texts. */
export function jsonWord(payload: Payload): Word {
  const parts = json(payload);
  return parts.every((part) => typeof part === "string") ? parts.join("") : parts;
}

function json(payload: Payload): readonly (string | Variable)[] {
  if (typeof payload !== "object") return [JSON.stringify(payload)];
  if (isVariable(payload)) return ['"', payload, '"'];
  if (isList(payload)) return ["[", ...commas(payload.map(json)), "]"];
  const entries = Object.entries(payload);
  return ["{", ...commas(entries.map(([key, value]) => [`"${key}":`, ...json(value)])), "}"];
}

function commas(
  items: readonly (readonly (string | Variable)[])[],
): readonly (string | Variable)[] {
  return items.flatMap((item, index) => (index === 0 ? item : [",", ...item]));
}

function isList(payload: Payload): payload is readonly Payload[] {
  return Array.isArray(payload);
}

function isVariable(payload: object): payload is Variable {
  return "variable" in payload && typeof payload.variable === "string";
}

function quoted(word: Word): string {
  if (typeof word === "string") return shellWord(word);
  const text = word.map((part) =>
    typeof part === "string" ? part.replace(/[\\"$`]/g, "\\$&") : `\${${part.variable}}`,
  );
  return `"${text.join("")}"`;
}

function partsOf(word: Word): readonly (string | Variable)[] {
  return typeof word === "string" ? [word] : word;
}

function valueFor({ variable: name }: Variable, values: Readonly<Record<string, string>>): string {
  const value = values[name];
  if (value === undefined) throw new Error(`${name} must have a value, got none.`);
  return value;
}
