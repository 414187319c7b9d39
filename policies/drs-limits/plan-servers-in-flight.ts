import { drsQuotas } from "../../runtime/limits.js";
import { recoveryPlans, validateContract } from "../contracts.js";
import { uncheckable } from "../known.js";
import { awsPages, type Rule } from "../rule.js";
import { countedPlan, roomOf } from "./counted-plan.js";
import { wavesTogether } from "./waves-together.js";

const { value: most } = drsQuotas.serversInAllJobs;

/** DRS takes 500 servers in all jobs of a lane; the rest waits, which costs time and breaks nothing. */
export const planServersInFlight: Rule = {
  name: "dr-plan-servers-in-flight",
  description: `Waves that start together have at most ${most} servers in a lane, less the plan's reserve.`,
  why: "What does not fit is packed into rounds, one after another, and the recovery takes longer.",
  enforcementLevel: "advisory",
  severity: "low",
  remediationSteps: "Spread the servers over more lanes, or lessen the plan's reserve.",
  url: awsPages.drsQuotas,
  validateResource: validateContract(recoveryPlans, (contract, report) => {
    const plan = countedPlan(contract);
    if ("unknown" in plan) return uncheckable(plan.unknown);
    const room = roomOf(plan).servers;
    for (const { waves, lane, servers } of wavesTogether(plan)) {
      if (servers <= room || room < 1) continue;
      report(
        `expectedServers of ${waves.map((wave) => `"${wave}"`).join(", ")} must be at most ${room} ` +
          `at once in ${lane}, got ${servers}. They are recovered in ${Math.ceil(servers / room)} ` +
          "rounds; spread them over more lanes if that is too slow.",
      );
    }
  }),
};
