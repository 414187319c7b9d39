import { type Instant, plusSeconds } from "../../../runtime/core/instant.js";
import { type LaneKey, laneKey, laneOf } from "../../../runtime/core/lane.js";
import type { Drs, Workflows } from "../../../runtime/core/ports.js";
import type { LaneQuotas } from "../../../runtime/core/recovery/observation.js";
import type { RecoveryPlan, Wave } from "../../../runtime/core/recovery/plan.js";
import { documentedQuotas } from "../../../runtime/core/recovery/predict.js";
import type { Advanced } from "../../../runtime/handlers/execution/advance.js";
import type { ExecutionDeps } from "../../../runtime/handlers/execution/deps.js";
import type { ExecutionStatus } from "../../../runtime/handlers/execution/operator.js";
import { executionHandler } from "../../../runtime/handlers/execution.js";
import { laneA, servers, startedAt } from "./build.js";
import { MemoryLane, type ModelServer } from "./memory-drs.js";
import { memoryJournal } from "./memory-journal.js";
import { memoryLibrary } from "./memory-library.js";

export const executionId = "execution";

/** What the state machines of an execution were asked, in order. */
export interface Asked {
  readonly started: { machine: string; name: string; input: object }[];
  readonly succeeded: string[];
  readonly beats: string[];
  readonly notes: { subject: string; message: string }[];
  /** Names under which a plan's machine still runs. */
  readonly running: Set<string>;
}

export interface BenchOptions {
  readonly waves?: readonly Partial<Wave>[];
  readonly plan?: Partial<RecoveryPlan>;
  readonly fleet?: Readonly<Record<LaneKey, readonly ModelServer[]>>;
  readonly hiddenSeconds?: number;
  readonly quotas?: LaneQuotas;
  /** Puts itself between the handler and the DRS of a lane. */
  readonly drs?: (port: Drs, lane: LaneKey) => Drs;
  /** Puts itself between the handler and all its ports. */
  readonly deps?: (deps: ExecutionDeps) => ExecutionDeps;
}

export function modelServer(server: string, more: Partial<ModelServer> = {}): ModelServer {
  const usual = { launchSeconds: 300, fails: false, replicationState: "CONTINUOUS" };
  return { server, tags: { Wave: "first" }, ...usual, ...more };
}

export function fleetOf(count: number, more: Partial<ModelServer> = {}, first = 1) {
  return servers(count, first).map((server) => modelServer(server, more));
}

/** A wave that selects the servers tagged with its name. */
export function planWave(name: string, more: Partial<Wave> = {}): Wave {
  return {
    name,
    group: "group",
    tags: { Wave: name },
    dependsOn: [],
    failedAtMostPercent: 0,
    deadlineMinutes: 120,
    expectedLaunchSeconds: 300,
    ...more,
  };
}

/** The execution handler over memory ports on a clock that moves when told to. No machine runs by itself. */
export function startBench(options: BenchOptions = {}) {
  const { waves = [{}], fleet = { [laneA]: fleetOf(3) }, quotas = documentedQuotas } = options;
  let now: Instant = startedAt;
  let ids = 0;
  const clock = { now: () => now };
  const journal = memoryJournal();
  const { hiddenSeconds = 0 } = options;
  const lanes = new Map(
    (Object.entries(fleet) as [LaneKey, readonly ModelServer[]][]).map(([key, of]) => [
      key,
      new MemoryLane(key, of, clock, { hiddenSeconds, quotas }),
    ]),
  );
  const plan: RecoveryPlan = {
    name: "plan",
    objectives: { rtoMinutes: 60, rpoMinutes: 15 },
    waves: waves.map((one) => planWave(one.name ?? "first", one)),
    reserve: { jobs: 0, servers: 0 },
    pacingSeconds: 0,
    ...options.plan,
  };
  const members = [...lanes.keys()].map((key) => ({ ...laneOf(key), tags: {} }));
  const asked: Asked = { started: [], succeeded: [], beats: [], notes: [], running: new Set() };
  const drs = (key: LaneKey): Drs => {
    const port = laneIn(lanes, key).drs();
    return options.drs?.(port, key) ?? port;
  };
  const deps: ExecutionDeps = {
    journal,
    library: memoryLibrary([plan], [{ name: "group", members }]),
    drs: (lane) => drs(laneKey(lane)),
    quotas: async () => quotas,
    workflows: workflowsOf(asked),
    notifier: { notify: async (subject, message) => void asked.notes.push({ subject, message }) },
    clock,
    newId: () => {
      ids += 1;
      return `id-${ids}`;
    },
    random: () => 0.5,
    log: { info: () => {}, warn: () => {}, error: () => {} },
    region: "us-east-1",
  };
  const handle = executionHandler(options.deps?.(deps) ?? deps);
  const ask = <T = object>(operation: string, more: object = {}) =>
    handle({ operation, executionId, ...more }) as Promise<T>;
  return {
    asked,
    ask,
    clock,
    handle,
    journal,
    lanes,
    pass(seconds: number): void {
      now = plusSeconds(now, seconds);
    },
    lane: (key: LaneKey = laneA) => laneIn(lanes, key),
    start: (kind: "drill" | "recovery" = "drill", more: object = {}) =>
      ask("start", { plan: "plan", kind, ...more }),
    /** Starts an execution and brings it to where its lanes take their first turn. */
    async begin(kind: "drill" | "recovery" = "drill", more: object = {}): Promise<void> {
      await ask("start", { plan: "plan", kind, ...more });
      const prepared = await ask<{ lanes: LaneKey[] }>("prepare");
      for (const lane of prepared.lanes) {
        await ask("begin-lane", { lane, phase: "recover", taskToken: `recover ${lane}` });
      }
    },
    advance: (lane: LaneKey = laneA) => ask<Advanced>("advance", { lane }),
    status: () => ask<ExecutionStatus>("status"),
    /** What a lane started or ended for us, call by call. */
    calls: (lane: LaneKey = laneA) => laneIn(lanes, lane).calls.filter(({ by }) => by === "us"),
  };
}

export type Bench = ReturnType<typeof startBench>;

/** Takes turns of a lane, letting as much time pass as each asks for, until it ends or pauses. */
export async function advanceToRest(bench: Bench, lane: LaneKey = laneA): Promise<Advanced> {
  for (let turns = 0; turns < 2_000; turns += 1) {
    const answer = await bench.advance(lane);
    if (answer.next !== "wait") return answer;
    bench.pass(answer.seconds);
  }
  throw new Error(`lane ${lane} does not come to rest`);
}

function laneIn(lanes: ReadonlyMap<LaneKey, MemoryLane>, key: LaneKey): MemoryLane {
  const lane = lanes.get(key);
  if (!lane) throw new Error(`no lane ${key}`);
  return lane;
}

function workflowsOf(asked: Asked): Workflows {
  return {
    async start(machine, name, input) {
      if (asked.started.some((one) => one.name === name)) return;
      asked.started.push({ machine, name, input });
      if (machine === "recover-plan") asked.running.add(name);
    },
    succeed: async (token) => void asked.succeeded.push(token),
    heartbeat: async (token) => void asked.beats.push(token),
    isRunning: async (name) => asked.running.has(name),
  };
}
