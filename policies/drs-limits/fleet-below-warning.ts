import { criticalAtServers, warnAtServers } from "../../runtime/limits.js";
import { spokeAccounts, validateContract } from "../contracts.js";
import { known, UNKNOWN, uncheckable } from "../known.js";
import { awsPages, type Rule } from "../rule.js";
import { declaredLanes } from "./declared-fleets.js";

/** A fleet that is declared at the threshold would alarm from its first day, and be ignored from its second. */
export const fleetBelowWarning: Rule = {
  name: "dr-fleet-below-warning",
  description: "The declared fleet of a lane stands below its warning threshold.",
  why: "An alarm that stands from the first day is not read on the day it matters.",
  enforcementLevel: "advisory",
  severity: "medium",
  remediationSteps: "Plan the next lane, or set capacity.warnAtServers above the declared fleet.",
  url: awsPages.drsQuotas,
  validateResource: validateContract(spokeAccounts, (spoke, report) => {
    const lanes = declaredLanes(spoke);
    const warnAt = known(() => spoke.warnAtServers ?? warnAtServers.default);
    const criticalAt = known(() => spoke.criticalAtServers ?? criticalAtServers.default);
    if (lanes === UNKNOWN) return uncheckable("lanes");
    if (warnAt === UNKNOWN) return uncheckable("warnAtServers");
    const above = criticalAt === UNKNOWN ? Number.POSITIVE_INFINITY : criticalAt;
    for (const { path, lane, servers } of lanes) {
      if (servers < warnAt || servers >= above) continue;
      report(
        `${path} must be below the warning threshold of ${warnAt} servers in ${lane}, got ${servers}. ` +
          "Plan the next lane now, or raise capacity.warnAtServers: the alarm would stand from the first day.",
      );
    }
  }),
};
