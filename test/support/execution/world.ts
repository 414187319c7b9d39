import { type Instant, instant, plusSeconds } from "../../../runtime/core/instant.js";
import { type LaneKey, laneKey } from "../../../runtime/core/lane.js";
import type { Library, Workflows } from "../../../runtime/core/ports.js";
import type { LaneQuotas } from "../../../runtime/core/recovery/observation.js";
import type { ProtectionGroup, RecoveryPlan } from "../../../runtime/core/recovery/plan.js";
import type { ExecutionStatus } from "../../../runtime/handlers/execution/operator.js";
import { executionHandler } from "../../../runtime/handlers/execution.js";
import { lateArrival } from "../../../runtime/limits.js";
import { MemoryLane, type ModelServer } from "./memory-drs.js";
import { type MemoryJournal, memoryJournal } from "./memory-journal.js";

/** Thrown where a function dies: nothing of the turn after it happens. */
class Death extends Error {}

/**
 * Where a call of ours goes wrong: the function dies before it, after it, its answer is lost, or the
 * call itself reaches the service only when nobody waits for it any more.
 */
export type Fault = "none" | "dies-before" | "dies-after" | "answer-lost" | "arrives-late";

/** Just within the time in which a call may still arrive. */
const lateSeconds = lateArrival.functionTimeoutSeconds + lateArrival.httpTimeoutSeconds - 1;

export interface WorldOptions {
  readonly plan: RecoveryPlan;
  readonly groups: readonly ProtectionGroup[];
  readonly fleet: ReadonlyMap<LaneKey, readonly ModelServer[]>;
  readonly hiddenSeconds: number;
  readonly quotas: LaneQuotas;
  readonly random: () => number;
  /** Asked before each changing call of ours. */
  readonly fault: () => Fault;
}

/** Things that happen at a moment, in order. */
type Timed = { readonly at: Instant; readonly order: number; readonly run: () => Promise<void> };

/** The most events a run may take before it counts as endless. */
const mostEvents = 200_000;

/**
 * The real handler over memory ports, with the two state machines played by a scheduler: a turn that
 * dies is repeated, as Step Functions would.
 */
export class ExecutionWorld {
  readonly journal: MemoryJournal = memoryJournal();
  readonly lanes: ReadonlyMap<LaneKey, MemoryLane>;
  readonly handle: (event: unknown) => Promise<object>;
  readonly startedAt = instant(1_769_220_000_000);
  #now: Instant = this.startedAt;
  #order = 0;
  readonly #queue: Timed[] = [];
  #ids = 0;
  #ended = 0;
  readonly #random: () => number;

  constructor(options: WorldOptions) {
    const clock = { now: () => this.#now };
    this.#random = options.random;
    this.lanes = new Map(
      [...options.fleet].map(([key, servers]) => [
        key,
        new MemoryLane(key, servers, clock, options),
      ]),
    );
    this.handle = executionHandler({
      journal: this.journal,
      library: libraryOf(options),
      drs: (lane) => this.#drs(laneKey(lane), options.fault),
      quotas: async () => options.quotas,
      workflows: this.#workflows(),
      notifier: { notify: async () => {} },
      clock,
      newId: () => {
        this.#ids += 1;
        return `id-${this.#ids}`;
      },
      random: options.random,
      log: { info: () => {}, warn: () => {}, error: () => {} },
      region: "us-east-1",
    });
  }

  now(): Instant {
    return this.#now;
  }

  after(seconds: number, run: () => void | Promise<void>): void {
    this.#at(plusSeconds(this.#now, seconds), async () => run());
  }

  /** Lets time pass before an execution begins. */
  async idle(seconds: number): Promise<void> {
    let isOver = false;
    this.after(seconds, () => {
      isOver = true;
    });
    await this.#drain(() => isOver);
  }

  /** Runs an execution to its end, clean-up and all, and answers its status. */
  async execute(kind: "drill" | "recovery", extra: object = {}): Promise<ExecutionStatus> {
    const executionId = "execution";
    await this.handle({ operation: "start", plan: "plan", kind, executionId, ...extra });
    const { lanes } = (await this.handle({ operation: "prepare", executionId })) as {
      lanes: LaneKey[];
    };
    await this.#allLanes(lanes, "recover");
    const { cleanUp } = (await this.handle({ operation: "finish-recovery", executionId })) as {
      cleanUp: boolean;
    };
    if (cleanUp) await this.#allLanes(lanes, "clean-up");
    await this.handle({ operation: "finish", executionId });
    return (await this.handle({ operation: "status", executionId })) as ExecutionStatus;
  }

  async #allLanes(lanes: readonly LaneKey[], phase: "recover" | "clean-up"): Promise<void> {
    this.#ended = 0;
    for (const lane of lanes) {
      const taskToken = `${phase}-${lane}`;
      await this.handle({
        operation: "begin-lane",
        executionId: "execution",
        lane,
        phase,
        taskToken,
      });
    }
    await this.#drain(() => this.#ended === lanes.length);
  }

