import { z } from "zod";
import { wordings } from "../../runtime/environment/parts.js";
import { builtInProfiles } from "../../runtime/rehearsal/faults/built-in.js";
import { faultKinds } from "../../runtime/rehearsal/faults/kinds.js";
import { profileSchema } from "../../runtime/rehearsal/faults/profile.js";
import { code, markdownTable } from "./markdown.js";

/** One kind of fault as JSON Schema tells it, with the words that our messages use. */
interface Described {
  readonly properties: Readonly<Record<string, Key>>;
  readonly required: readonly string[];
}

interface Key {
  readonly const?: string;
  readonly default?: unknown;
  readonly rule?: string;
}

/** Keys that say which of those that match meet a fault; they have a table of their own. */
const selecting: readonly string[] = [
  "calls",
  "operation",
  "nth",
  "percent",
  "atMost",
  "fromSeconds",
  "forSeconds",
];

/** Every kind of fault: what it does, and with which keys. */
export function faultKindsTable(): string {
  const rows = described().map(({ properties, required }) => {
    const kind = kindOf(properties);
    const own = Object.entries(properties).filter(
      ([key]) => key !== "kind" && !selecting.includes(key),
    );
    const keys = own.map(([key, { rule, default: value }]) => {
      const fallback = value === undefined ? "" : ` (${code(String(value))})`;
      const optional = value === undefined && !required.includes(key) ? "?" : "";
      return `${code(key + optional)}: ${rule}${fallback}`;
    });
    return [code(kind), faultKinds[kind], keys.join("; ")];
  });
  return markdownTable(["kind", "what goes wrong", "its own keys (default)"], rows);
}

/** The keys by which a fault chooses whom it meets, and which kinds have them. */
export function faultSelectorsTable(): string {
  const kinds = described();
  const rows = selecting.map((key) => {
    const having = kinds.filter(({ properties }) => properties[key]);
    const rule = having[0]?.properties[key]?.rule ?? "";
    const of = having.map(({ properties }) => code(kindOf(properties))).join(", ");
    return [code(key), rule, of];
  });
  return markdownTable(["key", "must be", "of the kinds"], rows);
}

/** The built-in profiles, and how much is in each. */
export function faultProfilesTable(): string {
  const rows = Object.values(builtInProfiles).map(({ name, faults }) => {
    const kinds = [...new Set(faults.map(({ kind }) => code(kind)))];
    return [code(name), String(faults.length), kinds.join(", ")];
  });
  return markdownTable(["profile", "faults", "of the kinds"], rows);
}

function described(): readonly Described[] {
  const schema = z.toJSONSchema(profileSchema.shape.faults.element, {
    io: "input",
    metadata: wordings,
    reused: "inline",
  });
  return (schema.oneOf ?? schema.anyOf ?? []) as unknown as readonly Described[];
}

function kindOf({ kind }: Described["properties"]): keyof typeof faultKinds {
  const found = Object.keys(faultKinds).find((known) => known === kind?.const);
  if (found === undefined) throw new Error(`kind must be one of a fault, got "${kind?.const}".`);
  return found as keyof typeof faultKinds;
}
