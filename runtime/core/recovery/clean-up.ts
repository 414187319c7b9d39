import {
  cadence,
  clockSkewSeconds,
  lateArrival,
  voidAfterSeconds,
  waveDeadlineMinutes,
} from "../../limits.js";
import { before, type Instant, plusSeconds, secondsBetween } from "../instant.js";
import { isActive, type Job, type RecoveryInstance } from "./observation.js";
import { roomOf } from "./packing.js";
import { ended, reconcileLaunches, voided } from "./reconcile.js";
import { ourJobs } from "./standing.js";
import type { Batch, EndedBatch, LaneState, Suspects } from "./state.js";
import type { Decision, Hold, LaneView, Next, Observation, Turn } from "./view.js";

/** Longest life of a termination, and of a clean-up that ends nothing. */
const longestSeconds = waveDeadlineMinutes.default * 60;

/**
 * Ends what a drill launched, and nothing else: drill instances whose job is one of ours. Goes on
 * until none is left, or says which were left behind.
 */
export function decideCleanUp(view: LaneView, seen: Observation, turn: Turn): Decision {
  const { lane, head } = view;
  const { open, ended: reconciled } = reconcileAll(view, seen, turn.now);
  const records = [...view.ended, ...reconciled];
  const ours = ourJobs(lane, open, records, seen.jobs);
  const instances = (seen.instances ?? []).filter((one) => isOurs(one, ours));
  const inBatch = new Set(open.flatMap((batch) => batch.instances ?? []));
  const waiting = instances.filter(({ instance }) => !inBatch.has(instance));
  const { free, busy } = split(waiting, seen.jobs);
  const isPaused = head.command === "pause";
  const stops = plusSeconds(lane.phaseSince, longestSeconds);
  const isLate = !isPaused && before(stops, turn.now);
  const rests = lane.backoff !== undefined && before(turn.now, lane.backoff.until);
  const isOver = isLate || lane.lost !== undefined;
  const { suspects, isFresh } = delayed(lane.suspects, turn.now);
  const mayCall = turn.mayIntend && !isPaused && !rests && !isOver && !isFresh && !seen.unavailable;
  const room = roomOf(seen.jobs, open, lane.quotas, head.reserve);
  const calls = mayCall ? terminations(free, room, perCall(lane), lane.nextBatch, turn) : [];
  const terminated = terminatedIn(reconciled);
  const next: LaneState = {
    ...lane,
    openBatches: [...open, ...calls],
    settling: [],
    nextBatch: lane.nextBatch + calls.length,
    suspects,
    terminated: lane.terminated + terminated,
    phaseSince: terminated > 0 || isPaused ? turn.now : lane.phaseSince,
  };
  const unseen = unseenOf(seen, ours) ?? hiddenOf(seen, records, turn.now);
  const answer = nextOf(next, waiting, calls, { unseen, isOver, isPaused, turn });
  return {
    lane: answer.kind === "ended" ? cleanedUp(next, waiting, unseen, turn.now) : next,
    ended: [...reconciled, ...lane.settling],
    marks: [],
    calls,
    held: busy.map(({ server }): Hold => ({ server, kind: "busy", reason: "in another job" })),
    next: answer,
  };
}

function isOurs(
  { isDrill, jobId, ec2State }: RecoveryInstance,
  ours: ReadonlySet<string>,
): boolean {
  return isDrill && jobId !== undefined && ours.has(jobId) && ec2State !== "TERMINATED";
}

function split(instances: readonly RecoveryInstance[], jobs: readonly Job[]) {
  const held = new Set(
    jobs.filter(isActive).flatMap(({ servers }) => servers.map((one) => one.server)),
  );
  return {
    free: instances.filter(({ server }) => !held.has(server)),
    busy: instances.filter(({ server }) => held.has(server)),
  };
}

/** After a refusal of a whole call, nothing is called in the same turn, and then in smaller calls. */
function delayed(suspects: readonly Suspects[], now: Instant) {
  const isFresh = suspects.some(({ isDelayed }) => !isDelayed);
  const later = plusSeconds(now, cadence.jobPollSeconds);
  return {
    isFresh,
    suspects: suspects.map((one) =>
      one.isDelayed ? one : { ...one, isDelayed: true, notBefore: later },
    ),
  };
}

function perCall({ quotas, suspects }: LaneState): number {
  const refusals = Math.max(0, ...suspects.map(({ attempts }) => attempts));
  return Math.max(1, Math.floor(quotas.serversPerJob / 2 ** refusals));
}

/** A lane that was lost may still have launches in flight: they are watched to their end. */
function reconcileAll(view: LaneView, seen: Observation, now: Instant) {
  const launches = reconcileLaunches(view, seen, now);
  const terminations = launches.open.filter(({ kind }) => kind === "terminate");
  const others = launches.open.filter(({ kind }) => kind !== "terminate");
  const { open, ended: over } = reconcileTerminations(terminations, seen, now);
  return { open: [...others, ...open], ended: [...launches.ended, ...over] };
}

