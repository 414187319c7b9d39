import { drsQuotas } from "../../runtime/limits.js";
import { recoveryPlans, validateContract } from "../contracts.js";
import { uncheckable } from "../known.js";
import { awsPages, type Rule } from "../rule.js";
import { countedPlan, roomOf } from "./counted-plan.js";
import { wavesTogether } from "./waves-together.js";

const { value: most } = drsQuotas.concurrentJobs;

/** A job never mixes waves, so many small waves use up the 20 jobs of a lane before its servers. */
export const planJobsAtOnce: Rule = {
  name: "dr-plan-jobs-at-once",
  description: `Waves that start together need at most ${most} jobs in a lane, less the plan's reserve.`,
  why: "Jobs beyond the quota wait for others to end, and the recovery takes longer.",
  enforcementLevel: "advisory",
  severity: "low",
  remediationSteps: "Join small waves that wait for the same waves, or lessen the plan's reserve.",
  url: awsPages.drsQuotas,
  validateResource: validateContract(recoveryPlans, (contract, report) => {
    const plan = countedPlan(contract);
    if ("unknown" in plan) return uncheckable(plan.unknown);
    const room = roomOf(plan).jobs;
    for (const { waves, lane, jobs } of wavesTogether(plan)) {
      if (jobs <= room || room < 1) continue;
      report(
        `expectedServers of ${waves.length} waves must fit into ${room} jobs at once in ${lane}, ` +
          `got ${jobs} jobs. They are started in ${Math.ceil(jobs / room)} rounds; join waves that ` +
          "wait for the same ones.",
      );
    }
  }),
};
