import { type Instant, instant, plusSeconds } from "../../../runtime/core/instant.js";
import type { LaneKey } from "../../../runtime/core/lane.js";
import { decide } from "../../../runtime/core/recovery/decide.js";
import { newLane } from "../../../runtime/core/recovery/model.js";
import type { Job, LaneQuotas } from "../../../runtime/core/recovery/observation.js";
import type { Member } from "../../../runtime/core/recovery/plan.js";
import { documentedQuotas } from "../../../runtime/core/recovery/predict.js";
import type {
  Batch,
  EndedBatch,
  ExecutionWave,
  Head,
  LaneState,
} from "../../../runtime/core/recovery/state.js";
import type { Decision, LaneView, Observation, Turn } from "../../../runtime/core/recovery/view.js";

export const laneA: LaneKey = "111111111111/us-east-1";
export const laneB: LaneKey = "222222222222/us-west-2";

/** When every execution of these tests began. */
export const startedAt: Instant = instant(1_769_220_000_000);

export function at(seconds: number): Instant {
  return plusSeconds(startedAt, seconds);
}

/** Ids by number: `s-0007`. */
export function servers(count: number, first = 1): readonly string[] {
  return Array.from({ length: count }, (_, n) => `s-${String(first + n).padStart(4, "0")}`);
}

export function member(server: string, more: Partial<Member> = {}): Member {
  return { server, wave: "first", critical: true, expectedLaunchSeconds: 600, ...more };
}

export function wave(name: string, more: Partial<ExecutionWave> = {}): ExecutionWave {
  return {
    name,
    dependsOn: [],
    failedAtMostPercent: 0,
    deadlineMinutes: 120,
    laneCount: 1,
    ...more,
  };
}

export function head(more: Partial<Head> = {}): Head {
  return {
    executionId: "execution",
    revision: 3,
    plan: "plan",
    planRevision: 1,
    kind: "drill",
    state: "recovering",
    command: "run",
    cleanUp: true,
    relaunchRecovered: false,
    waves: [wave("first")],
    laneCount: 1,
    lostLanes: [],
    reserve: { jobs: 0, servers: 0 },
    pacingSeconds: 0,
    writerRegion: "us-east-1",
    startedAt,
    ...more,
  };
}

export function laneState(more: Partial<LaneState> = {}): LaneState {
  return { ...newLane(head(), laneA, documentedQuotas), ...more };
}

export function quotas(more: Partial<LaneQuotas>): LaneQuotas {
  return { ...documentedQuotas, ...more };
}

/** A job of somebody else's: of an operator at the console, or of another tool. */
export function job(jobId: string, members: readonly string[], more: Partial<Job> = {}): Job {
  return {
    jobId,
    type: "LAUNCH",
    initiatedBy: "START_DRILL",
    status: "STARTED",
    createdAt: at(-100),
    servers: members.map((server) => ({ server, launchStatus: "IN_PROGRESS" })),
    tags: {},
    ...more,
  };
}

/** The job as it stands when it has ended, each of its servers in the same status. */
export function over(one: Job, launchStatus = "LAUNCHED", endedAt = at(10)): Job {
  const all = one.servers.map((server) => ({ ...server, launchStatus }));
  return { ...one, status: "COMPLETED", endedAt, servers: all };
}

export function batch(number: number, members: readonly string[], more: Partial<Batch> = {}) {
  const life = { intendedAt: startedAt, intendedBy: "turn-0" };
  return { number, kind: "launch", wave: "first", servers: members, ...life, ...more } as const;
}

export function endedBatch(
  number: number,
  members: readonly string[],
  more: Partial<EndedBatch> = {},
): EndedBatch {
  return {
    number,
    kind: "launch",
    outcome: "ended",
    wave: "first",
    intendedAt: startedAt,
    endedAt: at(10),
    servers: members,
    results: members.map((server) => ({ server, outcome: "launched" })),
    ...more,
  };
}

export function view(more: Partial<LaneView> = {}): LaneView {
  return { head: head(), lane: laneState(), members: [], ended: [], gates: [], ...more };
}

export function turn(more: Partial<Turn> = {}): Turn {
  return { now: at(20), token: "turn-1", random: () => 0.5, mayIntend: true, ...more };
}

/** One decision about members, most of what else there is left as it is at first. */
export function decided(
  members: readonly Member[],
  seen: Partial<Observation> = {},
  more: Partial<LaneView> & { readonly turn?: Partial<Turn> } = {},
): Decision {
  const { turn: ofTurn, ...rest } = more;
  return decide(view({ members, ...rest }), { jobs: [], ...seen }, turn(ofTurn));
}

/** What a decision starts, call by call. */
export function started({ calls }: Decision): readonly (readonly string[])[] {
  return calls.map((call) => call.servers);
}

/** How a decision ends servers without a call. */
export function settled({ lane }: Decision) {
  return lane.settling.flatMap(({ results }) => results);
}
