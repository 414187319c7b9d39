import { describe, expect, it } from "vitest";
import { turnsPerExecution } from "../../runtime/limits.js";
import { maxEvents } from "../../runtime/rehearsal/states-language/history.js";
import type { Execution } from "../../runtime/rehearsal/states-language/index.js";
import {
  createMachineWorld,
  type MachineWorld,
  type WorldSettings,
} from "../support/fake-execution.js";
import { named, type Payload } from "../support/states-bench.js";

const lane = "1/r";
const pause = { next: "pause" };
const wait = (seconds: number): Payload => ({ next: "wait", seconds });

function worldOf(settings: Omit<WorldSettings, "lanes">): MachineWorld {
  return createMachineWorld({ lanes: [lane], ...settings });
}

/** Runs the first part of the lane to its end. */
async function runLane(world: MachineWorld): Promise<Execution> {
  const arn = world.startLane(lane, 1);
  await world.bench.clock.run(() => world.bench.states.execution(arn)?.status !== "RUNNING", arn);
  const execution = world.bench.states.execution(arn);
  if (execution === undefined) throw new Error("the lane was never started");
  return execution;
}

function turnTimes({ bench }: MachineWorld): readonly number[] {
  return bench.invocations
    .filter(({ payload }) => payload.operation === "advance")
    .map(({ atSeconds }) => atSeconds);
}

describe("the machine of a lane", () => {
  it("sleeps as long as each turn said, and ends with the lane", async () => {
    const world = worldOf({ turns: [wait(20), wait(2.2), wait(0)] });
    expect((await runLane(world)).status).toBe("SUCCEEDED");
    expect(turnTimes(world)).toEqual([0, 20, 23, 23]);
  });

  it("sleeps no longer than a third of the silence that counts as death", async () => {
    const world = worldOf({ turns: [wait(4_320)] });
    await runLane(world);
    expect(turnTimes(world)).toEqual([0, 600]);
  });

  it("looks again after ten minutes of a pause that nobody ends", async () => {
    const world = worldOf({ turns: [pause, pause] });
    expect((await runLane(world)).status).toBe("SUCCEEDED");
    expect(turnTimes(world)).toEqual([0, 600, 1_200]);
    expect(world.log.filter((line) => line.startsWith("hold-lane"))).toHaveLength(2);
  });

  it("goes on at once when a pause is ended", async () => {
    const world = worldOf({ turns: [pause] });
    world.startLane(lane, 1);
    await world.bench.passUntil(100);
    await world.succeed(world.tokens.get(`hold ${lane}`));
    await world.bench.passUntil(101);
    expect(turnTimes(world)).toEqual([0, 100]);
    expect(world.bench.states.executions()[0]?.status).toBe("SUCCEEDED");
  });

  it("looks by itself when no token could be left", async () => {
    const on = {
      "hold-lane": () => {
        throw named("TypeError");
      },
    };
    const world = worldOf({ turns: [pause], on });
    expect((await runLane(world)).status).toBe("SUCCEEDED");
    expect(turnTimes(world)).toEqual([0, 600]);
  });

  it.each([
    ["Lambda.TooManyRequestsException", 30],
    ["Sandbox.Timedout", 30],
    ["lane-throttled", 60],
    ["lane-unreachable", 60],
  ])("repeats a turn that ended in %s, %s times", async (error, times) => {
    let attempts = 0;
    const on = {
      advance: () => {
        attempts += 1;
        if (attempts <= times) throw named(error);
        return undefined;
      },
    };
    const world = worldOf({ on });
    expect((await runLane(world)).status).toBe("SUCCEEDED");
    expect(attempts).toBe(times + 1);
  });

  it("records the lane as lost after an error that nobody foresaw", async () => {
    const on = {
      advance: () => {
        throw named("TypeError", "x is not a function");
      },
    };
    const world = worldOf({ on });
    const cause = "TypeError: x is not a function";
    expect(await runLane(world)).toMatchObject({ status: "FAILED", error: "lane-lost", cause });
    expect(world.log).toEqual([...Array.from({ length: 5 }, () => "advance 1/r"), "lane-lost 1/r"]);
    expect(world.bench.invocations.at(-1)?.payload).toMatchObject({ cause });
  });

  it("records the lane as lost after an answer that it does not know", async () => {
    const world = worldOf({ turns: [{ next: "dance" }] });
    expect(await runLane(world)).toMatchObject({
      error: "lane-lost",
      cause: 'advance answered {"next":"dance"}',
    });
  });
});

describe("a lane of many turns", () => {
  const many = (answer: Payload): readonly Payload[] =>
    Array.from({ length: turnsPerExecution + 5 }, () => answer);

  it("is handed over to its next part, which goes on", async () => {
    const world = worldOf({ turns: many(wait(20)) });
    const first = await runLane(world);
    expect(first.status).toBe("SUCCEEDED");
    expect(world.log.filter((line) => line.startsWith("hand-over"))).toEqual(["hand-over 1/r 1"]);
    const handedOverAt = (turnsPerExecution - 1) * 20;
    expect(turnTimes(world).slice(-2)).toEqual([handedOverAt, handedOverAt]);
    await world.bench.passUntil((turnsPerExecution + 10) * 20);
    expect(turnTimes(world)).toHaveLength(turnsPerExecution + 6);
    expect(world.bench.states.executions()).toMatchObject([
      { name: "e-1-r-1", status: "SUCCEEDED" },
      { name: "e-1-r-2", status: "SUCCEEDED" },
    ]);
  });

  it.each([
    ["sleeps", many(wait(20))],
    ["pauses", many(pause)],
  ])("has room in its history to the end, when it %s after each", async (_, turns) => {
    const execution = await runLane(worldOf({ turns }));
    expect(execution.status).toBe("SUCCEEDED");
    expect(execution.history.length).toBeLessThan(maxEvents * 0.8);
  });

  it("has room in its history when every other attempt fails", async () => {
    let attempts = 0;
    const on = {
      advance: () => {
        attempts += 1;
        if (attempts % 2 === 1) throw named("lane-throttled");
        return undefined;
      },
    };
    const world = worldOf({ turns: many(wait(20)), on });
    const execution = await runLane(world);
    expect(execution.status).toBe("SUCCEEDED");
    expect(execution.history.length).toBeLessThan(maxEvents * 0.8);
    const byNextPart = 1;
    expect(attempts).toBe(turnsPerExecution + byNextPart);
  });
});
