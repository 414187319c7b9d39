import { notEmulated } from "../../runtime/rehearsal/emulator/not-emulated.js";
import { unknowns } from "../../runtime/rehearsal/services/drs/switches.js";
import { code, markdownTable } from "./markdown.js";

/** What the DRS emulator does where AWS's documentation leaves room, and how sure that is. */
export function switchesTable(): string {
  const rows = unknowns.map(({ name, default: value, marks, what }) => [
    code(name),
    Array.isArray(value) ? value.map((one) => code(one)).join(", ") : code(String(value)),
    marks,
    what,
  ]);
  const absent = notEmulated.map((what) => ["none", "not emulated", "unknown", what]);
  return markdownTable(["switch", "default", "source", "what it decides"], [...rows, ...absent]);
}
