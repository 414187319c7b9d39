import { describe, expect, it } from "vitest";
import { maxInlineLanes } from "../../runtime/limits.js";
import { recoverPlanDefinition } from "../../runtime/workflows/index.js";
import { createMachineWorld } from "../support/fake-execution.js";
import { named } from "../support/states-bench.js";

const wait = (seconds: number): { next: string; seconds: number } => ({ next: "wait", seconds });
const twoLanes = ["1/r", "2/r"];

function fails(error: string): () => never {
  return () => {
    throw named(error, "as the test wants");
  };
}

describe("the machine of a plan", () => {
  it("recovers all lanes side by side, cleans up, and finishes", async () => {
    const world = createMachineWorld({
      lanes: twoLanes,
      turns: [wait(60), wait(40)],
      cleanUp: true,
    });
    const execution = await world.run();
    expect(execution).toMatchObject({ status: "SUCCEEDED", output: '{"outcome":"succeeded"}' });
    expect(world.log.filter((line) => !line.startsWith("advance"))).toEqual([
      "prepare",
      "begin-lane 1/r recover",
      "begin-lane 2/r recover",
      "finish-recovery",
      "begin-lane 1/r clean-up",
      "begin-lane 2/r clean-up",
      "finish",
    ]);
    expect((execution.endedAt ?? 0) - execution.startedAt).toBe(200_000);
  });

  it("does not clean up what shall stay", async () => {
    const world = createMachineWorld({ lanes: ["1/r"], cleanUp: false });
    expect((await world.run()).status).toBe("SUCCEEDED");
    expect(world.log).toEqual([
      "prepare",
      "begin-lane 1/r recover",
      "advance 1/r",
      "finish-recovery",
      "finish",
    ]);
  });

  it("begins with the clean-up where it is asked to", async () => {
    const world = createMachineWorld({ lanes: ["1/r"] });
    expect((await world.run("clean-up")).status).toBe("SUCCEEDED");
    expect(world.log).toEqual(["prepare", "begin-lane 1/r clean-up", "advance 1/r", "finish"]);
  });

  it("finishes a plan without lanes", async () => {
    const world = createMachineWorld({ lanes: [], cleanUp: true });
    expect((await world.run()).status).toBe("SUCCEEDED");
    expect(world.log).toEqual(["prepare", "finish-recovery", "finish"]);
  });

  it("hands out ids and names, and nothing else", async () => {
    const world = createMachineWorld({ lanes: ["1/r"] });
    await world.run();
    const begin = world.bench.invocations.find(({ payload }) => payload.operation === "begin-lane");
    expect(begin?.payload).toEqual({
      operation: "begin-lane",
      executionId: "e",
      lane: "1/r",
      phase: "recover",
      taskToken: expect.any(String),
    });
  });
});

describe("a lane that fails", () => {
  it("is recorded as lost, with its cause, while the others go on", async () => {
    const beginLane = ({ lane }: { lane?: unknown }): undefined => {
      if (lane === "1/r") throw named("lane-denied", "no such role");
      return undefined;
    };
    const on = { "begin-lane": beginLane };
    const world = createMachineWorld({ lanes: twoLanes, turns: [wait(30)], on });
    expect((await world.run()).status).toBe("SUCCEEDED");
    const lost = world.bench.invocations.filter(({ payload }) => payload.operation === "lane-lost");
    expect(lost.map(({ payload }) => payload)).toEqual([
      {
        operation: "lane-lost",
        executionId: "e",
        lane: "1/r",
        cause: "lane-denied: no such role",
      },
    ]);
    expect(world.log.filter((line) => line === "begin-lane 1/r recover")).toHaveLength(5);
    expect(world.log).toContain("finish");
  });

  it("does not stop the plan even when it cannot be recorded", async () => {
    const on = { "begin-lane": fails("lane-denied"), "lane-lost": fails("TypeError") };
    const world = createMachineWorld({ lanes: twoLanes, cleanUp: true, on });
    expect((await world.run()).status).toBe("SUCCEEDED");
    expect(world.log.filter((line) => line === "lane-lost 1/r")).toHaveLength(62);
  });

  it("does not keep a clean-up from being finished", async () => {
    const on = {
      "begin-lane": ({ phase }: { phase?: unknown }): undefined => {
        if (phase === "clean-up") throw named("lane-denied");
        return undefined;
      },
    };
    const world = createMachineWorld({ lanes: ["1/r"], cleanUp: true, on });
    expect((await world.run()).status).toBe("SUCCEEDED");
    expect(world.log.slice(-2)).toEqual(["lane-lost 1/r", "finish"]);
  });

  it("is begun again when it falls silent for half an hour", async () => {
    let turns = 0;
    const on = {
      advance: () => {
        turns += 1;
        if (turns === 1) throw named("States.Runtime", "the execution was lost");
        return undefined;
      },
    };
    const world = createMachineWorld({ lanes: ["1/r"], on });
    expect((await world.run()).status).toBe("SUCCEEDED");
    expect(world.log).toEqual([
      "prepare",
      "begin-lane 1/r recover",
      "advance 1/r",
      "begin-lane 1/r recover",
      "advance 1/r",
      "finish-recovery",
      "finish",
    ]);
    expect(world.bench.invocations[3]?.atSeconds).toBe(1_805);
  });

  it("keeps its place while heartbeats come", async () => {
    const on = {
      advance: async (_: unknown, { bench, tokens }: { bench: Bench; tokens: Tokens }) => {
        await bench.call("SendTaskHeartbeat", { taskToken: tokens.get("lane 1/r") });
        return undefined;
      },
    };
    const turns = Array.from({ length: 20 }, () => wait(600));
    const world = createMachineWorld({ lanes: ["1/r"], turns, on });
    expect((await world.run()).status).toBe("SUCCEEDED");
    expect(world.log.filter((line) => line === "begin-lane 1/r recover")).toHaveLength(1);
  });
});

