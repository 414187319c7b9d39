import { predictFromCounts } from "../../runtime/core/recovery/predict.js";
import { recoveryPlans, validateContract } from "../contracts.js";
import { known, UNKNOWN, uncheckable } from "../known.js";
import type { Rule } from "../rule.js";
import { countedPlan } from "./counted-plan.js";

/**
 * The prediction runs the very decisions of a recovery with every server launching in its expected
 * time, so a plan that misses its RTO here cannot keep it on the day.
 */
export const planWithinRto: Rule = {
  name: "dr-plan-within-rto",
  description: "The predicted end of a plan lies within its RTO.",
  why: "An objective that the plan's own settings cannot meet is a false promise.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps:
    "Remove dependencies between waves, spread servers over lanes, lessen reserve or pacing, or state a longer RTO.",
  validateResource: validateContract(recoveryPlans, (contract, report) => {
    const plan = countedPlan(contract);
    const rtoMinutes = known(() => contract.objectives?.rtoMinutes);
    if ("unknown" in plan) return uncheckable(plan.unknown);
    if (rtoMinutes === UNKNOWN) return uncheckable("objectives.rtoMinutes");
    if (rtoMinutes === undefined) return;
    const { makespanSeconds } = predictFromCounts(plan);
    if (makespanSeconds <= rtoMinutes * 60) return;
    const predicted = Number.isFinite(makespanSeconds)
      ? `at least ${Math.ceil(makespanSeconds / 60)} minutes, the predicted end of the plan`
      : "a time at which the plan can end, and it never ends: its reserve leaves no room";
    report(
      `objectives.rtoMinutes must be ${predicted}, got ${rtoMinutes}. ` +
        "Remove dependencies, spread servers over more lanes, or promise less.",
    );
  }),
};
