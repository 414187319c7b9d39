import type { z } from "zod";
import { type Definition, definitionShape } from "./definition.js";
import { meaningProblems } from "./definition-meaning.js";
import { parseJson } from "./json.js";

/** A definition that Step Functions would refuse, or that says what this interpreter does not run. */
export class UnsupportedDefinition extends Error {
  override readonly name = "UnsupportedDefinition";
}

/**
 * Reads a state machine's definition from JSON text or its value.
 *
 * @throws {UnsupportedDefinition} with all problems, each with the path of its field
 */
export function readDefinition(source: unknown): Definition {
  const value = typeof source === "string" ? parseJson(source) : source;
  const read = definitionShape.safeParse(value);
  const problems = read.success
    ? meaningProblems(read.data)
    : read.error.issues.flatMap((issue) => shapeProblems(issue, value));
  if (read.success && problems.length === 0) return read.data;
  throw new UnsupportedDefinition(problems.join("\n"));
}

type Issue = z.core.$ZodIssue;

function shapeProblems(issue: Issue, source: unknown): readonly string[] {
  const path = pathText(issue.path);
  const got = JSON.stringify(valueAt(source, issue.path)) ?? "nothing";
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map(
        (key) =>
          `${path} must have only fields that the rehearsal runs, got "${key}". ` +
          "Leave it out, or teach the interpreter.",
      );
    case "invalid_type":
      return [`${path} must be ${issue.expected}, got ${got}.`];
    case "invalid_value":
      return [`${path} must be ${listed(issue.values)}, got ${got}.`];
    case "too_small":
      return [`${path} must be ${issue.minimum} or more, got ${got}.`];
    case "too_big":
      return [`${path} must be ${issue.maximum} or less, got ${got}.`];
    case "invalid_union":
      return [`${path} must be a kind that the rehearsal runs, got ${got}.`];
    default:
      return [`${path} must be valid (${issue.message}), got ${got}.`];
  }
}

function listed(values: readonly unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join(" or ");
}

function pathText(path: readonly PropertyKey[]): string {
  const text = path.reduce<string>(
    (before, part) =>
      typeof part === "number" ? `${before}[${part}]` : `${before}.${String(part)}`,
    "",
  );
  return text.replace(/^\./, "") || "definition";
}

function valueAt(source: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === "object" && value !== null ? Reflect.get(value, part) : undefined,
    source,
  );
}
