import { describe, expect, it } from "vitest";
import type { Execution } from "../../../runtime/rehearsal/states-language/index.js";
import {
  type BenchSettings,
  createBench,
  functionArn,
  named,
  type StatesBench,
} from "../../support/states-bench.js";

const processor = {
  StartAt: "Each",
  States: {
    Each: {
      Type: "Task",
      Resource: "arn:aws:states:::lambda:invoke",
      Arguments: { FunctionName: functionArn, Payload: "{% $states.input %}" },
      TimeoutSeconds: 60,
      Output: "{% $states.result.Payload %}",
      Next: "Pause",
    },
    Pause: { Type: "Wait", Seconds: 10, End: true },
  },
};
const inline = { ...processor, ProcessorConfig: { Mode: "INLINE" } };
const distributed = {
  ...processor,
  ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
};
const map = { Type: "Map", Items: "{% $states.input %}", ItemProcessor: inline, End: true };

async function run(
  state: object,
  input: object,
  settings: BenchSettings = {},
  before: Readonly<Record<string, object>> = {},
): Promise<{ bench: StatesBench; execution: Execution; output: unknown }> {
  const bench = createBench({ fake: (payload) => payload, ...settings });
  const States = { ...before, M: state };
  const StartAt = Object.keys(States)[0];
  const arn = bench.machine("m", { QueryLanguage: "JSONata", StartAt, States });
  const execution = await bench.run(arn, input);
  const output: unknown = execution.output === undefined ? undefined : JSON.parse(execution.output);
  return { bench, execution, output };
}

function secondsOf({ startedAt, endedAt = startedAt }: Execution): number {
  return (endedAt - startedAt) / 1000;
}

describe.each([
  ["inline", inline, "broken"],
  ["distributed", distributed, "States.ExceedToleratedFailureThreshold"],
])("a Map that is %s", (_, itemProcessor, errorOfFailure) => {
  it("runs all items at once, results in the order of the items", async () => {
    const state = { ...map, ItemProcessor: itemProcessor, MaxConcurrency: 40 };
    const { execution, output } = await run(state, ["c", "a", "b"]);
    expect(output).toEqual(["c", "a", "b"]);
    expect(secondsOf(execution)).toBe(10);
  });

  it("runs no more at once than it may", async () => {
    const state = { ...map, ItemProcessor: itemProcessor, MaxConcurrency: 2 };
    const { bench, execution } = await run(state, [1, 2, 3, 4, 5]);
    expect(bench.invocations.map(({ atSeconds }) => atSeconds)).toEqual([0, 0, 10, 10, 20]);
    expect(secondsOf(execution)).toBe(30);
  });

  it("gives items what the selector makes of them, with the variables around", async () => {
    const ItemSelector = {
      id: "{% $id %}",
      lane: "{% $states.context.Map.Item.Value %}",
      at: "{% $states.context.Map.Item.Index %}",
    };
    const before = { B: { Type: "Pass", Assign: { id: "x" }, Next: "M" } };
    const state = { ...map, ItemProcessor: itemProcessor, ItemSelector };
    const { output } = await run(state, ["a", "b"], {}, before);
    expect(output).toEqual([
      { id: "x", lane: "a", at: 0 },
      { id: "x", lane: "b", at: 1 },
    ]);
  });

  it("ends at once with nothing to do", async () => {
    const { output, execution } = await run({ ...map, ItemProcessor: itemProcessor }, []);
    expect(output).toEqual([]);
    expect(secondsOf(execution)).toBe(0);
  });

  it("fails with the first item that does, and gives the others up", async () => {
    const fake = (payload: unknown): unknown => {
      if (payload === 2) throw named("broken");
      return payload;
    };
    const state = { ...map, ItemProcessor: itemProcessor, MaxConcurrency: 2 };
    const { bench, execution } = await run(state, [1, 2, 3], { fake });
    expect(execution).toMatchObject({ status: "FAILED", error: errorOfFailure });
    await bench.passUntil(100);
    expect(bench.invocations).toHaveLength(2);
  });
});

