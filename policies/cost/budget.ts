import type { PolicyConfigSchema, StackValidationArgs } from "@pulumi/policy";
import { type Estimate, estimate } from "../../runtime/core/cost/estimate.js";
import type { CostedResource } from "../../runtime/core/cost/resources.js";
import { monthlyDollars } from "../../runtime/limits.js";
import { placedResources } from "../placement.js";

/** Packs cannot read an environment file: who declares a budget configures both rules with it. */
export const budgetSchema: PolicyConfigSchema = {
  properties: {
    monthlyDollars: {
      type: "number",
      minimum: monthlyDollars.min,
      maximum: monthlyDollars.max,
      description:
        "What the stack may cost in a month, in US dollars. Without it the rule is silent.",
    },
  },
};

/** What a stack costs, and the budget that it is held to. */
export interface Budgeted extends Estimate {
  readonly budgetDollars: number;
  /** `<resource>.<property>`, for all that is not known before the deployment. */
  readonly notKnownYet: readonly string[];
}

/** Prices a stack that is held to a budget; nothing where it is held to none. */
export function budgeted(args: StackValidationArgs): Budgeted | undefined {
  const { monthlyDollars: budgetDollars } = args.getConfig<{ monthlyDollars?: number }>();
  if (budgetDollars === undefined) return undefined;
  const priced = estimate(costedResources(args));
  const notKnownYet = priced.unpriced
    .filter(({ why }) => why === "not-known-yet")
    .map(({ urn, what }) => `${urn.split("::").at(-1)}.${what}`);
  return { ...priced, budgetDollars, notKnownYet };
}

function costedResources(args: StackValidationArgs): readonly CostedResource[] {
  const shown = new Map(args.resources.map((resource) => [resource.urn, resource]));
  return placedResources(args).map((placed) => {
    const { name = "", parent } = shown.get(placed.urn) ?? {};
    return { ...placed, name, ...(parent && { parent: parent.urn }) };
  });
}
