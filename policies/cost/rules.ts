import type { Rule } from "../rule.js";
import { priced } from "./priced.js";
import { withinBudget } from "./within-budget.js";

/** What a month costs, at rest and in a failover, against the budget that is declared, as advice. */
export const cost: readonly Rule[] = [withinBudget, priced];
