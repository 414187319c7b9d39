import type { ProtectionGroup, RecoveryPlan } from "../../runtime/core/recovery/plan.js";

/**
 * A document as the hub's tables hold it, as DynamoDB JSON. The revision of a deployed document
 * stays 1: only the deployment changes it, so there is no one whose change it could undo.
 */
export function libraryItem(document: ProtectionGroup | RecoveryPlan): string {
  return JSON.stringify({
    name: { S: document.name },
    revision: { N: "1" },
    managedBy: { S: "pulumi" },
    document: { S: JSON.stringify(document) },
  });
}
