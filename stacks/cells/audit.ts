import { AuditTrail, type CellTopics } from "../../components/index.js";
import { given } from "../given.js";
import type { CellContext } from "./context.js";

/** The record of who did what in the cell's account; nothing where the file declares none. */
export function deployAudit(
  { declaration, cell, options }: CellContext,
  { topicArns }: CellTopics,
): AuditTrail | undefined {
  const { auditTrail, keepData } = declaration;
  if (auditTrail === undefined) return undefined;
  const own = auditTrail.elsewhere === undefined && { topicArns };
  const args = { cell, keepData, ...own, ...given(auditTrail) };
  return new AuditTrail(`${cell.name}-audit`, args, options);
}
