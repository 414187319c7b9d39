import { describe, expect, it } from "vitest";
import type { Execution } from "../../../runtime/rehearsal/states-language/index.js";
import {
  type BenchSettings,
  createBench,
  functionArn,
  type StatesBench,
} from "../../support/states-bench.js";

/** Runs states in order of their keys, beginning with the first. */
async function run(
  states: Readonly<Record<string, object>>,
  input: object = {},
  settings: BenchSettings = {},
): Promise<{ bench: StatesBench; execution: Execution; output: unknown }> {
  const bench = createBench(settings);
  const StartAt = Object.keys(states)[0];
  const arn = bench.machine("m", { QueryLanguage: "JSONata", StartAt, States: states });
  const execution = await bench.run(arn, input);
  const output: unknown = execution.output === undefined ? undefined : JSON.parse(execution.output);
  return { bench, execution, output };
}

const task = {
  Type: "Task",
  Resource: "arn:aws:states:::lambda:invoke",
  Arguments: { FunctionName: functionArn, Payload: "{% $states.input %}" },
  TimeoutSeconds: 60,
  End: true,
};

describe("states", () => {
  it("hand their output to the next, and the last one's is the execution's", async () => {
    const { output, execution } = await run(
      {
        Double: { Type: "Pass", Output: { n: "{% $states.input.n * 2 %}" }, Next: "Done" },
        Done: { Type: "Succeed", Output: { result: "{% $states.input.n %}", fixed: [1, "a"] } },
      },
      { n: 21 },
    );
    expect(execution.status).toBe("SUCCEEDED");
    expect(output).toEqual({ result: 42, fixed: [1, "a"] });
  });

  it("assign variables that later states read, all from the values before", async () => {
    const { output } = await run({
      First: { Type: "Pass", Assign: { a: 1, b: 2 }, Next: "Swap" },
      Swap: {
        Type: "Pass",
        Assign: { a: "{% $b %}", b: "{% $a %}" },
        Output: "{% $a %}",
        Next: "Last",
      },
      Last: { Type: "Pass", Output: ["{% $a %}", "{% $b %}", "{% $states.input %}"], End: true },
    });
    expect(output).toEqual([2, 1, 1]);
  });

  it("keep a list of one item a list", async () => {
    const { output } = await run(
      {
        Keep: { Type: "Pass", Assign: { l: "{% $states.input.lanes %}" }, Next: "Give" },
        Give: { Type: "Pass", Output: "{% $l %}", End: true },
      },
      { lanes: ["a"] },
    );
    expect(output).toEqual(["a"]);
  });

  it("wait whole seconds and until moments on the virtual clock", async () => {
    const { execution } = await run({
      Ten: { Type: "Wait", Seconds: 10, Next: "More" },
      More: { Type: "Wait", Seconds: "{% 5 * 4 %}", Next: "Until" },
      Until: { Type: "Wait", Timestamp: "2026-01-24T02:01:00Z", End: true },
    });
    expect((execution.endedAt ?? 0) - execution.startedAt).toBe(60_000);
  });

  it.each([-1, 1.5, '{% "soon" %}'])("do not wait %s seconds", async (seconds) => {
    const Seconds = typeof seconds === "number" ? `{% ${seconds} %}` : seconds;
    const { execution } = await run({ W: { Type: "Wait", Seconds, End: true } });
    expect(execution.error).toBe("States.QueryEvaluationError");
  });

  it("choose the first rule that holds, with its own assignments", async () => {
    const choose = {
      Choose: {
        Type: "Choice",
        Choices: [
          { Condition: "{% $states.input.n > 10 %}", Assign: { size: "large" }, Next: "Tell" },
          { Condition: "{% $states.input.n > 5 %}", Assign: { size: "middle" }, Next: "Tell" },
        ],
        Assign: { size: "small" },
        Default: "Tell",
      },
      Tell: { Type: "Pass", Output: "{% $size %}", End: true },
    };
    expect((await run(choose, { n: 20 })).output).toBe("large");
    expect((await run(choose, { n: 7 })).output).toBe("middle");
    expect((await run(choose, { n: 1 })).output).toBe("small");
  });

  it("fail where no choice holds, or a condition is no truth value", async () => {
    const choice = (condition: string): Readonly<Record<string, object>> => ({
      Choose: { Type: "Choice", Choices: [{ Condition: condition, Next: "End" }] },
      End: { Type: "Succeed" },
    });
    expect((await run(choice("{% false %}"))).execution.error).toBe("States.NoChoiceMatched");
    expect((await run(choice("{% 1 %}"))).execution.error).toBe("States.QueryEvaluationError");
  });

  it("fail with the error and the cause that they name", async () => {
    const { execution } = await run(
      { No: { Type: "Fail", Error: "lane-lost", Cause: '{% "lane " & $states.input.lane %}' } },
      { lane: "1/r" },
    );
    expect(execution).toMatchObject({ status: "FAILED", error: "lane-lost", cause: "lane 1/r" });
  });

  it("fail where an expression comes to nothing, naming it and its field", async () => {
    const { execution } = await run({
      P: { Type: "Pass", Output: { a: "{% $nobody %}" }, End: true },
    });
    expect(execution).toMatchObject({
      error: "States.QueryEvaluationError",
      cause:
        "An error occurred while executing the state 'P' (entered at the event id #2). " +
        "The JSONata expression '$nobody' specified for the field 'Output/a' returned nothing (undefined).",
    });
  });

  it("know where they are", async () => {
    const { output } = await run(
      { Where: { Type: "Pass", Output: "{% $states.context %}", End: true } },
      { a: 1 },
    );
    expect(output).toEqual({
      Execution: {
        Id: "arn:aws:states:eu-central-1:111111111111:execution:m:run-1",
        Input: { a: 1 },
        Name: "run-1",
        RoleArn: "arn:aws:iam::111111111111:role/dr-shop-workflows",
        StartTime: "2026-01-24T02:00:00.000Z",
      },
      State: { EnteredTime: "2026-01-24T02:00:00.000Z", Name: "Where", RetryCount: 0 },
      StateMachine: { Id: "arn:aws:states:eu-central-1:111111111111:stateMachine:m", Name: "m" },
    });
  });

  it("fail where an expression comes to a function, even inside of a value", async () => {
    const functions = ["$sum", "{ 'f': $sum }", "[function($x) { $x }]"];
    for (const source of functions) {
      const { execution } = await run({
        P: { Type: "Pass", Output: `{% ${source} %}`, End: true },
      });
      expect(execution.cause).toContain("returned an unsupported result type.");
    }
  });

  it("tell what a wrong expression threw, and write that into the history", async () => {
    const { execution } = await run({ P: { Type: "Pass", Output: "{% 1 + 'a' %}", End: true } });
    expect(execution.cause).toContain("threw an error during evaluation. T2002: ");
    expect(execution.history.map(({ type }) => type)).toEqual([
      "ExecutionStarted",
      "PassStateEntered",
      "EvaluationFailed",
      "ExecutionFailed",
    ]);
  });

  it.each([
    ["States.ALL", "FAILED"],
    ["States.TaskFailed", "FAILED"],
    ["States.DataLimitExceeded", "SUCCEEDED"],
  ])("fail on more than 256 KiB; a catcher of %s comes to %s", async (name, status) => {
    const catching = { Catch: [{ ErrorEquals: [name], Next: "Caught" }] };
    const { execution } = await run(
      { T: { ...task, ...catching }, Caught: { Type: "Succeed" } },
      {},
      { fake: () => "x".repeat(262_144) },
    );
    expect(execution.status).toBe(status);
  });

  it("end an execution that comes to 25,000 events", async () => {
    const { execution } = await run({
      Round: { Type: "Pass", Next: "Again" },
      Again: { Type: "Pass", Next: "Round" },
    });
    expect(execution).toMatchObject({
      status: "FAILED",
      error: "States.Runtime",
      cause: "The execution reached the maximum number of history events (25000).",
    });
    expect(execution.history).toHaveLength(25_000);
  });

  it("write the events that AWS writes for a task and a wait", async () => {
    const { End: _, ...leading } = task;
    const { execution } = await run({
      T: { ...leading, Next: "W" },
      W: { Type: "Wait", Seconds: 1, End: true },
    });
    expect(execution.history.map(({ type }) => type)).toEqual([
      "ExecutionStarted",
      "TaskStateEntered",
      "TaskScheduled",
      "TaskStarted",
      "TaskSucceeded",
      "TaskStateExited",
      "WaitStateEntered",
      "WaitStateExited",
      "ExecutionSucceeded",
    ]);
  });
});

describe("functions of expressions", () => {
  it.each([
    ["$now()", "2026-01-24T02:00:00.000Z"],
    ["$now('[Y]')", "2026"],
    ["$millis()", Date.UTC(2026, 0, 24, 2)],
    ["$random()", 0.25],
    ["$uuid()", "id-1"],
    ["$hash('a', 'MD5')", "0cc175b9c0f1b6a831c399e269772661"],
    ["$partition([1,2,3], 2)", [[1, 2], [3]]],
    ["$range(1, 7, 3)", [1, 4, 7]],
    [`$parse('{"a":[1]}')`, { a: [1] }],
  ])(
    "%s comes from the rehearsal, not from the machine it runs on",
    async (expression, expected) => {
      const pass = { P: { Type: "Pass", Output: `{% ${expression} %}`, End: true } };
      expect((await run(pass, {}, { random: () => 0.25 })).output).toEqual(expected);
    },
  );

  it("have no $eval", async () => {
    const { execution } = await run({ P: { Type: "Pass", Output: "{% $eval('1') %}", End: true } });
    expect(execution.cause).toContain("Step Functions has no $eval");
  });
});
