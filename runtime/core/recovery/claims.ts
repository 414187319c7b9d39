import { before, type Instant, instant, toIso } from "../instant.js";
import { hasEndedBefore, isActive, type Job } from "./observation.js";
import type { Member } from "./plan.js";
import type { ExecutionKind, Head, ServerResult } from "./state.js";

/** What others did to a server since the execution began, and what was there before. */
export interface Claim {
  /** The job that holds it now. */
  readonly active?: Job;
  /** Its real recovery instance: since when, and by which job where that was seen. */
  readonly recovered?: { readonly since: Instant; readonly jobId?: string };
  /** The last drill that others launched it in. */
  readonly drilled?: { readonly at: Instant; readonly jobId: string };
}

/** What to do with a server that its plan would start now. */
export type Disposition =
  | { readonly kind: "start" }
  | { readonly kind: "hold"; readonly reason: string }
  | { readonly kind: "settle"; readonly result: ServerResult };

const nothing: Claim = {};

/** Reads the jobs that are not ours, oldest first, as claims on the members' servers. */
export function claimsOf(
  members: readonly Member[],
  jobs: readonly Job[],
  ours: ReadonlySet<string>,
  startedAt: Instant,
): ReadonlyMap<string, Claim> {
  const claims = new Map<string, Claim>();
  for (const { server, recoveredAt } of members) {
    if (recoveredAt !== undefined)
      claims.set(server, { recovered: { since: instant(recoveredAt) } });
  }
  const foreign = jobs
    .filter((job) => !ours.has(job.jobId) && !hasEndedBefore(job, startedAt))
    .toSorted((a, b) => a.createdAt - b.createdAt);
  for (const job of foreign) {
    for (const { server, launchStatus } of job.servers) {
      claims.set(server, afterJob(claims.get(server) ?? nothing, job, launchStatus));
    }
  }
  return claims;
}

function afterJob(claim: Claim, job: Job, launchStatus: string): Claim {
  if (isActive(job)) return { ...claim, active: job };
  if (job.type === "TERMINATE") return {};
  if (launchStatus !== "LAUNCHED") return claim;
  const at = job.endedAt ?? job.createdAt;
  const { jobId } = job;
  return job.initiatedBy === "START_DRILL"
    ? { drilled: { at, jobId } }
    : { recovered: { since: at, jobId } };
}

/**
 * A launch replaces the server's former recovery instance, so a drill must never touch a server
 * that is really recovered, and a recovery takes what a stranger recovered as done.
 */
export function dispositionOf(
  member: Member,
  claim: Claim | undefined,
  openedAt: Instant,
  head: Pick<Head, "kind" | "relaunchRecovered" | "startedAt">,
): Disposition {
  if (member.notReady !== undefined) {
    return settle({ server: member.server, outcome: "failed", reason: member.notReady });
  }
  if (!claim) return { kind: "start" };
  if (claim.active) return underJob(member.server, claim.active, head.kind);
  if (claim.recovered) return afterRecovery(member.server, claim.recovered, head);
  const isTakenOver = claim.drilled && !before(claim.drilled.at, openedAt);
  return isTakenOver && claim.drilled && head.kind === "drill"
    ? settle(byStranger(member.server, claim.drilled.jobId))
    : { kind: "start" };
}

function underJob(server: string, job: Job, kind: ExecutionKind): Disposition {
  const isRecovery = job.type === "LAUNCH" && job.initiatedBy === "START_RECOVERY";
  if (isRecovery && kind === "drill") {
    const reason = `under recovery by job ${job.jobId}, which is not ours`;
    return settle({ server, outcome: "skipped", reason, jobId: job.jobId });
  }
  const isSame =
    isRecovery || (job.type === "LAUNCH" && job.initiatedBy === "START_DRILL" && kind === "drill");
  const hasLaunched = job.servers.some(
    (one) => one.server === server && one.launchStatus === "LAUNCHED",
  );
  if (isSame && hasLaunched) return settle(byStranger(server, job.jobId));
  return { kind: "hold", reason: `busy: job ${job.jobId}, started by ${job.initiatedBy}` };
}

function afterRecovery(
  server: string,
  { since, jobId }: NonNullable<Claim["recovered"]>,
  head: Pick<Head, "kind" | "relaunchRecovered" | "startedAt">,
): Disposition {
  if (head.kind === "drill") {
    const reason = `recovered since ${toIso(since)}: a drill would replace its instance`;
    return settle({ server, outcome: "skipped", reason });
  }
  if (jobId !== undefined && !before(since, head.startedAt))
    return settle(byStranger(server, jobId));
  if (head.relaunchRecovered) return { kind: "start" };
  return settle({ server, outcome: "skipped", reason: `already recovered since ${toIso(since)}` });
}

function byStranger(server: string, jobId: string): ServerResult {
  return { server, outcome: "launched", jobId, byStranger: true };
}

function settle(result: ServerResult): Disposition {
  return { kind: "settle", result };
}
