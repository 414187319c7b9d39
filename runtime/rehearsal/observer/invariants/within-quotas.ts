import { drsQuotas } from "../../../limits.js";
import { quotaIn } from "../../services/service-quotas.js";
import { type JobFacts, serversIn } from "../ledger.js";
import type { InvariantFactory } from "./invariant.js";

/**
 * No call exceeds a quota that the lane had shown, and no job takes more servers than a job may.
 *
 * A call may be refused because of a job that somebody started after we looked: what we could have
 * known are the jobs of our last look and those that we started since.
 */
export const withinQuotas: InvariantFactory = (scene, ledger) => ({
  name: "within-quotas",
  on(event) {
    if (event.type === "job-started" && event.by !== "stranger") {
      const { lane, at, jobId, servers } = event;
      const most = quotaIn("serversPerJob", scene.quotas(lane));
      if (servers.length <= most) return [];
      return [
        { what: `job ${jobId} took ${servers.length} servers, ${most} are allowed`, lane, at },
      ];
    }
    if (event.type !== "refused" || event.by === "stranger") return [];
    if (event.code !== "ServiceQuotaExceededException") return [];
    const { lane, at, operation, servers, quotaCode } = event;
    const overrides = scene.quotas(lane);
    const known = knownJobs(ledger.looks.get(lane)?.active ?? [], ledger.activeIn(lane));
    const exceeded = [
      quotaCode === drsQuotas.serversPerJob.quotaCode ||
        servers.length > quotaIn("serversPerJob", overrides),
      known.length + 1 > quotaIn("concurrentJobs", overrides),
      serversIn(known) + servers.length > quotaIn("serversInAllJobs", overrides),
    ];
    if (!exceeded.includes(true)) return [];
    const what =
      `${operation} of ${servers.length} servers exceeded quota ${quotaCode ?? "unknown"}, ` +
      `beside ${known.length} jobs with ${serversIn(known)} servers that the lane had shown`;
    return [{ what, lane, at }];
  },
});

function knownJobs(seen: readonly JobFacts[], active: readonly JobFacts[]): readonly JobFacts[] {
  const known = new Set([...seen, ...active.filter(({ isOurs }) => isOurs)]);
  return [...known].filter(({ endedAt }) => endedAt === undefined);
}
