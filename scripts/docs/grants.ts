import { standingGrants } from "../../runtime/rehearsal/standing-grants.js";
import { code, markdownTable } from "./markdown.js";

/** What roles grant although no rehearsal can use it, and why. */
export function grantsTable(): string {
  const rows = standingGrants.map(({ roles, statement, actions, why }) => [
    roles.map((role) => code(role)).join(", "),
    code(statement),
    actions.map((action) => code(action)).join(", "),
    why,
  ]);
  return markdownTable(["role", "statement", "actions", "why it stays"], rows);
}