/** Termination jobs carry no tag: they are found by the servers that they hold. */
function reconcileTerminations(
  batches: readonly Batch[],
  seen: Observation,
  now: Instant,
): { open: readonly Batch[]; ended: readonly EndedBatch[] } {
  const open: Batch[] = [];
  const over: EndedBatch[] = [];
  const taken = new Set(batches.flatMap(({ jobId }) => jobId ?? []));
  for (const batch of batches) {
    const jobId = batch.jobId ?? jobOf(batch, seen.jobs, taken)?.jobId;
    if (jobId !== undefined) taken.add(jobId);
    const job = seen.jobs.find((one) => one.jobId === jobId);
    const found: Batch = jobId === undefined ? batch : { ...batch, jobId };
    if (job?.status === "COMPLETED") over.push(ended(found, terminationResults(found, seen), now));
    else if (before(plusSeconds(batch.intendedAt, longestSeconds), now)) {
      over.push(voided(found, "its job did not end in time", now));
    } else if (jobId === undefined && secondsBetween(batch.intendedAt, now) > voidAfterSeconds) {
      over.push(voided(batch, "no job was found for it", now));
    } else open.push(found);
  }
  return { open, ended: over };
}

function jobOf(batch: Batch, jobs: readonly Job[], taken: ReadonlySet<string>): Job | undefined {
  const members = new Set(batch.servers);
  return jobs.find(
    ({ jobId, type, createdAt, servers }) =>
      type === "TERMINATE" &&
      !taken.has(jobId) &&
      !before(createdAt, plusSeconds(batch.intendedAt, -clockSkewSeconds)) &&
      servers.length === batch.servers.length &&
      servers.every(({ server }) => members.has(server)),
  );
}

function terminationResults(batch: Batch, seen: Observation) {
  const left = new Set((seen.instances ?? []).map(({ instance }) => instance));
  const { jobId } = batch;
  return batch.servers.flatMap((server, index) =>
    left.has(batch.instances?.[index] ?? "")
      ? []
      : [{ server, outcome: "terminated" as const, ...(jobId === undefined ? {} : { jobId }) }],
  );
}

function terminatedIn(batches: readonly EndedBatch[]): number {
  return batches
    .filter(({ kind }) => kind === "terminate")
    .reduce((count, { results }) => count + results.length, 0);
}

function terminations(
  instances: readonly RecoveryInstance[],
  room: { jobs: number; servers: number },
  serversPerJob: number,
  first: number,
  { now, token }: Turn,
): readonly Batch[] {
  const batches: Batch[] = [];
  let rest = instances.slice(0, Math.max(0, room.servers));
  while (rest.length > 0 && batches.length < room.jobs) {
    const part = rest.slice(0, serversPerJob);
    rest = rest.slice(serversPerJob);
    batches.push({
      number: first + batches.length,
      kind: "terminate",
      servers: part.map(({ server }) => server),
      instances: part.map(({ instance }) => instance),
      intendedAt: now,
      intendedBy: token,
    });
  }
  return batches;
}

/** Why there may be more to end than what is seen. */
function unseenOf({ instances, jobs, unavailable }: Observation, ours: ReadonlySet<string>) {
  if (unavailable) return unavailable.message;
  const running = jobs.find((job) => isActive(job) && ours.has(job.jobId));
  if (running) return `job ${running.jobId} of this execution has not ended`;
  return instances === undefined ? "its instances were not listed" : undefined;
}

/**
 * Whose instance may be there without being shown yet: that of a server which launched a moment ago, where
 * nobody saw it and no termination of ours ended it.
 */
function hiddenOf({ instances = [] }: Observation, records: readonly EndedBatch[], now: Instant) {
  const seen = new Set(instances.map(({ server, jobId }) => `${jobId} ${server}`));
  const gone = new Set(
    records
      .filter(({ kind }) => kind === "terminate")
      .flatMap(({ results }) => results.map(({ server }) => server)),
  );
  const hidden = records
    .filter(({ endedAt }) => before(now, plusSeconds(endedAt, lateArrival.visibilitySeconds)))
    .flatMap(({ jobId, results }) => results.map((result) => ({ jobId, ...result })))
    .find(
      ({ server, outcome, byStranger, jobId }) =>
        outcome === "launched" &&
        !byStranger &&
        !gone.has(server) &&
        !seen.has(`${jobId} ${server}`),
    );
  return hidden && `the instance of ${hidden.server} was not shown yet`;
}

interface Standstill {
  readonly unseen: string | undefined;
  readonly isOver: boolean;
  readonly isPaused: boolean;
  readonly turn: Turn;
}

function nextOf(
  lane: LaneState,
  waiting: readonly RecoveryInstance[],
  calls: readonly Batch[],
  { unseen, isOver, isPaused, turn }: Standstill,
): Next {
  const isIdle = lane.openBatches.length === 0;
  const hasNothingLeft = waiting.length === 0 && unseen === undefined;
  if (isIdle && (hasNothingLeft || isOver)) return { kind: "ended" };
  if (isIdle && isPaused) return { kind: "pause" };
  const isResting = calls.length === 0 && !turn.mayIntend && waiting.length > 0;
  return { kind: "wait", seconds: isResting ? 1 : cadence.jobPollSeconds };
}

function cleanedUp(
  lane: LaneState,
  left: readonly RecoveryInstance[],
  unseen: string | undefined,
  now: Instant,
): LaneState {
  const leftBehind = left.map(({ instance }) => instance);
  const lost = lane.lost ?? unseen ?? (left.length > 0 ? lane.backoff?.reason : undefined);
  return {
    ...lane,
    phase: "cleaned-up",
    phaseSince: now,
    leftBehind,
    ...(lost === undefined ? {} : { lost }),
  };
}