describe("a Map", () => {
  it("catches what its items do not", async () => {
    const state = { ...map, Catch: [{ ErrorEquals: ["broken"], Output: "caught", Next: "Last" }] };
    const bench = createBench({
      fake: () => {
        throw named("broken");
      },
    });
    const States = { M: state, Last: { Type: "Succeed" } };
    const arn = bench.machine("m", { QueryLanguage: "JSONata", StartAt: "M", States });
    expect(await bench.run(arn, [1])).toMatchObject({ status: "SUCCEEDED", output: '"caught"' });
  });

  it("inline never runs more than 40 items at once", async () => {
    const { bench } = await run(
      { ...map, MaxConcurrency: 100 },
      Array.from({ length: 41 }, (_, n) => n),
    );
    const late = bench.invocations.filter(({ atSeconds }) => atSeconds === 10);
    expect(late).toHaveLength(1);
  });

  it("inline lets items read the variables around them and write their own", async () => {
    const States = {
      Own: { Type: "Pass", Assign: { own: "{% $id & $states.input %}" }, Next: "Give" },
      Give: { Type: "Pass", Output: "{% $own %}", End: true },
    };
    const ItemProcessor = { ProcessorConfig: { Mode: "INLINE" }, StartAt: "Own", States };
    const before = { B: { Type: "Pass", Assign: { id: "x-" }, Next: "M" } };
    const { output } = await run({ ...map, ItemProcessor }, ["a", "b"], {}, before);
    expect(output).toEqual(["x-a", "x-b"]);
  });

  it("distributed shows items no variables of the machine", async () => {
    const States = { Give: { Type: "Pass", Output: "{% $id %}", End: true } };
    const ItemProcessor = { ...distributed, StartAt: "Give", States };
    const before = { B: { Type: "Pass", Assign: { id: "x-" }, Next: "M" } };
    const { execution } = await run({ ...map, ItemProcessor }, ["a"], {}, before);
    expect(execution.cause).toContain("'$id' specified for the field 'Output' returned nothing");
  });

  it("distributed needs the right to start executions of its own machine", async () => {
    const state = { ...map, ItemProcessor: distributed };
    const { bench } = await run(state, [1]);
    expect(bench.asked[0]).toEqual({
      action: "states:StartExecution",
      resources: ["arn:aws:states:eu-central-1:111111111111:stateMachine:m"],
      context: {},
    });
    const authorize = (): { allowed: false; reason: string } => ({ allowed: false, reason: "no" });
    expect((await run(state, [1], { authorize })).execution.error).toBe("States.Permissions");
  });

  it("distributed tolerates its share of failures, whose errors stand in their places", async () => {
    const fake = (payload: unknown): unknown => {
      if (payload === 1 || payload === 2) throw named("broken", `item ${String(payload)}`);
      return payload;
    };
    const tolerant = { ...map, ItemProcessor: distributed, ToleratedFailurePercentage: 50 };
    expect((await run(tolerant, [1, 2, 3, 4], { fake })).output).toEqual([
      { Error: "broken", Cause: "item 1" },
      { Error: "broken", Cause: "item 2" },
      3,
      4,
    ]);
    const { execution } = await run(tolerant, [1, 2, 3], { fake });
    expect(execution.error).toBe("States.ExceedToleratedFailureThreshold");
  });

  it("distributed counts events for each item apart", async () => {
    const { execution } = await run({ ...map, ItemProcessor: distributed }, [1, 2, 3]);
    const alone = await run({ ...map, ItemProcessor: distributed }, [1]);
    expect(execution.history).toHaveLength(alone.execution.history.length);
  });

  it("takes nothing but a list", async () => {
    const { execution } = await run(map, { a: 1 });
    expect(execution.cause).toBe(
      "An error occurred while executing the state 'M' (entered at the event id #2). " +
        "The JSONata expression '$states.input' specified for the field 'Items' returned an " +
        `unexpected result type. Expected 'array', but was 'object' for value: {"a":1}`,
    );
  });

  it("fails on an item above 256 KiB before it begins", async () => {
    const ItemSelector = { twice: "{% [$states.input, $states.input] %}" };
    const { bench, execution } = await run({ ...map, ItemSelector }, ["x".repeat(140_000)]);
    expect(execution.error).toBe("States.DataLimitExceeded");
    expect(bench.invocations).toEqual([]);
  });

  it("writes the events that AWS writes when an item fails among others", async () => {
    const fake = (payload: unknown): unknown => {
      if (payload === 2) throw named("broken");
      return payload;
    };
    const { execution } = await run({ ...map, MaxConcurrency: 2 }, [1, 2], { fake });
    const events = execution.history.map(({ type }) => type).filter((type) => /^Map/.test(type));
    expect(events).toEqual([
      "MapStateEntered",
      "MapStateStarted",
      "MapIterationStarted",
      "MapIterationStarted",
      "MapIterationFailed",
      "MapIterationAborted",
      "MapStateFailed",
    ]);
  });
});
