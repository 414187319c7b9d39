import { drsQuotas } from "../../runtime/limits.js";
import { spokeAccounts, validateContract } from "../contracts.js";
import { UNKNOWN, uncheckable } from "../known.js";
import { awsPages, type Rule } from "../rule.js";
import { declaredLanes, laneTotals } from "./declared-fleets.js";

const { value: most, quotaCode } = drsQuotas.replicatingServers;
const remedy = `Open another lane, in another account or Region: AWS does not raise this quota (${quotaCode}).`;

/** The 301st agent of a lane does not install, and its server is not protected. */
export const fleetWithinQuota: Rule = {
  name: "dr-fleet-within-quota",
  description: `A lane declares at most ${most} replicating servers.`,
  why: `DRS replicates at most ${most} servers per account and Region, and AWS does not raise that.`,
  enforcementLevel: "mandatory",
  severity: "critical",
  remediationSteps: "Spread the servers over more accounts or Regions.",
  url: awsPages.drsQuotas,
  validateResource: validateContract(spokeAccounts, (spoke, report) => {
    const lanes = declaredLanes(spoke);
    if (lanes === UNKNOWN) return uncheckable("lanes");
    for (const { path, lane, servers } of lanes) {
      if (servers > most) report(`${path} ${problem(lane, servers)}`);
    }
  }),
  validateStack: (stack, report) => {
    const { totals, unread } = laneTotals(stack);
    for (const { lane, servers, spokes, urn } of totals) {
      const isSum = spokes > 1 && servers > most;
      if (isSum) report(`declaredServers of ${spokes} declarations ${problem(lane, servers)}`, urn);
    }
    uncheckable(...unread);
  },
};

function problem(lane: string, servers: number): string {
  return `must be at most ${most} replicating servers in ${lane}, got ${servers}. ${remedy}`;
}
