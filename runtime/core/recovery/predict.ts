import { cadence, drsQuotas } from "../../limits.js";
import { earliest, type Instant, instant, plusSeconds, secondsBetween } from "../instant.js";
import type { LaneKey } from "../lane.js";
import { topological } from "./dependencies.js";
import { lowerBoundSeconds } from "./lower-bound.js";
import { type ModelLane, modelLane, turnOfModel } from "./model.js";
import type { LaneQuotas } from "./observation.js";
import type { Member, Wave } from "./plan.js";
import type { ExecutionWave, GateState, Head } from "./state.js";

/** What the predictor needs of a wave. */
export type PredictedWave = Pick<
  Wave,
  "name" | "dependsOn" | "failedAtMostPercent" | "deadlineMinutes"
>;

export interface PredictionInput {
  readonly waves: readonly PredictedWave[];
  readonly members: ReadonlyMap<LaneKey, readonly Member[]>;
  readonly reserve: { readonly jobs: number; readonly servers: number };
  readonly pacingSeconds: number;
  readonly quotas?: (lane: LaneKey) => LaneQuotas;
}

export interface Prediction {
  /** From the start to the last server's end, polling included; infinite when a lane has no room at all. */
  readonly makespanSeconds: number;
  /** The slowest servers along the dependencies: no orchestrator can be faster. */
  readonly lowerBoundSeconds: number;
  readonly jobs: number;
  readonly servers: {
    readonly launched: number;
    readonly failed: number;
    readonly skipped: number;
  };
  readonly waves: readonly {
    readonly wave: string;
    readonly openedAtSeconds: number;
    readonly endedAtSeconds: number;
  }[];
  readonly lanes: readonly {
    readonly lane: LaneKey;
    readonly servers: number;
    readonly jobs: number;
    readonly peakJobs: number;
    readonly peakServersInFlight: number;
    readonly endedAtSeconds: number;
  }[];
}

/** The quotas that AWS documents, for when nobody can be asked. */
export const documentedQuotas: LaneQuotas = {
  replicatingServers: drsQuotas.replicatingServers.value,
  sourceServers: drsQuotas.sourceServers.value,
  concurrentJobs: drsQuotas.concurrentJobs.value,
  serversPerJob: drsQuotas.serversPerJob.value,
  serversInAllJobs: drsQuotas.serversInAllJobs.value,
  readFrom: "constants",
};

const start = instant(0);

/**
 * Runs the very `decide` of a recovery against a model world in which every server launches in its
 * expected time, and tells what came of it. Looks are counted at their latest, so the prediction
 * errs on the slow side.
 */
export function predict(input: PredictionInput): Prediction {
  const head = headOf(input);
  const gates = new Map<string, { done: Set<LaneKey>; broken: Set<LaneKey> }>(
    head.waves.map(({ name }) => [name, { done: new Set(), broken: new Set() }]),
  );
  const lanes = [...input.members].map(([lane, members]) =>
    modelLane(head, lane, members, input.quotas?.(lane) ?? documentedQuotas),
  );
  const opened = new Map<string, Instant>();
  const closed = new Map<string, Instant>();
  const due = new Map(lanes.map((lane) => [lane, start]));
  for (let now = next(due); now !== undefined; now = next(due)) {
    const current = [...due].filter(([, at]) => at === now).map(([lane]) => lane);
    let hasMarked = false;
    for (const lane of current) {
      const { marks, nextAt } = turnOfModel(lane, gateStates(gates), now);
      for (const { wave, lane: key, broken } of marks) {
        const gate = gates.get(wave);
        if (!gate || gate.done.has(key)) continue;
        gate.done.add(key);
        if (broken) gate.broken.add(key);
        hasMarked = true;
        closed.set(wave, now);
      }
      for (const { name, openedAt } of lane.state.waves) {
        if (openedAt !== undefined && !opened.has(name)) opened.set(name, openedAt);
      }
      if (nextAt === undefined) due.delete(lane);
      else due.set(lane, nextAt);
    }
    if (hasMarked) wakeAtGates(lanes, due, plusSeconds(now, cadence.gatePollSeconds));
  }
  return predictionOf(input, head, lanes, { opened, closed });
}

/** The earliest moment at which a lane is due. */
function next(due: ReadonlyMap<ModelLane, Instant>): Instant | undefined {
  const [first, ...others] = due.values();
  return first === undefined ? undefined : earliest(first, ...others);
}

