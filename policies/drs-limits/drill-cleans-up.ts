import { recoveryPlans, validateContract } from "../contracts.js";
import { known, UNKNOWN, uncheckable } from "../known.js";
import type { Rule } from "../rule.js";

/** Recovery instances of a drill bill like any others, and hold the addresses of a real recovery. */
export const drillCleansUp: Rule = {
  name: "dr-drill-cleans-up",
  description: "A scheduled drill terminates its recovery instances when it ends.",
  why: "Without a person at hand the instances run, and bill, until somebody notices.",
  enforcementLevel: "advisory",
  severity: "medium",
  remediationSteps: "Set cleanUp of the drill to true, or terminate the drill by hand afterwards.",
  validateResource: validateContract(recoveryPlans, (plan, report) => {
    const drills = known(() => plan.drills ?? []);
    if (drills === UNKNOWN) return uncheckable("drills");
    for (const [index, { cleanUp }] of drills.entries()) {
      if (cleanUp !== false) continue;
      report(
        `drills[${index}].cleanUp must be true, got false. ` +
          "Let the drill clean up, or plan who terminates its instances.",
      );
    }
  }),
};
