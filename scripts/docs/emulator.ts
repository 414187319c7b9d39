import { describedOperations } from "../../runtime/rehearsal/emulator/behaviour.js";
import { controlPath } from "../../runtime/rehearsal/emulator/control.js";
import { controlRoutes } from "../../runtime/rehearsal/emulator/control-routes.js";
import { kindsElsewhere } from "../../runtime/rehearsal/emulator/fault-checks.js";
import { operations } from "../../runtime/rehearsal/services/drs/routes.js";
import { code, markdownTable } from "./markdown.js";

/** Every operation of DRS: whether it is emulated, how sure that is, and what it does. */
export function operationsTable(): string {
  const emulated = new Set(operations.map(({ name }) => name));
  const rows = describedOperations
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, marks, what }) =>
      emulated.has(name)
        ? [code(name), "yes", marks, what]
        : [code(name), "no: 501", "", `On AWS: ${what}`],
    );
  return markdownTable(["operation", "emulated", "source", "what it does"], rows);
}

/** Kinds of faults that the control endpoint refuses, and what to do instead. */
export function faultsElsewhereTable(): string {
  const rows = Object.entries(kindsElsewhere).map(([kind, instead]) => [code(kind), instead]);
  return markdownTable(["kind", "why, or what to do instead"], rows);
}

/** What the control endpoint can be asked. */
export function controlTable(): string {
  const rows = controlRoutes.map(({ method, path, what }) => [
    code(`${method} ${controlPath}${path}`),
    what,
  ]);
  return markdownTable(["request", "what it does"], rows);
}
