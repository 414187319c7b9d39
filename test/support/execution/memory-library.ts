import type { Documents, Library } from "../../../runtime/core/ports.js";
import type {
  ProtectionGroup,
  RecoveryPlan,
  Revised,
} from "../../../runtime/core/recovery/plan.js";

/** Documents that keep the rules of their table in memory. */
export function memoryDocuments<T extends { readonly name: string }>(
  stored: readonly Revised<T>[] = [],
): Documents<T> {
  const byName = new Map(stored.map((one) => [one.document.name, one]));
  const isAt = (name: string, expected: number) => (byName.get(name)?.revision ?? 0) === expected;
  return {
    get: async (name) => byName.get(name),
    list: async () =>
      [...byName.values()].toSorted((a, b) => (a.document.name < b.document.name ? -1 : 1)),
    async put(document, expected) {
      if (!isAt(document.name, expected)) return "lost";
      byName.set(document.name, { revision: expected + 1, managedBy: "operator", document });
      return "written";
    },
    async remove(name, expected) {
      if (!isAt(name, expected)) return "lost";
      byName.delete(name);
      return "written";
    },
  };
}

/** A library as a deployment would have written it. */
export function memoryLibrary(
  plans: readonly RecoveryPlan[],
  groups: readonly ProtectionGroup[],
): Library {
  const deployed = <T>(document: T): Revised<T> => ({
    revision: 1,
    managedBy: "pulumi",
    document,
  });
  return {
    plans: memoryDocuments(plans.map(deployed)),
    groups: memoryDocuments(groups.map(deployed)),
  };
}
