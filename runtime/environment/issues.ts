import { z } from "zod";
import { nearest } from "./nearest.js";
import { type Path, pathText, valueAt } from "./path.js";
import { type Finding, listed, nothing, quoted, shown } from "./problem.js";
import { type Wording, wordings } from "./schema.js";

/** A number as the file spells it (`0123…` reads as 123…), where the value came from a file. */
export type Spelling = (path: Path) => string | undefined;

/** A document and what it is held against. */
interface Judged {
  readonly schema: z.ZodType;
  readonly raw: unknown;
  readonly spelling: Spelling;
}

/** Everything that a value breaks of a schema, in our own words; one finding a path. */
export function schemaFindings(
  schema: z.ZodType,
  raw: unknown,
  spelling: Spelling,
): readonly Finding[] {
  const judged: Judged = { schema, raw, spelling };
  const issues = schema.safeParse(raw).error?.issues ?? [];
  const unknownKeys = issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => unknownKey(judged, pathOf(issue), key))
      : [],
  );
  const told = new Set(unknownKeys.flatMap(({ meant }) => meant ?? []));
  const values: Finding[] = [];
  for (const issue of issues) {
    const path = pathText(pathOf(issue));
    if (issue.code === "unrecognized_keys" || told.has(path)) continue;
    told.add(path);
    values.push(valueFinding(judged, issue));
  }
  return [...unknownKeys.map(({ finding }) => finding), ...values];
}

function pathOf(issue: z.core.$ZodIssue): Path {
  return issue.path.map((step) => (typeof step === "number" ? step : String(step)));
}

/** A key that nobody reads, and the path of the missing key that it most likely means. */
function unknownKey({ schema, raw }: Judged, parent: Path, key: string) {
  const known = keysOf(schemaAt(schema, parent, raw));
  const given = valueAt(raw, parent);
  const absent = known.filter((candidate) => !isGiven(given, candidate));
  const meant = nearest(key, absent) ?? nearest(key, known);
  const finding: Finding = {
    path: [...parent, key],
    rule: `one of the keys ${listed(known, "or")}`,
    got: quoted(key),
    remedy: meant === undefined ? "Remove it." : `Write ${quoted(meant)}.`,
    blames: "value",
  };
  return { finding, meant: meant === undefined ? undefined : pathText([...parent, meant]) };
}

function isGiven(parent: unknown, key: string): boolean {
  return typeof parent === "object" && parent !== null && Object.hasOwn(parent, key);
}

function valueFinding({ schema: root, raw, spelling }: Judged, issue: z.core.$ZodIssue): Finding {
  const path = pathOf(issue);
  const schema = schemaAt(root, path, raw);
  if (issue.code === "invalid_key") return tagNameFinding(root, path, raw);
  const { rule, remedy } = wordingOf(schema);
  const value = valueAt(raw, path);
  const found = (got: string, doThis: string): Finding => {
    return { path, rule, got, remedy: doThis, blames: "value" };
  };
  if (value === undefined) return found(nothing, missingRemedy(path));
  if (value === null) return found(nothing, emptyRemedy(schema));
  if (takesText(schema) && (typeof value === "number" || typeof value === "boolean")) {
    return unquoted(found, schema, value, spelling(path) ?? String(value), remedy);
  }
  const list = unwrapped(schema);
  if (list instanceof z.ZodArray && list.safeParse([value]).success) {
    return found(shown(value), `Put it in brackets: [${shown(value)}].`);
  }
  if (typeof value === "string") return found(quoted(value), textRemedy(schema, value, remedy));
  return found(
    typeof value === "number" ? (spelling(path) ?? String(value)) : shown(value),
    remedy,
  );
}

function unquoted(
  found: (got: string, remedy: string) => Finding,
  schema: z.core.$ZodType,
  value: number | boolean,
  spelt: string,
  remedy: string,
): Finding {
  const got = typeof value === "number" ? `the number ${spelt}` : `${value} without quotes`;
  const wouldDo = z.safeParse(schema, spelt).success;
  return found(got, wouldDo ? `Put it in quotes: ${quoted(spelt)}.` : remedy);
}

