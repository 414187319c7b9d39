import { describe, expect, it } from "vitest";
import { cadence } from "../../../runtime/limits.js";
import { laneA, servers } from "../../support/execution/build.js";
import {
  advanceToRest,
  type Bench,
  executionId,
  fleetOf,
  startBench,
} from "../../support/execution/handler-bench.js";

const waves = [{ name: "first" }, { name: "second", dependsOn: ["first"] }];
const fleet = { [laneA]: [...fleetOf(2), ...fleetOf(2, { tags: { Wave: "second" } }, 3)] };

/** Drills of two waves, of which the first has just been started. */
async function underWay(kind: "drill" | "recovery" = "drill"): Promise<Bench> {
  const bench = startBench({ waves, fleet });
  await bench.begin(kind);
  await bench.advance();
  expect(bench.calls()).toHaveLength(1);
  return bench;
}

async function finished(bench: Bench): Promise<object> {
  await advanceToRest(bench);
  await bench.ask("finish-recovery");
  return bench.ask("finish");
}

describe("a pause", () => {
  it("lets what runs be watched to its end, intends nothing new, and then rests", async () => {
    const bench = await underWay();
    expect(await bench.ask("pause")).toEqual({ executionId, command: "pause" });
    expect(await advanceToRest(bench)).toEqual({ next: "pause" });
    expect(bench.calls()).toHaveLength(1);
    const { totals, heldBack } = await bench.status();
    expect(totals).toMatchObject({ launched: 2, waiting: 2 });
    expect(heldBack).toEqual({ paused: 2 });
  });

  it("ends when the operator resumes: the waiting lane is woken, and goes on", async () => {
    const bench = await underWay();
    await bench.ask("pause");
    await advanceToRest(bench);
    await bench.ask("hold-lane", { lane: laneA, taskToken: "paused" });
    expect(bench.asked.succeeded).toEqual([]);
    expect(await bench.ask("resume")).toEqual({ executionId, command: "run" });
    expect(bench.asked.succeeded).toEqual(["paused"]);
    expect(await advanceToRest(bench)).toEqual({ next: "ended" });
    expect((await bench.status()).totals).toMatchObject({ launched: 4 });
  });

  it("that is over before its lane holds wakes the lane at once", async () => {
    const bench = await underWay();
    await bench.ask("pause");
    await bench.ask("resume");
    await bench.ask("hold-lane", { lane: laneA, taskToken: "paused" });
    expect(bench.asked.succeeded).toEqual(["paused"]);
  });

  it("costs no wave its time, though nobody looks for as long as its whole deadline", async () => {
    const bench = startBench({
      waves: [{ name: "first", deadlineMinutes: cadence.pausedLookSeconds / 60 }],
    });
    await bench.begin();
    await bench.ask("pause");
    expect(await bench.advance()).toEqual({ next: "pause" });
    bench.pass(cadence.pausedLookSeconds + 5);
    await bench.ask("resume");
    await bench.advance();
    expect(bench.calls()).toHaveLength(1);
  });
});

describe("a cancel", () => {
  it("skips what waits with that reason, and watches what runs to its end", async () => {
    const bench = await underWay();
    await bench.ask("cancel");
    expect(await advanceToRest(bench)).toEqual({ next: "ended" });
    expect(bench.calls()).toHaveLength(1);
    const { servers: told = [], totals } = await bench.status();
    expect(totals).toMatchObject({ launched: 2, skipped: 2 });
    expect(told.find(({ server }) => server === "s-0003")).toMatchObject({
      outcome: "skipped",
      reason: "cancelled by the operator",
    });
  });

  it("wakes a paused lane", async () => {
    const bench = await underWay();
    await bench.ask("pause");
    await bench.ask("hold-lane", { lane: laneA, taskToken: "paused" });
    await bench.ask("cancel");
    expect(bench.asked.succeeded).toEqual(["paused"]);
  });

  it("is the outcome, and a drill is cleaned up all the same", async () => {
    const bench = await underWay();
    await bench.ask("cancel");
    await advanceToRest(bench);
    expect(await bench.ask("finish-recovery")).toEqual({ cleanUp: true });
    await bench.ask("begin-lane", { lane: laneA, phase: "clean-up", taskToken: "clean" });
    await advanceToRest(bench);
    expect(bench.calls().at(-1)).toMatchObject({ kind: "terminate", servers: servers(2) });
    expect(await bench.ask("finish")).toEqual({ outcome: "cancelled" });
    expect(bench.lane().instances().size).toBe(0);
  });

  it("cannot be taken back", async () => {
    const bench = await underWay();
    await bench.ask("cancel");
    for (const operation of ["pause", "resume"]) {
      await expect(bench.ask(operation)).rejects.toMatchObject({
        code: "invalid-request",
        message: expect.stringContaining("was cancelled and cannot be taken up again"),
      });
    }
    expect(await bench.ask("cancel")).toEqual({ executionId, command: "cancel" });
  });
});

