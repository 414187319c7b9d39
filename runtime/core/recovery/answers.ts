import { cadence } from "../../limits.js";
import { type Instant, plusSeconds } from "../instant.js";
import { denialRestSeconds, deniedSince, isBelieved } from "./denials.js";
import type { CallAnswer } from "./observation.js";
import { ended, voided } from "./reconcile.js";
import type { Backoff, Batch, EndedBatch, LaneState, ServerResult, Suspects } from "./state.js";

/** What an answer makes of a lane: recorded by the turn's next look. */
export interface Answered {
  readonly lane: LaneState;
  readonly ended: readonly EndedBatch[];
}

/**
 * Takes the answer to a batch's one call. A definite answer decides at once; an indefinite one
 * leaves the batch intended, to be found or voided later.
 */
export function answered(
  lane: LaneState,
  batch: Batch,
  answer: CallAnswer,
  now: Instant,
  random: () => number,
): Answered {
  const called: LaneState = { ...lane, lastCallAt: now };
  switch (answer.kind) {
    case "accepted":
      return started(called, batch, answer.job.jobId, now);
    case "indefinite":
      return { lane: called, ended: [] };
    case "conflict":
      return refusedAsWhole(called, batch, "a job held one of its servers", now, {
        isDelayed: false,
      });
    case "not-found":
    case "invalid":
      return unusable(called, batch, answer.message, now);
    case "denied":
      return denied(called, batch, `denied: ${answer.message}`, now, random);
    case "over-quota":
      return backedOff(called, batch, now, {
        kind: "over-quota",
        reason: `over quota${answer.quotaCode ? ` ${answer.quotaCode}` : ""}`,
        seconds: cadence.jobPollSeconds,
      });
    case "throttled":
      return backedOff(called, batch, now, {
        kind: "throttled",
        reason: "throttled",
        seconds: answer.retryAfterSeconds ?? throttleSeconds(called, random),
      });
  }
}

function started(lane: LaneState, batch: Batch, jobId: string, now: Instant): Answered {
  const openBatches = lane.openBatches.map((open) =>
    open.number === batch.number ? { ...open, jobId, startedAt: now } : open,
  );
  const { backoff: _, ...rest } = lane;
  return {
    lane: { ...rest, openBatches, suspects: without(lane.suspects, batch.servers) },
    ended: [],
  };
}

/** One member made the service refuse all: they are tried again in smaller calls. */
function refusedAsWhole(
  lane: LaneState,
  batch: Batch,
  reason: string,
  now: Instant,
  rest: Pick<Suspects, "isDelayed" | "deniedSince"> & { readonly notBefore?: Instant },
): Answered {
  const attempts = 1 + refusalsOf(lane.suspects, batch.servers[0]);
  const suspects: Suspects = { servers: batch.servers, attempts, notBefore: now, ...rest };
  return {
    lane: {
      ...dropped(lane, batch),
      suspects: [...without(lane.suspects, batch.servers), suspects],
    },
    ended: [voided(batch, reason, now)],
  };
}

function unusable(lane: LaneState, batch: Batch, message: string, now: Instant): Answered {
  return batch.servers.length > 1 || batch.kind === "terminate"
    ? refusedAsWhole(lane, batch, message, now, { isDelayed: true })
    : failed(lane, batch, message, now);
}

/**
 * A launch that is denied for good fails its servers: somebody has to hear of it. A clean-up has no such
 * haste; its whole lane rests, and what it cannot end by its own deadline is told as left behind.
 */
function denied(
  lane: LaneState,
  batch: Batch,
  reason: string,
  now: Instant,
  random: () => number,
): Answered {
  const since = deniedSince(lane.suspects, batch.servers) ?? now;
  if (batch.kind === "launch" && isBelieved(since, now)) return failed(lane, batch, reason, now);
  const notBefore = plusSeconds(now, denialRestSeconds(since, now, random));
  const rest = { isDelayed: true, notBefore, deniedSince: since };
  const refused = refusedAsWhole(lane, batch, reason, now, rest);
  if (batch.kind === "launch") return refused;
  const attempts = (lane.backoff?.attempts ?? 0) + 1;
  const backoff: Backoff = { kind: "denied", until: notBefore, attempts, reason };
  return { ...refused, lane: { ...refused.lane, backoff } };
}

function failed(lane: LaneState, batch: Batch, reason: string, now: Instant): Answered {
  const results = batch.servers.map(
    (server): ServerResult => ({ server, outcome: "failed", reason }),
  );
  return {
    lane: { ...dropped(lane, batch), suspects: without(lane.suspects, batch.servers) },
    ended: [ended(batch, results, now)],
  };
}

function backedOff(
  lane: LaneState,
  batch: Batch,
  now: Instant,
  { kind, reason, seconds }: Pick<Backoff, "kind" | "reason"> & { seconds: number },
): Answered {
  const attempts = (lane.backoff?.attempts ?? 0) + 1;
  const backoff: Backoff = { kind, until: plusSeconds(now, seconds), attempts, reason };
  return { lane: { ...dropped(lane, batch), backoff }, ended: [voided(batch, reason, now)] };
}

/** Full jitter under a ceiling that doubles with each refusal, but never less than a second. */
function throttleSeconds(lane: LaneState, random: () => number): number {
  const ceilings = cadence.throttleBackoffSeconds;
  const attempt = Math.min(lane.backoff?.attempts ?? 0, ceilings.length - 1);
  return Math.max(1, random() * (ceilings[attempt] ?? 60));
}

function dropped(lane: LaneState, batch: Batch): LaneState {
  return { ...lane, openBatches: lane.openBatches.filter(({ number }) => number !== batch.number) };
}

/** Refusals so far of calls that named a server. */
export function refusalsOf(suspects: readonly Suspects[], server: string | undefined): number {
  return (
    suspects.find(({ servers }) => server !== undefined && servers.includes(server))?.attempts ?? 0
  );
}

function without(suspects: readonly Suspects[], gone: readonly string[]): readonly Suspects[] {
  const names = new Set(gone);
  return suspects
    .map((one) => ({ ...one, servers: one.servers.filter((server) => !names.has(server)) }))
    .filter(({ servers }) => servers.length > 0);
}
