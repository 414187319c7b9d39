import { clockSkewSeconds, voidAfterSeconds } from "../../limits.js";
import { before, type Instant, plusSeconds } from "../instant.js";
import type { Job, JobServer } from "./observation.js";
import type { Batch, EndedBatch, ServerResult } from "./state.js";
import { taggedBatch } from "./tags.js";
import type { LaneView, Observation } from "./view.js";

export interface Reconciled {
  readonly open: readonly Batch[];
  readonly ended: readonly EndedBatch[];
}

/**
 * Holds the open launch batches against what DRS shows: finds the jobs of calls whose answer was
 * lost, ends batches whose job has ended, voids those that can no longer have a job, and revives a
 * void one whose job appeared all the same.
 */
export function reconcileLaunches(view: LaneView, seen: Observation, now: Instant): Reconciled {
  const found = openLaunches(view)
    .map((batch) => withJob(batch, view, seen))
    .filter((batch) => !isRecorded(batch, view.ended));
  const revived = revivedBatches(view, seen.jobs);
  const open: Batch[] = view.lane.openBatches.filter(({ kind }) => kind !== "launch");
  const ended: EndedBatch[] = [];
  for (const batch of [...found, ...revived]) {
    const end = endOf(batch, view, seen, now);
    if (end) ended.push(end);
    else open.push(batch);
  }
  return { open, ended };
}

function openLaunches(view: LaneView): readonly Batch[] {
  return view.lane.openBatches.filter(({ kind }) => kind === "launch");
}

/**
 * Whether a turn recorded the end of a batch and then lost its write of the lane, or died before it:
 * what was recorded first stays. Only a void batch whose job is there after all goes on.
 */
function isRecorded({ number, jobId }: Batch, records: readonly EndedBatch[]): boolean {
  return records.some(
    (record) => record.number === number && (record.outcome === "ended" || jobId === undefined),
  );
}

function withJob(batch: Batch, view: LaneView, seen: Observation): Batch {
  if (batch.jobId !== undefined) return batch;
  const job = jobByTag(batch, view, seen.jobs) ?? jobByLastLaunch(batch, view, seen);
  return job ? { ...batch, jobId: job.jobId, startedAt: job.createdAt } : batch;
}

function jobByTag(batch: Batch, { lane }: LaneView, jobs: readonly Job[]): Job | undefined {
  return jobs.find((job) => taggedBatch(job, lane.executionId, lane.lane) === batch.number);
}

/** Where tags are missing: the one job that every server of the batch names as its last launch. */
function jobByLastLaunch(batch: Batch, view: LaneView, seen: Observation): Job | undefined {
  const members = new Set(batch.servers);
  const named = new Set(
    (seen.servers ?? [])
      .filter(({ server }) => members.has(server))
      .map(({ lastLaunch }) => lastLaunch?.jobId),
  );
  const [jobId] = named;
  if (named.size !== 1 || jobId === undefined) return undefined;
  const job = seen.jobs.find((one) => one.jobId === jobId);
  const isOurs =
    job !== undefined &&
    Object.keys(job.tags).length === 0 &&
    job.servers.length === batch.servers.length &&
    job.servers.every(({ server }) => members.has(server)) &&
    job.initiatedBy === (view.head.kind === "drill" ? "START_DRILL" : "START_RECOVERY") &&
    !before(job.createdAt, plusSeconds(batch.intendedAt, -clockSkewSeconds)) &&
    !view.ended.some((ended) => ended.jobId === jobId);
  return isOurs ? job : undefined;
}

function revivedBatches(view: LaneView, jobs: readonly Job[]): readonly Batch[] {
  const known = new Set([
    ...view.lane.openBatches.map(({ number }) => number),
    ...view.ended.filter(({ outcome }) => outcome === "ended").map(({ number }) => number),
  ]);
  const voids = view.ended.filter(
    ({ outcome, number }) => outcome === "void" && !known.has(number),
  );
  return voids.flatMap((dead) => {
    const job = jobs.find(
      (one) => taggedBatch(one, view.lane.executionId, view.lane.lane) === dead.number,
    );
    if (!job) return [];
    const batch: Batch = {
      number: dead.number,
      kind: "launch",
      ...(dead.wave === undefined ? {} : { wave: dead.wave }),
      servers: dead.servers,
      intendedAt: dead.intendedAt,
      intendedBy: "revived",
      jobId: job.jobId,
      startedAt: job.createdAt,
    };
    return [batch];
  });
}

