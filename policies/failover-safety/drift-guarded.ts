import { guardsFor } from "../../runtime/core/cells/drift-guards.js";
import { awsPages, type Rule } from "../rule.js";

/** Roles change out of band: the next deployment must not take the change for a mistake. */
export const driftGuarded: Rule = {
  name: "dr-drift-guarded",
  description: "A resource ignores changes of what a failover changes outside of deployments.",
  why: "The first deployment after a failover would detach, promote, replace or shrink production.",
  enforcementLevel: "mandatory",
  severity: "critical",
  remediationSteps: "Add the properties to ignoreChanges of the resource's options.",
  url: awsPages.managedFailover,
  validateResource: ({ type, props, opts }, report) => {
    for (const guard of guardsFor(type, (property) => property in props)) {
      const missing = guard.ignoreChanges.filter((path) => !isCovered(path, opts.ignoreChanges));
      if (missing.length === 0) continue;
      const ignored = opts.ignoreChanges.join(", ") || "nothing";
      report(
        `ignoreChanges must hold ${missing.join(", ")}, got ${ignored}. ` +
          `Add them: in a deployment after a failover ${guard.otherwise}.`,
      );
    }
  },
};

/** Whether a path, or something that it lies in, is ignored. */
function isCovered(path: string, ignored: readonly string[]): boolean {
  return ignored.some((one) => one === "*" || path === one || path.startsWith(`${one}.`));
}
