import { recoveryPlans, validateContract } from "../contracts.js";
import { known, UNKNOWN, uncheckable } from "../known.js";
import { awsPages, type Rule } from "../rule.js";

/** What a plan promises is a prediction until a drill has measured it. */
export const planDrilled: Rule = {
  name: "dr-plan-drilled",
  description: "A recovery plan with objectives is drilled by the calendar.",
  why: "Nobody knows whether a plan that is never exercised still recovers what it names.",
  enforcementLevel: "advisory",
  severity: "medium",
  remediationSteps: "Give the plan a drill, quarterly at least, that cleans up after itself.",
  url: awsPages.recoveryObjectives,
  validateResource: validateContract(recoveryPlans, (contract, report) => {
    const drills = known(() => contract.drills);
    const objectives = known(() => contract.objectives);
    if (drills === UNKNOWN) return uncheckable("drills");
    if (objectives === UNKNOWN) return uncheckable("objectives");
    if (!objectives || (drills ?? []).length > 0) return;
    report(
      `drills of plan "${contract.plan}" must hold at least one, got none. Add one: its objectives are a prediction until then.`,
    );
  }),
};
