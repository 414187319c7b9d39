import { criticalAtServers, drsQuotas } from "../../runtime/limits.js";
import { spokeAccounts, validateContract } from "../contracts.js";
import { known, UNKNOWN, uncheckable } from "../known.js";
import { awsPages, type Rule } from "../rule.js";
import { declaredLanes } from "./declared-fleets.js";

const { value: most } = drsQuotas.replicatingServers;

/** Above the quota another rule refuses; here the fleet still fits, but the next application may not. */
export const fleetBelowCritical: Rule = {
  name: "dr-fleet-below-critical",
  description: "The declared fleet of a lane stands below its critical threshold.",
  why: `The next application may not fit under the quota of ${most}, and a new account takes days.`,
  enforcementLevel: "advisory",
  severity: "high",
  remediationSteps: "Open the next lane, or set capacity.criticalAtServers above the fleet.",
  url: awsPages.drsQuotas,
  validateResource: validateContract(spokeAccounts, (spoke, report) => {
    const lanes = declaredLanes(spoke);
    const criticalAt = known(() => spoke.criticalAtServers ?? criticalAtServers.default);
    if (lanes === UNKNOWN) return uncheckable("lanes");
    if (criticalAt === UNKNOWN) return uncheckable("criticalAtServers");
    for (const { path, lane, servers } of lanes) {
      if (servers < criticalAt || servers > most) continue;
      report(
        `${path} must be below the critical threshold of ${criticalAt} servers in ${lane}, got ${servers}. ` +
          `Open the next lane: ${most - servers} more servers fit here.`,
      );
    }
  }),
};
