/** The rules of this package's packs, to be put into packs of one's own. */
export { drillCleansUp } from "./drs-limits/drill-cleans-up.js";
export { fleetBelowCritical } from "./drs-limits/fleet-below-critical.js";
export { fleetBelowWarning } from "./drs-limits/fleet-below-warning.js";
export { fleetWithinQuota } from "./drs-limits/fleet-within-quota.js";
export { machineBounded } from "./drs-limits/machine-bounded.js";
export { noWildcardAction } from "./drs-limits/no-wildcard-action.js";
export { planCountsServers } from "./drs-limits/plan-counts-servers.js";
export { planJobsAtOnce } from "./drs-limits/plan-jobs-at-once.js";
export { planServersInFlight } from "./drs-limits/plan-servers-in-flight.js";
export { planWithinRto } from "./drs-limits/plan-within-rto.js";
export { drsLimits } from "./drs-limits/rules.js";
export { selectorsApart } from "./drs-limits/selectors-apart.js";
export { serverInOneWave } from "./drs-limits/server-in-one-wave.js";
export { sourceServersWithinQuota } from "./drs-limits/source-servers-within-quota.js";
export { trustWithExternalId } from "./drs-limits/trust-with-external-id.js";
export { waveAdmitted } from "./drs-limits/wave-admitted.js";
export { atLevel, type Rule, type RuleText } from "./rule.js";
