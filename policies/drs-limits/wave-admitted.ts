import type { ReportViolation } from "@pulumi/policy";
import type { CountedPlan } from "../../runtime/core/recovery/predict.js";
import { drsQuotas } from "../../runtime/limits.js";
import { recoveryPlans, validateContract } from "../contracts.js";
import { uncheckable } from "../known.js";
import { awsPages, type Rule } from "../rule.js";
import { countedPlan, type Room, roomOf } from "./counted-plan.js";

/** A server that finds no room until its wave's deadline ends with that reason, and is not recovered. */
export const waveAdmitted: Rule = {
  name: "dr-wave-admitted",
  description: "The quotas, less the plan's reserve, let every wave start within its deadline.",
  why: "Servers that find no room before the deadline are given up, so the wave cannot succeed.",
  enforcementLevel: "mandatory",
  severity: "critical",
  remediationSteps:
    "Lessen the plan's reserve, lengthen the deadline, or spread the wave over lanes.",
  url: awsPages.drsQuotas,
  validateResource: validateContract(recoveryPlans, (contract, report) => {
    const plan = countedPlan(contract);
    if ("unknown" in plan) return uncheckable(plan.unknown);
    const room = roomOf(plan);
    if (room.jobs >= 1 && room.servers >= 1) return reportLateRounds(plan, room, report);
    reportNoRoom(plan, room, report);
  }),
};

function reportNoRoom({ reserve }: CountedPlan, room: Room, report: ReportViolation): void {
  const jobs = drsQuotas.concurrentJobs.value - 1;
  const servers = drsQuotas.serversInAllJobs.value - 1;
  if (room.jobs < 1) report(reserveProblem("jobs", jobs, reserve.jobs));
  if (room.servers < 1) report(reserveProblem("servers", servers, reserve.servers));
}

function reserveProblem(what: string, most: number, got: number): string {
  return `reserve.${what} must be at most ${most}, got ${got}. Leave the plan room to start anything at all.`;
}

function reportLateRounds({ waves }: CountedPlan, room: Room, report: ReportViolation): void {
  const atOnce = Math.min(room.servers, room.jobs * drsQuotas.serversPerJob.value);
  for (const [index, wave] of waves.entries()) {
    const { expectedServers, expectedLaunchSeconds, deadlineMinutes } = wave;
    for (const [lane, servers] of Object.entries(expectedServers)) {
      const rounds = Math.ceil(servers / atOnce);
      const lastStartMinutes = Math.ceil(((rounds - 1) * expectedLaunchSeconds) / 60);
      if (lastStartMinutes <= deadlineMinutes) continue;
      report(
        `waves[${index}].deadlineMinutes must be at least ${lastStartMinutes}, the start of the last ` +
          `of ${rounds} rounds for ${servers} servers in ${lane}, got ${deadlineMinutes}. ` +
          "Lengthen it, lessen the reserve, or spread the wave over more lanes.",
      );
    }
  }
}
