import { z } from "zod";
import { environmentSchema, wordings } from "../../runtime/environment/schema.js";
import { code, markdownTable } from "./markdown.js";

/** The parts of a JSON Schema that the table is made of, with the words that our messages use. */
interface Described {
  readonly properties?: Readonly<Record<string, Described>>;
  readonly items?: Described;
  readonly required?: readonly string[];
  readonly default?: unknown;
  readonly rule?: string;
}

/** Every key of the environment file: its path, whether it must be there, and what it must be. */
export function environmentTable(): string {
  const schema = z.toJSONSchema(environmentSchema, {
    io: "input",
    metadata: wordings,
    reused: "inline",
  });
  return markdownTable(["key", "default", "must be"], rowsOf(schema as Described, ""));
}

function rowsOf(schema: Described, path: string): string[][] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, value]) => {
    const at = path === "" ? key : `${path}.${key}`;
    const isRequired = schema.required?.includes(key) ?? false;
    const item = value.items?.properties ? value.items : value;
    const below = rowsOf(item, item === value ? at : `${at}[]`);
    return [[code(at), fallback(value, isRequired), value.rule ?? "a mapping"], ...below];
  });
}

function fallback({ default: value }: Described, isRequired: boolean): string {
  if (value !== undefined) return code(JSON.stringify(value));
  return isRequired ? "required" : "";
}
