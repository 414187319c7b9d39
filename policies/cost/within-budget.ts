import { uncheckable } from "../known.js";
import { awsPages, type Rule } from "../rule.js";
import { budgeted, budgetSchema } from "./budget.js";

/** A budget that holds in peace alone is a surprise in the disaster, so a failover is told as well. */
export const withinBudget: Rule = {
  name: "dr-within-budget",
  description: "What the stack costs in a month, as far as it has prices, is within its budget.",
  why: "What costs more than was agreed is taken away again, and the recovery with it.",
  enforcementLevel: "advisory",
  severity: "low",
  remediationSteps:
    "See with aws-dr cost what costs most, and rest smaller, share it, or raise the budget.",
  url: awsPages.costEstimates,
  configSchema: budgetSchema,
  validateStack: (args, report) => {
    const stack = budgeted(args);
    if (stack === undefined) return;
    const { budgetDollars, dollarsPerMonth, dollarsPerMonthInFailover, notKnownYet } = stack;
    if (dollarsPerMonth > budgetDollars) report(tooMuch("at rest", budgetDollars, dollarsPerMonth));
    else if (dollarsPerMonthInFailover > budgetDollars) {
      report(tooMuch("in a failover", budgetDollars, dollarsPerMonthInFailover));
    }
    uncheckable(...notKnownYet);
  },
};

function tooMuch(when: string, budgetDollars: number, dollars: number): string {
  return `a month ${when} must cost at most ${budgetDollars} dollars, got ${dollars.toFixed(2)}. See with "aws-dr cost" what costs most, or raise the budget.`;
}
