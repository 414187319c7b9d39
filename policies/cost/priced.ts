import { uncheckable } from "../known.js";
import { awsPages, type Rule } from "../rule.js";
import { budgeted, budgetSchema } from "./budget.js";

/** A sum from which something is missing says less than it seems to. */
export const priced: Rule = {
  name: "dr-priced",
  description: "Everything in a stack with a budget is of a kind that has a price.",
  why: "A sum from which something is missing stays below a budget that the bill is above.",
  enforcementLevel: "advisory",
  severity: "low",
  remediationSteps: "Look its price up on AWS's own page, and leave room for it in the budget.",
  url: awsPages.costEstimates,
  configSchema: budgetSchema,
  validateStack: (args, report) => {
    const stack = budgeted(args);
    if (stack === undefined) return;
    for (const { urn, what, why } of stack.unpriced) {
      if (why === "not-known-yet") continue;
      report(
        `a price must be known, got none of ${what}. Look it up on AWS's own page, and leave room for it in the budget.`,
        urn,
      );
    }
    uncheckable(...stack.notKnownYet);
  },
};
