import { drsQuotas } from "../../runtime/limits.js";
import { uncheckable } from "../known.js";
import { awsPages, type Rule } from "../rule.js";
import { laneTotals } from "./declared-fleets.js";

const { value: most, quotaCode } = drsQuotas.sourceServers;

/**
 * A lane holds at most 4,000 source servers, those that replicate elsewhere and are extended into it
 * included. Contracts do not declare extended servers, so only a declaration that breaks the quota
 * by itself is seen here. AWS's own page lists the quota as adjustable and as not.
 */
export const sourceServersWithinQuota: Rule = {
  name: "dr-source-servers-within-quota",
  description: `A lane declares at most ${most} source servers over all spokes of the stack.`,
  why: `Servers beyond ${most} per account and Region cannot be added, whether they replicate there or are extended into it; extended ones are not declared, so they are not counted.`,
  enforcementLevel: "mandatory",
  severity: "critical",
  remediationSteps: "Spread the servers over more accounts or Regions.",
  url: awsPages.drsQuotas,
  validateStack: (stack, report) => {
    const { totals, unread } = laneTotals(stack);
    for (const { lane, servers, urn } of totals) {
      if (servers <= most) continue;
      report(
        `declaredServers must be at most ${most} source servers in ${lane}, got ${servers}. ` +
          `Open another lane; whether AWS raises this quota (${quotaCode}), its own page says both ways.`,
        urn,
      );
    }
    uncheckable(...unread);
  },
};
