import { describe, expect, it } from "vitest";
import { before, plusSeconds } from "../../../runtime/core/instant.js";
import { laneA, laneB, startedAt } from "../../support/execution/build.js";
import {
  advanceToRest,
  type Bench,
  executionId,
  fleetOf,
  modelServer,
  startBench,
} from "../../support/execution/handler-bench.js";

const waves = [{ name: "first" }, { name: "second", dependsOn: ["first"] }];
const second = { tags: { Wave: "second" } };
const twoLanes = {
  [laneA]: fleetOf(2),
  [laneB]: [...fleetOf(1, {}, 8), ...fleetOf(1, second, 9)],
};

const machines = ({ asked }: Bench) =>
  asked.started.filter(({ machine }) => machine === "recover-lane").map(({ name }) => name);

describe("a lane that begins", () => {
  it("starts its own machine under a name of the execution, the lane and its part", async () => {
    const bench = startBench();
    await bench.begin();
    expect(bench.asked.started.at(-1)).toEqual({
      machine: "recover-lane",
      name: "execution-111111111111-us-east-1-1",
      input: { executionId, lane: laneA, part: 1 },
    });
  });

  it("twice, as its plan hears nothing of it, has a further machine and tells its end to the last token", async () => {
    const bench = startBench();
    await bench.begin();
    await bench.ask("begin-lane", { lane: laneA, phase: "recover", taskToken: "again" });
    expect(machines(bench)).toHaveLength(2);
    await advanceToRest(bench);
    expect(bench.asked.succeeded).toEqual(["again"]);
    expect(bench.calls()).toHaveLength(1);
  });

  it("although it is over tells so at once", async () => {
    const bench = startBench();
    await bench.begin();
    await advanceToRest(bench);
    await bench.ask("begin-lane", { lane: laneA, phase: "recover", taskToken: "late" });
    expect(bench.asked.succeeded).toContain("late");
    expect(machines(bench)).toHaveLength(1);
  });
});

describe("a hand-over", () => {
  it("starts the next part, and starts it once", async () => {
    const bench = startBench();
    await bench.begin();
    await bench.ask("hand-over", { lane: laneA, part: 1 });
    await bench.ask("hand-over", { lane: laneA, part: 1 });
    expect(machines(bench)).toEqual([
      "execution-111111111111-us-east-1-1",
      "execution-111111111111-us-east-1-2",
    ]);
    expect(await bench.journal.lane(executionId, laneA)).toMatchObject({ handOvers: 2 });
  });

  it("leaves a name for the lane that is begun again after it", async () => {
    const bench = startBench();
    await bench.begin();
    await bench.ask("hand-over", { lane: laneA, part: 1 });
    await bench.ask("begin-lane", { lane: laneA, phase: "recover", taskToken: "again" });
    expect(machines(bench).at(-1)).toBe("execution-111111111111-us-east-1-3");
  });
});

describe("a lane that is lost", () => {
  async function lostB(): Promise<Bench> {
    const bench = startBench({ waves, fleet: twoLanes });
    await bench.begin();
    await bench.advance(laneB);
    await bench.ask("lane-lost", { lane: laneB, cause: "States.HeartbeatTimeout" });
    return bench;
  }

  it("passes its gates as broken and tells its end, so that nobody waits for it", async () => {
    const bench = await lostB();
    const [first, other] = await bench.journal.gates(executionId, ["first", "second"]);
    expect(first?.broken).toEqual(new Set([laneB]));
    expect(other?.broken).toEqual(new Set([laneB]));
    expect(bench.asked.succeeded).toEqual([`recover ${laneB}`]);
  });

  it("ends what waits with the cause, tells what is in flight as it stands, and leaves other lanes alone", async () => {
    const bench = await lostB();
    await advanceToRest(bench, laneA);
    await bench.ask("finish-recovery");
    const { servers: told = [] } = await bench.status();
    expect(told.map(({ server, outcome, reason }) => [server, outcome, reason])).toEqual([
      ["s-0001", "launched", undefined],
      ["s-0002", "launched", undefined],
      ["s-0008", "failed", "in flight when the execution ended: States.HeartbeatTimeout"],
      ["s-0009", "skipped", `not started: wave "first", on which it depends, failed in ${laneB}`],
    ]);
  });

  it("whose machine goes on after all starts nothing more, and still sees its launches through", async () => {
    const bench = await lostB();
    expect(await advanceToRest(bench, laneB)).toEqual({ next: "ended" });
    expect(bench.calls(laneB)).toHaveLength(1);
    const { servers: told = [] } = await bench.status();
    expect(told.find(({ server }) => server === "s-0008")?.outcome).toBe("launched");
  });

  it("is lost all the same when DRS cannot be asked any more", async () => {
    const bench = startBench({
      drs: (port) => ({ ...port, jobsSince: async () => Promise.reject(new Error("defect")) }),
    });
    await bench.begin();
    expect(await bench.ask("lane-lost", { lane: laneA, cause: "defect" })).toEqual({});
    expect(bench.asked.succeeded).toEqual([`recover ${laneA}`]);
  });

  it("is cleaned up with the others: a drill's instances do not stay behind", async () => {
    const bench = await lostB();
    bench.pass(400);
    await bench.ask("begin-lane", { lane: laneB, phase: "clean-up", taskToken: "clean" });
    await advanceToRest(bench, laneB);
    expect(bench.calls(laneB).at(-1)).toMatchObject({ kind: "terminate", servers: ["s-0008"] });
    expect(bench.lane(laneB).instances().size).toBe(0);
  });
});