  async #drain(isOver: () => boolean): Promise<void> {
    for (let events = 0; !isOver(); events += 1) {
      if (events > mostEvents) throw new Error("the execution does not end");
      this.#queue.sort((a, b) => a.at - b.at || a.order - b.order);
      const next = this.#queue.shift();
      if (!next) throw new Error("nothing is left to happen, yet the execution has not ended");
      this.#now = next.at;
      await next.run();
    }
  }

  #at(at: Instant, run: () => Promise<void>): void {
    this.#order += 1;
    this.#queue.push({ at, order: this.#order, run });
  }

  async #turn(lane: LaneKey): Promise<void> {
    const again = (seconds: number) => this.after(seconds, () => this.#turn(lane));
    try {
      const event = { operation: "advance", executionId: "execution", lane };
      const answer = (await this.handle(event)) as { next: string; seconds?: number };
      if (answer.next === "wait") again(answer.seconds ?? 1);
      if (answer.next === "pause") again(600);
    } catch (error) {
      if (!(error instanceof Death)) throw error;
      again(2 + this.#random() * 5);
    }
  }

  #drs(key: LaneKey, fault: () => Fault) {
    const lane = this.lanes.get(key);
    if (!lane) throw new Error(`no lane ${key}`);
    const port = lane.drs();
    const faulty =
      <A extends unknown[], R extends { kind: string }>(call: (...args: A) => Promise<R>) =>
      async (...args: A) => {
        const what = fault();
        if (what === "dies-before") throw new Death();
        if (what === "arrives-late") {
          this.after(lateSeconds, async () => void (await call(...args)));
          throw new Death();
        }
        const answer = await call(...args);
        if (what === "dies-after") throw new Death();
        return what === "answer-lost" ? ({ kind: "indefinite", message: "lost" } as const) : answer;
      };
    return {
      ...port,
      startRecovery: faulty(port.startRecovery),
      terminate: faulty(port.terminate),
    };
  }

  #workflows(): Workflows {
    const started = new Set<string>();
    const over = new Set<string>();
    return {
      start: async (machine, name, input) => {
        if (started.has(name)) return;
        started.add(name);
        if (machine === "recover-lane")
          this.after(0, () => this.#turn((input as { lane: LaneKey }).lane));
      },
      succeed: async (token) => {
        if (over.has(token)) return;
        over.add(token);
        this.#ended += 1;
      },
      heartbeat: async () => {},
      isRunning: async () => true,
    };
  }
}

function libraryOf({ plan, groups }: WorldOptions): Library {
  const documents = <T extends { readonly name: string }>(all: readonly T[]) => {
    const list = all.map((document) => ({ revision: 1, managedBy: "pulumi" as const, document }));
    return {
      get: async (name: string) => list.find(({ document }) => document.name === name),
      list: async () => list,
      put: async () => "lost" as const,
      remove: async () => "lost" as const,
    };
  };
  return { plans: documents([plan]), groups: documents(groups) };
}