function textRemedy(schema: z.core.$ZodType | undefined, value: string, remedy: string): string {
  const inner = unwrapped(schema);
  if (inner instanceof z.ZodEnum) {
    const meant = nearest(value, inner.options.map(String));
    return meant === undefined ? remedy : `Write ${quoted(meant)}.`;
  }
  if (inner === undefined || value.trim() === "") return remedy;
  return z.safeParse(inner, plainValue(value)).success ? "Remove the quotes." : remedy;
}

/** What YAML would read, had the text no quotes. */
function plainValue(value: string): unknown {
  if (value === "true" || value === "false") return value === "true";
  return Number(value);
}

function tagNameFinding(root: z.ZodType, path: Path, raw: unknown): Finding {
  const key = String(path.at(-1));
  const { rule, remedy } = tagNameWording(schemaAt(root, path.slice(0, -1), raw));
  return { path, rule, got: quoted(key), remedy, blames: "value" };
}

function tagNameWording(schema: z.core.$ZodType | undefined): Wording {
  const record = unwrapped(schema);
  return wordingOf(record instanceof z.ZodRecord ? record.keyType : undefined);
}

function missingRemedy(path: Path): string {
  const parent = pathText(path.slice(0, -1));
  return `Add ${path.at(-1)} to ${parent === "" ? "the file" : parent}.`;
}

function emptyRemedy(schema: z.core.$ZodType | undefined): string {
  const canBeLeftOut = schema instanceof z.ZodOptional || schema instanceof z.ZodDefault;
  return canBeLeftOut ? "Give it a value, or remove the key." : "Give it a value.";
}

function wordingOf(schema: z.core.$ZodType | undefined): Wording {
  const inner = unwrapped(schema);
  const wording = inner === undefined ? undefined : wordings.get(inner);
  if (wording !== undefined) return wording;
  const keys = keysOf(inner);
  return {
    rule:
      keys.length === 0 ? "what the schema says" : `a mapping with the keys ${listed(keys, "and")}`,
    remedy: "Write each key on a line of its own, indented by two spaces.",
  };
}

function takesText(schema: z.core.$ZodType | undefined): schema is z.core.$ZodType {
  const inner = unwrapped(schema);
  return (
    inner instanceof z.ZodString || inner instanceof z.ZodStringFormat || inner instanceof z.ZodEnum
  );
}

function keysOf(schema: z.core.$ZodType | undefined): readonly string[] {
  const inner = unwrapped(schema);
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
}

function unwrapped(schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined {
  let inner = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault) inner = inner.unwrap();
  return inner;
}

/** The part of a schema that a path leads to; where alternatives part, the value says which is meant. */
function schemaAt(root: z.core.$ZodType, path: Path, raw: unknown): z.core.$ZodType | undefined {
  return path.reduce<z.core.$ZodType | undefined>((schema, step, index) => {
    const inner = alternativeOf(unwrapped(schema), valueAt(raw, path.slice(0, index)));
    if (inner instanceof z.ZodObject) return inner.shape[step];
    if (inner instanceof z.ZodArray) return inner.element;
    return inner instanceof z.ZodRecord ? inner.valueType : undefined;
  }, root);
}

/** The alternative that a value means, by its discriminator; where it names none, all that it may say. */
function alternativeOf(
  schema: z.core.$ZodType | undefined,
  value: unknown,
): z.core.$ZodType | undefined {
  if (!(schema instanceof z.ZodDiscriminatedUnion)) return schema;
  const name = schema.def.discriminator;
  const options = schema.options.filter((option) => option instanceof z.ZodObject);
  const said = valueAt(value, [name]);
  const words = options.map((option) => literalOf(option.shape[name]));
  const meant = options[words.indexOf(String(said))];
  const rule = `one of ${listed(words, "or")}`;
  const discriminator = z.enum(words).register(wordings, { rule, remedy: "Choose one of these." });
  return meant ?? z.object({ [name]: discriminator });
}

function literalOf(schema: unknown): string {
  return schema instanceof z.ZodLiteral ? String(schema.value) : "";
}
