import { recoveryPlans, validateContract } from "../contracts.js";
import { known, UNKNOWN, uncheckable } from "../known.js";
import type { Rule } from "../rule.js";

/** Rules that predict need to know how many servers each wave has; without counts they see an empty plan. */
export const planCountsServers: Rule = {
  name: "dr-plan-counts-servers",
  description: "Every wave of a plan tells how many servers it expects in each lane.",
  why: "Quotas and the RTO of a wave without counts cannot be checked before the day.",
  enforcementLevel: "advisory",
  severity: "medium",
  remediationSteps: "Declare the fleet of the lanes in the environment file.",
  validateResource: validateContract(recoveryPlans, (plan, report) => {
    const waves = known(() => plan.waves ?? []);
    if (waves === UNKNOWN) return uncheckable("waves");
    for (const [index, { name, expectedServers = {} }] of waves.entries()) {
      if (Object.values(expectedServers).some((count) => count > 0)) continue;
      report(
        `waves[${index}].expectedServers must count the servers of wave "${name}" in each lane, got none. ` +
          "Declare the fleet of its lanes: neither quotas nor the RTO can be checked without it.",
      );
    }
  }),
};
