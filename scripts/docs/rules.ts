import { catalogue } from "../../policies/catalogue.js";
import { code, markdownTable } from "./markdown.js";

/** One line a rule: what it asks and how strictly. */
export function rulesTable(): string {
  const rows = catalogue.map(({ rule, level, what }) => [code(rule), level, what]);
  return markdownTable(["rule", "level", "what it asks"], rows);
}

/** The rules of one pack, with what follows when one is broken. */
export function packTable(name: string): string {
  const rules = catalogue.filter(({ pack }) => pack === name);
  if (rules.length === 0) throw new Error(`pack of a generated region must exist, got "${name}".`);
  const rows = rules.map(({ rule, level, what, why }) => [code(rule), level, what, why]);
  return markdownTable(["rule", "level", "what it asks", "why"], rows);
}
