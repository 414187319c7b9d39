import { uncheckable } from "../known.js";
import type { Rule } from "../rule.js";
import { isContained, mayOverlap, selectionPairs, serversInBoth } from "./selections.js";

/** Selectors on different tags overlap as soon as one server carries both, perhaps long after the deployment. */
export const selectorsApart: Rule = {
  name: "dr-selectors-apart",
  description: "Waves of one plan select by tags that no server can carry together.",
  why: "One server that carries the tags of both waves is enough for the execution to be refused.",
  enforcementLevel: "advisory",
  severity: "medium",
  remediationSteps: "Let both waves select by one tag, with different values.",
  validateStack: (stack, report) => {
    const { pairs, unread } = selectionPairs(stack);
    for (const pair of pairs) {
      const isCertain = isContained(pair) || serversInBoth(pair).length > 0;
      if (isCertain || !mayOverlap(pair)) continue;
      const { one, other, plan } = pair;
      report(
        `waves "${one.wave}" and "${other.wave}" must select by values of the same tag, got selectors ` +
          `that one server can fulfil together (groups "${one.group}" and "${other.group}" in ` +
          `${one.lane}). Add a tag that tells them apart.`,
        plan.urn,
      );
    }
    uncheckable(...unread);
  },
};
