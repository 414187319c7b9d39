import fc from "fast-check";
import type { ExecutionDeps } from "../../../runtime/handlers/execution/deps.js";
import { laneA } from "./build.js";
import { type Bench, modelServer, startBench } from "./handler-bench.js";
import type { ModelServer } from "./memory-drs.js";

/** Thrown where a turn dies: nothing of it happens after that. */
class Death extends Error {}

/** What happens in a lane while two turns of it run side by side. */
export interface Round {
  /** Seconds that pass while the turns run, less than a function may live. */
  readonly meanwhileSeconds: number;
  /** Port calls after which one of the turns dies. */
  readonly diesAfter: number | undefined;
  readonly stranger:
    | { readonly does: "drill" | "recovery" | "terminate"; readonly servers: readonly number[] }
    | undefined;
  readonly command: "pause" | "resume" | "cancel" | undefined;
  /** Seconds until the next two turns. */
  readonly thenSeconds: number;
}

export interface SideBySide {
  readonly kind: "drill" | "recovery";
  readonly fleet: readonly ModelServer[];
  readonly hiddenSeconds: number;
  readonly rounds: readonly Round[];
}

const rounds: fc.Arbitrary<Round> = fc.record({
  meanwhileSeconds: fc.constantFrom(0, 0, 5, 40),
  diesAfter: fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined, freq: 2 }),
  stranger: fc.option(
    fc.record({
      does: fc.constantFrom("drill" as const, "recovery" as const, "terminate" as const),
      servers: fc.array(fc.nat(5), { minLength: 1, maxLength: 3 }),
    }),
    { nil: undefined, freq: 2 },
  ),
  command: fc.option(fc.constantFrom("pause" as const, "resume" as const, "cancel" as const), {
    nil: undefined,
    freq: 5,
  }),
  thenSeconds: fc.constantFrom(1, 20, 70, 250, 400),
});

export const sideBySide: fc.Arbitrary<SideBySide> = fc.record({
  kind: fc.constantFrom("drill", "recovery"),
  fleet: fc
    .array(
      fc.record({
        tags: fc.constantFrom({ Wave: "first" }, { Wave: "first" }, { Wave: "second" }),
        launchSeconds: fc.integer({ min: 60, max: 400 }),
        fails: fc.nat(5).map((n) => n === 0),
      }),
      { minLength: 1, maxLength: 6 },
    )
    .map((all) => all.map((one, n) => modelServer(`s-${n}`, one))),
  hiddenSeconds: fc.constantFrom(0, 0, 50),
  rounds: fc.array(rounds, { minLength: 1, maxLength: 6 }),
});

/** Waves of the servers that there are: the second depends on the first, and tolerates its failures. */
function wavesOf(fleet: readonly ModelServer[]) {
  const used = new Set(fleet.map(({ tags }) => tags.Wave));
  const first = { name: "first", failedAtMostPercent: 100 };
  const second = { name: "second", dependsOn: used.has("first") ? ["first"] : [] };
  return [first, second].filter(({ name }) => used.has(name));
}

/** Every call of a port waits until the scheduler lets it happen, and may be the one at which its turn dies. */
function interleaved(scheduler: fc.Scheduler, mayHappen: () => void) {
  return <T extends object>(port: T): T =>
    new Proxy(port, {
      get(target, name) {
        const method = Reflect.get(target, name) as (...args: unknown[]) => unknown;
        if (typeof method !== "function") return method;
        return async (...args: unknown[]) => {
          await scheduler.schedule(Promise.resolve());
          mayHappen();
          return method.apply(target, args);
        };
      },
    });
}

/** Takes the turns of a lane side by side, in the scheduler's order, and brings the execution to its end. */
export async function runSideBySide(given: SideBySide, scheduler: fc.Scheduler): Promise<Bench> {
  const { kind, fleet, hiddenSeconds } = given;
  let isChaos = false;
  let callsLeft: number | undefined;
  const mayHappen = () => {
    if (callsLeft === undefined) return;
    callsLeft -= 1;
    if (callsLeft === 0) throw new Death();
  };
  const between = interleaved(scheduler, mayHappen);
  const ifChaos = <T extends object>(port: T): T => {
    const slow = between(port);
    return new Proxy(port, { get: (_, name) => Reflect.get(isChaos ? slow : port, name) });
  };
  const bench = startBench({
    waves: wavesOf(fleet),
    fleet: { [laneA]: fleet },
    hiddenSeconds,
    drs: ifChaos,
    deps: (deps): ExecutionDeps => ({ ...deps, journal: ifChaos(deps.journal) }),
  });
  await bench.begin(kind);
  const chaos = async (round: Round) => {
    isChaos = true;
    callsLeft = round.diesAfter;
    const turn = () => bench.advance().catch(onlyDeath);
    const others = async () => {
      await scheduler.schedule(Promise.resolve());
      bench.pass(round.meanwhileSeconds);
      letIn(bench, round);
      if (round.command) await bench.ask(round.command).catch(onlyRefused);
    };
    await scheduler.waitFor(Promise.all([turn(), turn(), others()]));
    isChaos = false;
    bench.pass(round.thenSeconds);
  };
  for (const round of given.rounds) await chaos(round);
  await toTheEnd(bench);
  const { cleanUp } = await bench.ask<{ cleanUp: boolean }>("finish-recovery");
  if (cleanUp) {
    await bench.ask("begin-lane", { lane: laneA, phase: "clean-up", taskToken: "clean-up" });
    for (const round of given.rounds) await chaos({ ...round, command: undefined });
    await toTheEnd(bench);
  }
  await bench.ask("finish");
  return bench;
}

function onlyDeath(error: unknown): void {
  if (!(error instanceof Death)) throw error;
}

function onlyRefused(error: unknown): void {
  const { name } = error as Error;
  if (name !== "invalid-request" && !(error instanceof Death)) throw error;
}

function letIn(bench: Bench, { stranger }: Round): void {
  if (!stranger) return;
  const lane = bench.lane();
  const ids = [...lane.servers.keys()];
  const chosen = [...new Set(stranger.servers.map((n) => ids[n % ids.length] ?? ""))];
  if (stranger.does !== "terminate") {
    const isDrill = stranger.does === "drill";
    lane.launch("stranger", { servers: chosen, isDrill, tags: {} });
    return;
  }
  const running = lane.instances();
  const instances = chosen.flatMap((id) => running.get(id)?.instance ?? []);
  if (instances.length > 0) lane.terminate("stranger", instances);
}

async function toTheEnd(bench: Bench): Promise<void> {
  for (let turns = 0; turns < 5_000; turns += 1) {
    const answer = await bench.advance();
    if (answer.next === "ended") return;
    if (answer.next === "pause") await bench.ask("resume");
    bench.pass(answer.next === "wait" ? answer.seconds : 1);
  }
  throw new Error("the lane does not end");
}