describe("an execution that has ended", () => {
  it("takes no command any more", async () => {
    const bench = await underWay("recovery");
    await finished(bench);
    await expect(bench.ask("pause")).rejects.toMatchObject({
      code: "invalid-request",
      message: 'Execution "execution" has ended; there is nothing to pause.',
    });
  });

  it("that was a drill without clean-up is cleaned up later, and only once", async () => {
    const bench = startBench();
    await bench.begin("drill", { cleanUp: false });
    expect(await finished(bench)).toEqual({ outcome: "recovered" });
    expect(bench.lane().instances().size).toBe(3);
    expect(await bench.ask("terminate")).toEqual({ executionId });
    await bench.ask("terminate");
    expect(bench.asked.started.filter(({ name }) => name === "execution-clean-up")).toEqual([
      {
        machine: "recover-plan",
        name: "execution-clean-up",
        input: { executionId, begin: "clean-up" },
      },
    ]);
    await bench.ask("begin-lane", { lane: laneA, phase: "clean-up", taskToken: "clean" });
    await advanceToRest(bench);
    expect(bench.lane().instances().size).toBe(0);
    expect((await bench.status()).totals).toMatchObject({ launched: 3, terminated: 3 });
    expect(await bench.ask("finish")).toEqual({ outcome: "recovered" });
  });

  it("is cleaned up no sooner than that, and never when it was a recovery", async () => {
    const drill = await underWay();
    await expect(drill.ask("terminate")).rejects.toMatchObject({
      code: "invalid-request",
      message:
        "executionId must name a drill that has ended, got a drill that is recovering. Instances of a recovery are never ended from here.",
    });
    const recovery = await underWay("recovery");
    await finished(recovery);
    await expect(recovery.ask("terminate")).rejects.toMatchObject({ code: "invalid-request" });
    expect(recovery.calls().filter(({ kind }) => kind === "terminate")).toEqual([]);
  });
});

describe("the status of an execution", () => {
  it("tells every server's place and how it stands", async () => {
    const bench = await underWay();
    const { servers: told = [], totals, ...status } = await bench.status();
    expect(status).toMatchObject({ executionId, plan: "plan", kind: "drill", command: "run" });
    expect(totals).toMatchObject({ total: 4, inFlight: 2, waiting: 2, launched: 0 });
    expect(told[0]).toEqual({
      server: "s-0001",
      lane: laneA,
      wave: "first",
      outcome: "in-flight",
    });
  });

  it("leaves the servers out of a summary", async () => {
    const bench = await underWay();
    const summary = await bench.ask("status", { summary: true });
    expect(summary).not.toHaveProperty("servers");
    expect(summary).toMatchObject({ totals: { total: 4 } });
  });

  it("counts the makespan to the last server's end, clean-up not included", async () => {
    const bench = startBench();
    await bench.begin();
    await advanceToRest(bench);
    await bench.ask("finish-recovery");
    const { makespanSeconds } = await bench.status();
    bench.pass(1_000);
    await bench.ask("finish-recovery");
    await bench.ask("finish");
    expect(makespanSeconds).toBeGreaterThanOrEqual(300);
    expect(await bench.status()).toMatchObject({ makespanSeconds, state: "ended" });
  });

  it("of an execution that does not exist is an error that says so", async () => {
    const bench = startBench();
    await expect(bench.status()).rejects.toMatchObject({
      code: "not-found",
      message: 'There is no execution "execution".',
    });
  });
});
