import type { Job } from "./observation.js";
import { finalResults } from "./reconcile.js";
import type { Batch, EndedBatch, LaneState, ServerResult } from "./state.js";
import { taggedBatch } from "./tags.js";

/** Where a server stands: ended, in a batch, or (when it is in neither) waiting. */
export interface Standing {
  readonly results: ReadonlyMap<string, ServerResult>;
  readonly inFlight: ReadonlySet<string>;
}

/**
 * Waiting is derived, never stored. A server counts as launched as soon as DRS says so of the
 * server, although its job may still wait for slower ones.
 */
export function standingOf(
  open: readonly Batch[],
  ended: readonly EndedBatch[],
  jobs: readonly Job[],
): Standing {
  const results = new Map<string, ServerResult>();
  const inFlight = new Set<string>();
  for (const { kind, results: ofBatch } of ended) {
    if (kind === "terminate") continue;
    for (const result of ofBatch) results.set(result.server, result);
  }
  for (const batch of open) {
    if (batch.kind === "terminate") continue;
    const job = jobs.find(({ jobId }) => jobId === batch.jobId);
    for (const server of batch.servers) inFlight.add(server);
    for (const result of job ? finalResults(batch, job) : []) results.set(result.server, result);
  }
  return { results, inFlight };
}

/** Jobs that this execution started, by whatever trace of them is left. */
export function ourJobs(
  lane: LaneState,
  open: readonly Batch[],
  ended: readonly EndedBatch[],
  jobs: readonly Job[],
): ReadonlySet<string> {
  const named = [...open, ...ended].flatMap(({ kind, jobId }) =>
    jobId === undefined || kind === "settled" ? [] : [jobId],
  );
  const tagged = jobs
    .filter((job) => taggedBatch(job, lane.executionId, lane.lane) !== undefined)
    .map(({ jobId }) => jobId);
  return new Set([...named, ...tagged]);
}
