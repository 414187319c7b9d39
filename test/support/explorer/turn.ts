import { DrError } from "../../../runtime/core/errors.js";
import type { Instant } from "../../../runtime/core/instant.js";
import type { Drs, Journal, Workflows } from "../../../runtime/core/ports.js";
import { advance } from "../../../runtime/handlers/execution/advance.js";
import type { ExecutionDeps } from "../../../runtime/handlers/execution/deps.js";
import { Identities } from "./identities.js";
import type { Call, Scene } from "./world.js";

/** A reply as a turn gets it: a value, or the error with which its port refuses. */
export type Reply = { readonly value: unknown } | { readonly refused: DrError };

/** Where a turn stands: it is what the replies to its calls, each at its moment, have made of it. */
export interface Local {
  readonly id: number;
  readonly token: string;
  readonly startedAt: Instant;
  readonly replies: readonly Delivered[];
  readonly pending: readonly Pending[];
  readonly outcome?: Outcome;
}

export interface Pending {
  readonly index: number;
  readonly call: Call;
}

interface Delivered {
  readonly index: number;
  readonly reply: Reply;
  readonly at: Instant;
}

type Outcome =
  | { readonly kind: "answered"; readonly next: string; readonly seconds: number }
  | { readonly kind: "threw"; readonly error: string };

/** Puts itself between a turn and its ports: how a test takes a guard out. */
export type Mutation = (deps: ExecutionDeps) => ExecutionDeps;

/**
 * The turns of a lane, run by replay: a turn is the real `advance`, fed with the replies it has got so
 * far until it asks for more. Each sequence of replies is run once.
 */
export class Turns {
  readonly #known = new Map<string, Local>();
  readonly #alike = new Map<string, Local>();
  readonly #identities = new Identities();
  readonly #scene: Scene;
  readonly #mutate: Mutation;

  constructor(scene: Scene, mutate: Mutation = (deps) => deps) {
    this.#scene = scene;
    this.#mutate = mutate;
  }

  /** Turns re-run so far: one for each sequence of replies. */
  get runs(): number {
    return this.#known.size;
  }

  begin(token: string, startedAt: Instant): Promise<Local> {
    return this.#once(`${token}@${startedAt}`, { token, startedAt, replies: [] });
  }

  deliver(turn: Local, index: number, reply: Reply, at: Instant): Promise<Local> {
    const key = `${turn.id}.${index}.${this.#identities.of(toldBy(reply))}@${at}`;
    const replies = [...turn.replies, { index, reply, at }];
    return this.#once(key, { ...turn, replies });
  }

  async #once(key: string, turn: Started): Promise<Local> {
    const known = this.#known.get(key);
    if (known) return known;
    const { token, startedAt, replies } = turn;
    const { timed, ...run } = await replay(this.#scene, turn, this.#mutate);
    const alike = this.#keyOf(turn, timed);
    const local = this.#alike.get(alike) ?? {
      ...{ id: this.#alike.size, token, startedAt, replies },
      ...run,
    };
    this.#alike.set(alike, local);
    this.#known.set(key, local);
    return local;
  }

  /**
   * Turns are alike when they got the same replies, whatever the order of those they had asked for at
   * once, and read the same times: a reply after which the clock was not read has no moment.
   */
  #keyOf({ token, startedAt, replies }: Started, timed: ReadonlySet<number>): string {
    const got = replies.map(({ index, reply, at }) => [
      index,
      this.#identities.of(toldBy(reply)),
      timed.has(index) ? at : 0,
    ]);
    return `${token}@${startedAt}:${JSON.stringify(got.toSorted(([a = 0], [b = 0]) => a - b))}`;
  }
}

function toldBy(reply: Reply): readonly unknown[] {
  return "refused" in reply ? ["refused", reply.refused.code] : ["value", reply.value ?? null];
}

type Started = Pick<Local, "token" | "startedAt" | "replies">;

interface Replayed extends Pick<Local, "pending" | "outcome"> {
  /** Replies after which the turn read the clock before it got the next. */
  readonly timed: ReadonlySet<number>;
}

async function replay(
  scene: Scene,
  { token, startedAt, replies }: Started,
  mutate: Mutation,
): Promise<Replayed> {
  let now = startedAt;
  const asked: { call: Call; settle: (reply: Reply) => void }[] = [];
  const ask = (call: Call): Promise<never> =>
    new Promise((resolve, reject) => {
      const settle = (reply: Reply) =>
        "refused" in reply ? reject(reply.refused) : resolve(reply.value as never);
      asked.push({ call, settle });
    });
  const timed = new Set<number>();
  let last = -1;
  const clock = () => {
    timed.add(last);
    return now;
  };
  const deps = mutate(depsOf(scene, token, clock, ask));
  let outcome: Outcome | undefined;
  const { executionId, lane } = scene.lane;
  void advance(deps, { executionId, lane }).then(
    (answer) => {
      const seconds = answer.next === "wait" ? answer.seconds : 0;
      outcome = { kind: "answered", next: answer.next, seconds };
    },
    (error: unknown) => {
      outcome = { kind: "threw", error: String(error) };
    },
  );
  await settled();
  for (const { index, reply, at } of replies) {
    now = at;
    last = index;
    asked[index]?.settle(reply);
    await settled();
  }
  const got = new Set(replies.map(({ index }) => index));
  const pending = asked.flatMap(({ call }, index) => (got.has(index) ? [] : { index, call }));
  return { pending, timed, ...(outcome ? { outcome } : {}) };
}

/** All promises that can go on have gone on: the event loop turns once. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function depsOf(
  scene: Scene,
  token: string,
  now: () => Instant,
  ask: (call: Call) => Promise<never>,
): ExecutionDeps {
  const journal: Partial<Journal> = {
    head: async () => scene.head,
    members: async () => scene.members,
    audit: async () => {},
    lane: () => ask({ kind: "read-lane" }),
    endedBatches: () => ask({ kind: "read-ended" }),
    gates: async (_id, waves) => (waves.length === 0 ? [] : ask({ kind: "read-gates", waves })),
    writeLane: (lane) => ask({ kind: "write-lane", lane }),
    putEndedBatch: (_id, _lane, batch) => ask({ kind: "write-ended", batch }),
    markGate: (_id, wave, _lane, isBroken) => ask({ kind: "mark-gate", wave, isBroken }),
  };
  const drs: Partial<Drs> = {
    jobsSince: (from) => ask({ kind: "list-jobs", from }),
    sourceServers: (ids) => ask({ kind: "list-servers", ids }),
    startRecovery: (launch) => ask({ kind: "start", launch }),
  };
  const silent = { info: () => {}, warn: () => {}, error: () => {} };
  return only<ExecutionDeps>({
    clock: { now },
    drs: () => only(drs),
    journal: only(journal),
    workflows: only<Workflows>({}),
    log: silent,
    newId: () => token,
    random: () => 0.5,
  });
}

/** A port of which a turn may use what is given and nothing else. */
function only<T extends object>(given: Partial<T>): T {
  return new Proxy(given as T, {
    get(target, name) {
      if (Reflect.has(target, name)) return Reflect.get(target, name);
      throw new Error(`the explorer has no ${String(name)}`);
    },
  });
}

/** How DRS refuses a read. */
export function refusal(code: "lane-throttled" | "lane-unreachable"): Reply {
  return { refused: new DrError(code, code) };
}