describe("an execution that ends", () => {
  it("with failures says so, frees the plan, and tells people how many", async () => {
    const failing = [...fleetOf(1), modelServer("s-0002", { fails: true })];
    const bench = startBench({ fleet: { [laneA]: failing } });
    await bench.begin("recovery");
    await advanceToRest(bench);
    expect(await bench.ask("finish-recovery")).toEqual({ cleanUp: false });
    expect(await bench.ask("finish")).toEqual({ outcome: "recovered-with-failures" });
    expect(await bench.ask("finish")).toEqual({ outcome: "recovered-with-failures" });
    expect(bench.asked.notes.at(-1)).toEqual({
      subject: "recovery of plan ended",
      message: "Execution execution recovered-with-failures: 1 launched, 1 failed, 0 skipped.",
    });
    expect(await bench.journal.lockPlan("plan", "next")).toEqual({});
  });

  it("as it could not go on tells the cause, frees the plan, and lets its lanes start nothing more", async () => {
    const bench = startBench({ waves, fleet: twoLanes });
    await bench.begin();
    await bench.advance(laneA);
    expect(await bench.ask("fail", { cause: "States.Runtime" })).toEqual({});
    expect(bench.asked.notes.at(-1)?.message).toBe("Execution execution failed: States.Runtime");
    expect(await bench.journal.lockPlan("plan", "next")).toEqual({});
    await advanceToRest(bench, laneA);
    await advanceToRest(bench, laneB);
    expect(bench.calls(laneB)).toEqual([]);
    const { outcome, servers: told = [] } = await bench.status();
    expect(outcome).toBe("failed");
    expect(told.find(({ server }) => server === "s-0008")).toMatchObject({
      outcome: "skipped",
      reason: "the execution has ended: States.Runtime",
    });
  });

  it("ends in its clean-up what was denied for an hour, and tells nothing as left behind", async () => {
    let deniedUntil = startedAt;
    const bench = startBench({
      drs: (port) => ({
        ...port,
        terminate: async (instances) =>
          before(bench.clock.now(), deniedUntil)
            ? { kind: "denied", message: "by an SCP" }
            : port.terminate(instances),
      }),
    });
    await bench.begin();
    await advanceToRest(bench);
    await bench.ask("finish-recovery");
    await bench.ask("begin-lane", { lane: laneA, phase: "clean-up", taskToken: "clean" });
    deniedUntil = plusSeconds(bench.clock.now(), 3_600);
    await advanceToRest(bench);
    expect(bench.lane().instances().size).toBe(0);
    const lane = await bench.journal.lane(executionId, laneA);
    expect(lane).toMatchObject({ phase: "cleaned-up", terminated: 3, leftBehind: [] });
    expect(lane).not.toHaveProperty("lost");
  });

  it("tells what its clean-up could not end, and what it could not see", async () => {
    const bench = startBench({
      fleet: twoLanes,
      waves: [{ name: "first" }, { name: "second" }],
      drs: (port, lane) =>
        lane === laneB
          ? { ...port, terminate: async () => ({ kind: "denied", message: "by an SCP" }) }
          : port,
    });
    await bench.begin();
    for (const lane of [laneA, laneB]) await advanceToRest(bench, lane);
    await bench.ask("finish-recovery");
    for (const lane of [laneA, laneB]) {
      await bench.ask("begin-lane", { lane, phase: "clean-up", taskToken: `clean ${lane}` });
      await advanceToRest(bench, lane);
    }
    await bench.ask("finish");
    const { leftBehind } = await bench.status();
    expect(leftBehind).toHaveLength(2);
    const message = bench.asked.notes.at(-1)?.message;
    for (const instance of leftBehind) expect(message).toContain(`${laneB} ${instance}`);
    expect(message).toContain(`${laneB}, whose clean-up did not end: denied: by an SCP`);
    expect(bench.lane(laneA).instances().size).toBe(0);
  });
});
