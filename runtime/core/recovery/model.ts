import { cadence } from "../../limits.js";
import { before, earliest, type Instant, plusSeconds } from "../instant.js";
import type { LaneKey } from "../lane.js";
import { answered } from "./answers.js";
import { decide } from "./decide.js";
import { isActive, type Job, type LaneQuotas } from "./observation.js";
import type { Member } from "./plan.js";
import type { Batch, EndedBatch, GateState, Head, LaneState } from "./state.js";
import { jobTags } from "./tags.js";
import type { GateMark } from "./view.js";

/** A lane in the predictor's world: the journal's part, and what a well-behaved DRS would do. */
export interface ModelLane {
  readonly head: Head;
  readonly members: readonly Member[];
  readonly expected: ReadonlyMap<string, number>;
  state: LaneState;
  readonly ended: EndedBatch[];
  readonly jobs: ModelJob[];
  peakJobs: number;
  peakServersInFlight: number;
  endedAt?: Instant;
}

interface ModelJob {
  readonly job: Job;
  readonly endsAt: Instant;
}

/** Time after its last launch in which a job is still active, as in the one captured run. */
const closingSeconds = 2;

/** A lane as it stands when an execution has been prepared. */
export function newLane(head: Head, lane: LaneKey, quotas: LaneQuotas): LaneState {
  return {
    executionId: head.executionId,
    lane,
    revision: 1,
    owner: "prepare",
    phase: "recovering",
    phaseSince: head.startedAt,
    quotas,
    nextBatch: 1,
    openBatches: [],
    settling: [],
    waves: [],
    suspects: [],
    handOvers: 0,
    terminated: 0,
    leftBehind: [],
    heldBack: {},
  };
}

export function modelLane(
  head: Head,
  lane: LaneKey,
  members: readonly Member[],
  quotas: LaneQuotas,
): ModelLane {
  return {
    head,
    members,
    expected: new Map(
      members.map(({ server, expectedLaunchSeconds }) => [server, expectedLaunchSeconds]),
    ),
    state: newLane(head, lane, quotas),
    ended: [],
    jobs: [],
    peakJobs: 0,
    peakServersInFlight: 0,
  };
}

/** Takes one turn of a lane; answers the gates it passed, and when it can have something to do. */
export function turnOfModel(
  lane: ModelLane,
  gates: readonly GateState[],
  now: Instant,
): { readonly marks: readonly GateMark[]; readonly nextAt?: Instant } {
  const marks: GateMark[] = [];
  for (;;) {
    const jobs = lane.jobs.map((one) => shownAt(one, now)).filter(isRecent(lane));
    const view = {
      head: lane.head,
      lane: lane.state,
      members: lane.members,
      ended: lane.ended,
      gates,
    };
    const turn = { now, token: "model", random: () => 0, mayIntend: true };
    const decision = decide(view, { jobs }, turn);
    lane.state = decision.lane;
    lane.ended.push(...decision.ended);
    marks.push(...decision.marks);
    if (decision.next.kind === "ended") {
      lane.endedAt = now;
      return { marks };
    }
    if (decision.calls.length === 0) return { marks, ...nextAt(lane, now, decision.next) };
    for (const batch of decision.calls) accept(lane, batch, now);
    notePeaks(lane, now);
  }
}

/** Jobs that ended and whose batch the lane let go of are history. */
function isRecent({ state }: ModelLane) {
  const open = new Set(state.openBatches.map(({ jobId }) => jobId));
  return (job: Job) => isActive(job) || open.has(job.jobId);
}

function shownAt({ job, endsAt }: ModelJob, now: Instant): Job {
  if (before(now, endsAt)) return job;
  const servers = job.servers.map((server) => ({ ...server, launchStatus: "LAUNCHED" }));
  return { ...job, status: "COMPLETED", endedAt: endsAt, servers };
}

function accept(lane: ModelLane, batch: Batch, now: Instant): void {
  const { executionId, lane: key } = lane.state;
  const jobId = `job-${key}-${batch.number}`;
  const slowest = batch.servers.reduce((max, id) => Math.max(max, lane.expected.get(id) ?? 0), 0);
  const job: Job = {
    jobId,
    type: "LAUNCH",
    initiatedBy: "START_RECOVERY",
    status: "STARTED",
    createdAt: now,
    servers: batch.servers.map((server) => ({ server, launchStatus: "PENDING" })),
    tags: jobTags(executionId, key, batch.number),
  };
  lane.jobs.push({ job, endsAt: plusSeconds(now, slowest + closingSeconds) });
  lane.state = answered(lane.state, batch, { kind: "accepted", job }, now, () => 0).lane;
}

function notePeaks(lane: ModelLane, now: Instant): void {
  const active = lane.jobs.filter(({ endsAt }) => before(now, endsAt));
  const servers = active.reduce((sum, { job }) => sum + job.servers.length, 0);
  lane.peakJobs = Math.max(lane.peakJobs, active.length);
  lane.peakServersInFlight = Math.max(lane.peakServersInFlight, servers);
}

/** The next job's end, seen one look later; or the wait that a hold asked for. */
function nextAt(
  lane: ModelLane,
  now: Instant,
  next: { readonly kind: "wait" | "pause"; readonly seconds?: number },
): { readonly nextAt?: Instant } {
  const running = lane.jobs.filter(({ endsAt }) => before(now, endsAt));
  const ends = running.map(({ endsAt }) => plusSeconds(endsAt, cadence.gatePollSeconds));
  const paced = lane.head.pacingSeconds > 0 && next.seconds !== undefined;
  const moments = paced ? [...ends, plusSeconds(now, next.seconds ?? 1)] : ends;
  const [first, ...others] = moments;
  if (first === undefined) return {};
  return { nextAt: earliest(first, ...others) };
}