function endOf(
  batch: Batch,
  view: LaneView,
  seen: Observation,
  now: Instant,
): EndedBatch | undefined {
  const job = seen.jobs.find(({ jobId }) => jobId === batch.jobId);
  if (job?.status === "COMPLETED") return ended(batch, launchResults(batch, job), now);
  if (batch.jobId === undefined && seen.unavailable === undefined) {
    const hopeless = plusSeconds(batch.intendedAt, voidAfterSeconds);
    return before(hopeless, now) ? voided(batch, "no job was found for it", now) : undefined;
  }
  const deadlineMinutes = deadlineOf(batch, view);
  const overdue = plusSeconds(batch.startedAt ?? batch.intendedAt, deadlineMinutes * 60);
  return before(overdue, now)
    ? ended(batch, overdueResults(batch, job, deadlineMinutes), now)
    : undefined;
}

function deadlineOf(batch: Batch, { head }: LaneView): number {
  const wave = head.waves.find(({ name }) => name === batch.wave);
  return wave?.deadlineMinutes ?? Number.POSITIVE_INFINITY;
}

/** How each server of a batch stands in its job; servers without a final word are left out. */
export function finalResults(batch: Batch, job: Job): readonly ServerResult[] {
  const byServer = new Map(job.servers.map((server) => [server.server, server]));
  return batch.servers.flatMap((server) => {
    const result = finalResult(server, byServer.get(server), job);
    return result ? [result] : [];
  });
}

function finalResult(
  server: string,
  seen: JobServer | undefined,
  job: Job,
): ServerResult | undefined {
  const { jobId } = job;
  switch (seen?.launchStatus) {
    case "LAUNCHED":
      return { server, outcome: "launched", jobId };
    case "FAILED":
      return { server, outcome: "failed", reason: `launch failed in job ${jobId}`, jobId };
    case "TERMINATED":
      return { server, outcome: "failed", reason: `terminated during job ${jobId}`, jobId };
    default:
      return undefined;
  }
}

function launchResults(batch: Batch, job: Job): readonly ServerResult[] {
  return completed(batch, finalResults(batch, job), (server) => {
    const status = job.servers.find((one) => one.server === server)?.launchStatus;
    const reason = status
      ? `job ${job.jobId} ended while it was ${status}`
      : `job ${job.jobId} ended without it`;
    return { server, outcome: "failed", reason, jobId: job.jobId };
  });
}

function overdueResults(
  batch: Batch,
  job: Job | undefined,
  deadlineMinutes: number,
): readonly ServerResult[] {
  const { jobId } = batch;
  const within = `within ${deadlineMinutes} minutes`;
  const known = jobId === undefined ? {} : { jobId };
  return completed(batch, job ? finalResults(batch, job) : [], (server) => ({
    server,
    outcome: "failed",
    reason: overdueReason(jobId, job, within),
    ...known,
  }));
}

function overdueReason(jobId: string | undefined, job: Job | undefined, within: string): string {
  if (jobId === undefined) return `its call was not answered, and no job was shown ${within}`;
  return `job ${jobId} ${job ? "had not launched it" : "was not shown"} ${within}`;
}

function completed(
  batch: Batch,
  results: readonly ServerResult[],
  other: (server: string) => ServerResult,
): readonly ServerResult[] {
  const byServer = new Map(results.map((result) => [result.server, result]));
  return batch.servers.map((server) => byServer.get(server) ?? other(server));
}

export function ended(batch: Batch, results: readonly ServerResult[], now: Instant): EndedBatch {
  return { ...lifeOf(batch), outcome: "ended", endedAt: now, results };
}

/** Ends a batch that started nothing: its servers wait again. */
export function voided(batch: Batch, reason: string, now: Instant): EndedBatch {
  return { ...lifeOf(batch), outcome: "void", endedAt: now, results: [], reason };
}

function lifeOf({ number, kind, wave, jobId, intendedAt, servers }: Batch) {
  return {
    number,
    kind,
    ...(wave === undefined ? {} : { wave }),
    ...(jobId === undefined ? {} : { jobId }),
    intendedAt,
    servers,
  };
}
