import type { Rule } from "../rule.js";
import { drillCleansUp } from "./drill-cleans-up.js";
import { fleetBelowCritical } from "./fleet-below-critical.js";
import { fleetBelowWarning } from "./fleet-below-warning.js";
import { fleetWithinQuota } from "./fleet-within-quota.js";
import { machineBounded } from "./machine-bounded.js";
import { noWildcardAction } from "./no-wildcard-action.js";
import { planCountsServers } from "./plan-counts-servers.js";
import { planJobsAtOnce } from "./plan-jobs-at-once.js";
import { planServersInFlight } from "./plan-servers-in-flight.js";
import { planWithinRto } from "./plan-within-rto.js";
import { selectorsApart } from "./selectors-apart.js";
import { serverInOneWave } from "./server-in-one-wave.js";
import { sourceServersWithinQuota } from "./source-servers-within-quota.js";
import { trustWithExternalId } from "./trust-with-external-id.js";
import { waveAdmitted } from "./wave-admitted.js";

/** What AWS Elastic Disaster Recovery would refuse later, and claims that a plan cannot keep. */
export const drsLimits: readonly Rule[] = [
  fleetWithinQuota,
  fleetBelowWarning,
  fleetBelowCritical,
  sourceServersWithinQuota,
  waveAdmitted,
  planWithinRto,
  planServersInFlight,
  planJobsAtOnce,
  planCountsServers,
  serverInOneWave,
  selectorsApart,
  drillCleansUp,
  trustWithExternalId,
  noWildcardAction,
  machineBounded,
];