/** Lanes that wait at a gate, whatever else they do meanwhile, look when one is passed. */
function wakeAtGates(lanes: readonly ModelLane[], due: Map<ModelLane, Instant>, at: Instant): void {
  for (const lane of lanes) {
    const { phase, waves } = lane.state;
    const waits = waves.some(({ openedAt, done }) => openedAt === undefined && !done);
    if (phase === "recovering" && waits) due.set(lane, earliest(due.get(lane) ?? at, at));
  }
}

function gateStates(
  gates: ReadonlyMap<string, { done: ReadonlySet<LaneKey>; broken: ReadonlySet<LaneKey> }>,
): readonly GateState[] {
  return [...gates].map(([wave, { done, broken }]) => ({ wave, done, broken }));
}

function headOf({ waves, members, reserve, pacingSeconds }: PredictionInput): Head {
  return {
    executionId: "prediction",
    revision: 1,
    plan: "prediction",
    planRevision: 1,
    kind: "recovery",
    state: "recovering",
    command: "run",
    cleanUp: false,
    relaunchRecovered: false,
    waves: executionWaves(waves, members),
    laneCount: members.size,
    lostLanes: [],
    reserve,
    pacingSeconds,
    writerRegion: "prediction",
    startedAt: start,
  };
}

/** Waves in the order of their dependencies, each with the number of lanes that have members in it. */
export function executionWaves(
  waves: readonly PredictedWave[],
  members: ReadonlyMap<LaneKey, readonly Member[]>,
): readonly ExecutionWave[] {
  const laneCounts = new Map<string, number>();
  for (const ofLane of members.values()) {
    for (const wave of new Set(ofLane.map((member) => member.wave))) {
      laneCounts.set(wave, (laneCounts.get(wave) ?? 0) + 1);
    }
  }
  return topological(waves).map(({ name, dependsOn, failedAtMostPercent, deadlineMinutes }) => ({
    name,
    dependsOn,
    failedAtMostPercent,
    deadlineMinutes,
    laneCount: laneCounts.get(name) ?? 0,
  }));
}

function predictionOf(
  input: PredictionInput,
  head: Head,
  lanes: readonly ModelLane[],
  {
    opened,
    closed,
  }: { opened: ReadonlyMap<string, Instant>; closed: ReadonlyMap<string, Instant> },
): Prediction {
  const seconds = (at: Instant | undefined) => secondsBetween(start, at ?? start);
  const total = (outcome: "launched" | "failed" | "skipped") =>
    lanes.reduce(
      (sum, { state }) => sum + state.waves.reduce((n, wave) => n + wave[outcome], 0),
      0,
    );
  return {
    makespanSeconds: lanes.reduce(
      (max, { endedAt }) => Math.max(max, endedAt === undefined ? Infinity : seconds(endedAt)),
      0,
    ),
    lowerBoundSeconds: lowerBoundSeconds(head.waves, input.members),
    jobs: lanes.reduce((sum, { jobs }) => sum + jobs.length, 0),
    servers: { launched: total("launched"), failed: total("failed"), skipped: total("skipped") },
    waves: head.waves
      .filter(({ laneCount }) => laneCount > 0)
      .map(({ name }) => ({
        wave: name,
        openedAtSeconds: seconds(opened.get(name)),
        endedAtSeconds: seconds(closed.get(name)),
      })),
    lanes: lanes.map((lane) => ({
      lane: lane.state.lane,
      servers: lane.members.length,
      jobs: lane.jobs.length,
      peakJobs: lane.peakJobs,
      peakServersInFlight: lane.peakServersInFlight,
      endedAtSeconds: seconds(lane.endedAt),
    })),
  };
}

/** What a plan's contract says: how many servers of each wave each lane is expected to hold. */
export interface CountedPlan {
  readonly waves: readonly (PredictedWave & {
    readonly expectedLaunchSeconds: number;
    readonly expectedServers: Readonly<Record<LaneKey, number>>;
  })[];
  readonly reserve: { readonly jobs: number; readonly servers: number };
  readonly pacingSeconds: number;
}

/** Predicts a plan from counts alone, before any server is known by name. */
export function predictFromCounts({ waves, reserve, pacingSeconds }: CountedPlan): Prediction {
  const members = new Map<LaneKey, Member[]>();
  for (const { name, expectedServers, expectedLaunchSeconds } of waves) {
    for (const [lane, count] of Object.entries(expectedServers) as [LaneKey, number][]) {
      const ofLane = members.get(lane) ?? [];
      members.set(lane, ofLane);
      for (let ordinal = 0; ordinal < count; ordinal += 1) {
        const server = `${name}-${ordinal}`;
        ofLane.push({ server, wave: name, critical: true, expectedLaunchSeconds });
      }
    }
  }
  return predict({ waves, members, reserve, pacingSeconds });
}