type Bench = ReturnType<typeof createMachineWorld>["bench"];
type Tokens = ReadonlyMap<string, string>;

describe("a plan that fails", () => {
  it.each([
    ["prepare", ["prepare"]],
    ["finish-recovery", ["prepare", "begin-lane 1/r recover", "advance 1/r", "finish-recovery"]],
  ])("at %s is recorded as failed, with the cause", async (operation, before) => {
    const on = { [operation]: fails("empty-selection") };
    const world = createMachineWorld({ lanes: ["1/r"], on });
    const execution = await world.run();
    const cause = "empty-selection: as the test wants";
    expect(execution).toMatchObject({ status: "FAILED", error: "execution-failed", cause });
    expect([...new Set(world.log)]).toEqual([...before, "fail"]);
    const last = world.bench.invocations.at(-1);
    expect(last?.payload).toEqual({ operation: "fail", executionId: "e", cause });
  });

  it("is recorded however long that takes", async () => {
    let attempts = 0;
    const on = {
      prepare: fails("empty-selection"),
      fail: () => {
        attempts += 1;
        if (attempts < 20) throw named("Lambda.TooManyRequestsException");
        return undefined;
      },
    };
    const world = createMachineWorld({ lanes: ["1/r"], on });
    expect((await world.run()).status).toBe("FAILED");
    expect(attempts).toBe(20);
  });

  it("fails with its first cause when nothing can be recorded", async () => {
    const on = { prepare: fails("empty-selection"), fail: fails("TypeError") };
    const world = createMachineWorld({ lanes: ["1/r"], on });
    expect((await world.run()).cause).toBe("empty-selection: as the test wants");
  });
});

describe("more lanes than an inline Map runs at once", () => {
  const lanes = Array.from({ length: maxInlineLanes + 1 }, (_, index) => `${index}/r`);

  it("are mapped by executions of their own, all at once", async () => {
    const world = createMachineWorld({ lanes, turns: [wait(60)] });
    const execution = await world.run();
    expect(execution.status).toBe("SUCCEEDED");
    const begun = world.bench.invocations.filter(
      ({ payload }) => payload.operation === "begin-lane",
    );
    expect(begun.map(({ atSeconds }) => atSeconds)).toEqual(lanes.map(() => 0));
  });

  it.each([
    [maxInlineLanes, "INLINE"],
    [maxInlineLanes + 1, "DISTRIBUTED"],
  ])("%s lanes are mapped %s", (laneCount, mode) => {
    const { States } = recoverPlanDefinition({ executionFunctionArn: "arn", laneCount });
    expect(States.RecoverLanes).toMatchObject({
      ItemProcessor: { ProcessorConfig: { Mode: mode } },
    });
    expect(States.CleanUpLanes).toMatchObject({
      ItemProcessor: { ProcessorConfig: { Mode: mode } },
    });
  });
});
