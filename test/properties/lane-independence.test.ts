import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LaneKey } from "../../runtime/core/lane.js";
import { laneA, laneB } from "../support/execution/build.js";
import {
  advanceToRest,
  type Bench,
  executionId,
  modelServer,
  startBench,
} from "../support/execution/handler-bench.js";
import type { ModelServer } from "../support/execution/memory-drs.js";

/** A lane's servers, by how long each launches and whether it fails. */
const fleets = fc.array(
  fc.record({
    tags: fc.constantFrom({ Wave: "first" }, { Wave: "second" }),
    launchSeconds: fc.integer({ min: 60, max: 600 }),
    fails: fc.boolean(),
  }),
  { minLength: 1, maxLength: 5 },
);

const named = (lane: string, fleet: readonly Partial<ModelServer>[]) =>
  fleet.map((one, n) => modelServer(`s-${lane}-${n}`, one));

/** Waves with one server in every lane at least, so that each lane waits for the other's gates. */
const anchors = (lane: string) =>
  ["first", "second"].map((wave) => modelServer(`s-${lane}-${wave}`, { tags: { Wave: wave } }));

const waves = [
  { name: "first", failedAtMostPercent: 100 },
  { name: "second", dependsOn: ["first"], failedAtMostPercent: 100 },
];

/** All that a lane called and wrote, less the ids that differ from run to run. */
async function traceOf(bench: Bench, lane: LaneKey) {
  const calls = bench
    .calls(lane)
    .map(({ at, kind, servers, answer }) => [at, kind, servers, answer]);
  const ended = await bench.journal.endedBatches(executionId, lane);
  return { calls, ended };
}

/** Turns of lane A, while lane B does as it is told; B's gates are passed 900 s after the start. */
async function besides(
  fleetA: readonly Partial<ModelServer>[],
  fleetB: readonly Partial<ModelServer>[],
  disturb: (bench: Bench) => Promise<unknown>,
) {
  const bench = startBench({
    waves,
    fleet: {
      [laneA]: [...anchors("a"), ...named("a", fleetA)],
      [laneB]: [...anchors("b"), ...named("b", fleetB)],
    },
  });
  await bench.begin();
  let isGateOpen = false;
  for (let turns = 0; turns < 500; turns += 1) {
    if (!isGateOpen) await disturb(bench);
    const elapsed = bench.clock.now() - (await startOf(bench));
    if (elapsed >= 900_000 && !isGateOpen) {
      await bench.journal.markGate(executionId, "first", laneB, false);
      isGateOpen = true;
    }
    const answer = await bench.advance(laneA);
    if (answer.next === "ended") return traceOf(bench, laneA);
    bench.pass(answer.next === "wait" ? Math.min(answer.seconds, 60) : 1);
  }
  throw new Error("lane A does not end");
}

async function startOf(bench: Bench): Promise<number> {
  return (await bench.journal.head(executionId))?.startedAt ?? 0;
}

describe("a lane's decisions", () => {
  it("depend on other lanes through gates alone", () =>
    fc.assert(
      fc.asyncProperty(fleets, fleets, fleets, async (fleetA, fleetB, otherB) => {
        const undisturbed = await besides(fleetA, fleetB, async () => {});
        const beside = await besides(fleetA, otherB, async (bench) => {
          const ids = [...bench.lane(laneB).servers.keys()];
          bench.lane(laneB).launch("stranger", { servers: ids, isDrill: true, tags: {} });
          const { journal } = bench;
          const state = await journal.lane(executionId, laneB);
          if (!state) throw new Error("lane B was not prepared");
          await journal.writeLane({ ...state, revision: state.revision + 1, lost: "silent" });
        });
        expect(beside).toEqual(undisturbed);
      }),
    ));
});

const commands = fc.constantFrom("pause" as const, "cancel" as const);

describe("a turn that begins after a pause or a cancel was recorded", () => {
  it("starts nothing, and what was started is seen to its end", () =>
    fc.assert(
      fc.asyncProperty(
        fleets,
        commands,
        fc.nat(12),
        fc.constantFrom(0, 45),
        async (fleet, command, turnsBefore, pacingSeconds) => {
          const bench = startBench({
            waves,
            plan: { pacingSeconds },
            fleet: { [laneA]: [...anchors("a"), ...named("a", fleet)] },
          });
          await bench.begin();
          for (let turn = 0; turn < turnsBefore; turn += 1) {
            const answer = await bench.advance();
            if (answer.next !== "wait") return;
            bench.pass(answer.seconds);
          }
          await bench.ask(command);
          const calls = bench.calls().length;
          const { nextBatch = 0 } = (await bench.journal.lane(executionId, laneA)) ?? {};
          const { next } = await advanceToRest(bench);

          expect(bench.calls()).toHaveLength(calls);
          expect(bench.lane().active()).toEqual([]);
          const ended = await bench.journal.endedBatches(executionId, laneA);
          expect(ended.filter((one) => one.number >= nextBatch && one.kind === "launch")).toEqual(
            [],
          );
          const { totals } = await bench.status();
          if (command === "cancel") expect(next).toBe("ended");
          if (next === "ended") expect(totals.waiting).toBe(0);
          expect(totals.inFlight).toBe(0);
          await bench.ask(command === "pause" ? "resume" : "cancel");
          expect(await advanceToRest(bench)).toEqual({ next: "ended" });
        },
      ),
    ));
});
