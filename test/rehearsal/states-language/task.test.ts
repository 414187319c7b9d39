import { describe, expect, it } from "vitest";
import {
  type BenchSettings,
  createBench,
  functionArn,
  named,
  type Payload,
  type StatesBench,
} from "../../support/states-bench.js";

const invoke = {
  Type: "Task",
  Resource: "arn:aws:states:::lambda:invoke",
  Arguments: { FunctionName: functionArn, Payload: { n: 1 } },
  TimeoutSeconds: 60,
  End: true,
};

const waitForToken = {
  ...invoke,
  Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
  Arguments: { FunctionName: functionArn, Payload: { token: "{% $states.context.Task.Token %}" } },
  TimeoutSeconds: 1_000,
  HeartbeatSeconds: 100,
};

function benchWith(
  task: object,
  settings: BenchSettings = {},
): { bench: StatesBench; arn: string } {
  const bench = createBench(settings);
  const States = { T: task, Caught: { Type: "Pass", End: true } };
  const used = JSON.stringify(task).includes("Caught") ? States : { T: task };
  const arn = bench.machine("m", { QueryLanguage: "JSONata", StartAt: "T", States: used });
  return { bench, arn };
}

/** Seconds at which the function was invoked. */
function times(bench: StatesBench): readonly number[] {
  return bench.invocations.map(({ atSeconds }) => atSeconds);
}

function failing(...errors: readonly string[]): () => Payload {
  const left = [...errors];
  return () => {
    const error = left.shift();
    if (error !== undefined) throw named(error);
    return { ok: true };
  };
}

describe("a task", () => {
  it("gives the function its payload, and the function's answer under Payload", async () => {
    const output = {
      got: "{% $states.result.Payload %}",
      status: "{% $states.result.StatusCode %}",
    };
    const { bench, arn } = benchWith({ ...invoke, Output: output }, { fake: ({ n }) => ({ n }) });
    const execution = await bench.run(arn, {});
    expect(JSON.parse(execution.output ?? "")).toEqual({ got: { n: 1 }, status: 200 });
  });

  it("asks the machine's role for the right to invoke, and shows a refusal", async () => {
    const authorize = (): { allowed: false; reason: string } => ({
      allowed: false,
      reason: "no policy allows it",
    });
    const { bench, arn } = benchWith(invoke, { authorize });
    const execution = await bench.run(arn, {});
    expect(bench.asked).toEqual([
      { action: "lambda:InvokeFunction", resources: [functionArn], context: {} },
    ]);
    expect(bench.invocations).toEqual([]);
    expect(execution.error).toBe("Lambda.AWSLambdaException");
    expect(execution.cause).toContain(
      `is not authorized to perform: lambda:InvokeFunction on resource: ${functionArn} because no policy allows it`,
    );
  });

  it("fails with the name of what the function threw", async () => {
    const { bench, arn } = benchWith(invoke, { fake: failing("lane-denied") });
    expect(await bench.run(arn, {})).toMatchObject({ status: "FAILED", error: "lane-denied" });
  });
});

describe("retries", () => {
  const retry = (fields: object): object => ({
    ...invoke,
    Retry: [
      { ErrorEquals: ["busy"], IntervalSeconds: 2, BackoffRate: 3, MaxAttempts: 4, ...fields },
    ],
  });
  const busy = failing.bind(undefined, "busy", "busy", "busy");

  it("come later each time", async () => {
    const { bench, arn } = benchWith(retry({}), { fake: busy() });
    expect((await bench.run(arn, {})).status).toBe("SUCCEEDED");
    expect(times(bench)).toEqual([0, 2, 8, 26]);
  });

  it("come no later than the longest delay", async () => {
    const { bench, arn } = benchWith(retry({ MaxDelaySeconds: 5 }), { fake: busy() });
    await bench.run(arn, {});
    expect(times(bench)).toEqual([0, 2, 7, 12]);
  });

  it("come at a random share of the delay under full jitter", async () => {
    const jitter = retry({ JitterStrategy: "FULL" });
    const { bench, arn } = benchWith(jitter, { fake: busy(), random: () => 0.5 });
    await bench.run(arn, {});
    expect(times(bench)).toEqual([0, 1, 4, 13]);
  });

  it("end after as many as were allowed", async () => {
    const { bench, arn } = benchWith(retry({ MaxAttempts: 2 }), { fake: busy() });
    expect(await bench.run(arn, {})).toMatchObject({ status: "FAILED", error: "busy" });
    expect(bench.invocations).toHaveLength(3);
  });

  it("are not made for other errors", async () => {
    const { bench, arn } = benchWith(retry({}), { fake: failing("other") });
    await bench.run(arn, {});
    expect(bench.invocations).toHaveLength(1);
  });

  it("are counted by each retrier for itself, the first that matches deciding", async () => {
    const two = {
      ...invoke,
      Retry: [
        { ErrorEquals: ["busy"], IntervalSeconds: 1, MaxAttempts: 1 },
        { ErrorEquals: ["States.ALL"], IntervalSeconds: 10, MaxAttempts: 1 },
      ],
    };
    const { bench, arn } = benchWith(two, { fake: failing("busy", "other", "busy") });
    expect(await bench.run(arn, {})).toMatchObject({ status: "FAILED", error: "busy" });
    expect(times(bench)).toEqual([0, 1, 11]);
  });

  it("show their number in the context", async () => {
    const task = { ...retry({}), Output: "{% $states.context.State.RetryCount %}" };
    const { bench, arn } = benchWith(task, { fake: busy() });
    expect((await bench.run(arn, {})).output).toBe("3");
  });
});

describe("catchers", () => {
  const caught = (names: readonly string[], fields: object = {}): object => ({
    ...invoke,
    Catch: [{ ErrorEquals: names, Next: "Caught", ...fields }],
  });

  it("take the error as output, where they say nothing else", async () => {
    const { bench, arn } = benchWith(caught(["a", "b"]), { fake: failing("b") });
    const execution = await bench.run(arn, {});
    expect(JSON.parse(execution.output ?? "")).toEqual({ Error: "b", Cause: "no reason given" });
  });

  it("see the state's input besides the error", async () => {
    const Output = { lane: "{% $states.input.lane %}", why: "{% $states.errorOutput.Error %}" };
    const { bench, arn } = benchWith(caught(["States.ALL"], { Output }), { fake: failing("b") });
    const execution = await bench.run(arn, { lane: "1/r" });
    expect(JSON.parse(execution.output ?? "")).toEqual({ lane: "1/r", why: "b" });
  });

  it("take expressions that fail, as AWS does", async () => {
    const task = { ...caught(["States.QueryEvaluationError"]), Output: "{% $nobody %}" };
    const { bench, arn } = benchWith(task);
    expect((await bench.run(arn, {})).status).toBe("SUCCEEDED");
  });

  it("take every error but a time-out for a failed task", async () => {
    const failed = caught(["States.TaskFailed"]);
    const other = benchWith(failed, { fake: failing("any") });
    expect((await other.bench.run(other.arn, {})).status).toBe("SUCCEEDED");
    const { bench, arn } = benchWith({ ...failed, ...waitForToken });
    expect(await bench.run(arn, {})).toMatchObject({ status: "FAILED", error: "States.Timeout" });
  });
});

describe("a task that waits for its token", () => {
  function tokenOf(bench: StatesBench, index = 0): string {
    return String(bench.invocations[index]?.payload.token);
  }

  it("ends with the answer to the token, not with the function's", async () => {
    const { bench, arn } = benchWith(waitForToken, { fake: () => ({ not: "this" }) });
    bench.states.start(arn, "run-1", "{}");
    await bench.passUntil(50);
    const output = JSON.stringify({ this: "one" });
    expect(
      (await bench.call("SendTaskSuccess", { taskToken: tokenOf(bench), output })).status,
    ).toBe(200);
    await bench.passUntil(51);
    const execution = bench.states.executions()[0];
    expect(JSON.parse(execution?.output ?? "")).toEqual({ this: "one" });
    expect((execution?.endedAt ?? 0) - (execution?.startedAt ?? 0)).toBe(50_000);
  });

  it("may be answered before its function has returned", async () => {
    const { bench, arn } = benchWith(waitForToken, {
      fake: async ({ token }, at) => {
        await at.call("SendTaskSuccess", { taskToken: token, output: "1" });
        throw named("too-late");
      },
    });
    expect(await bench.run(arn, {})).toMatchObject({ status: "SUCCEEDED", output: "1" });
  });

  it("fails when its function does", async () => {
    const { bench, arn } = benchWith(waitForToken, { fake: failing("broken") });
    expect((await bench.run(arn, {})).error).toBe("broken");
  });

  it("fails with what the token's holder says", async () => {
    const { bench, arn } = benchWith(waitForToken);
    bench.states.start(arn, "run-1", "{}");
    await bench.passUntil(1);
    await bench.call("SendTaskFailure", {
      taskToken: tokenOf(bench),
      error: "no",
      cause: "because",
    });
    await bench.passUntil(2);
    expect(bench.states.executions()[0]).toMatchObject({ error: "no", cause: "because" });
  });

  it("times out without a heartbeat, and a beat starts the count anew", async () => {
    const { bench, arn } = benchWith(waitForToken);
    bench.states.start(arn, "run-1", "{}");
    await bench.passUntil(99);
    await bench.call("SendTaskHeartbeat", { taskToken: tokenOf(bench) });
    await bench.passUntil(198);
    expect(bench.states.executions()[0]?.status).toBe("RUNNING");
    await bench.passUntil(200);
    expect(bench.states.executions()[0]).toMatchObject({
      error: "States.Timeout",
      cause: "No heartbeat came for 100 s.",
    });
  });

  it.each(["States.HeartbeatTimeout", "States.Timeout", "States.ALL"])(
    "is caught as %s when no heartbeat comes",
    async (name) => {
      const caught = { ...waitForToken, Catch: [{ ErrorEquals: [name], Next: "Caught" }] };
      const { bench, arn } = benchWith(caught);
      expect((await bench.run(arn, {})).status).toBe("SUCCEEDED");
    },
  );

  it("that takes too long is not caught as silent", async () => {
    const { HeartbeatSeconds: _, ...patient } = waitForToken;
    const catchSilence = [{ ErrorEquals: ["States.HeartbeatTimeout"], Next: "Caught" }];
    const { bench, arn } = benchWith({ ...patient, Catch: catchSilence });
    expect((await bench.run(arn, {})).status).toBe("FAILED");
  });

  it("times out in the end, however much it beats", async () => {
    const { bench, arn } = benchWith({ ...waitForToken, TimeoutSeconds: 150 });
    bench.states.start(arn, "run-1", "{}");
    await bench.passUntil(90);
    await bench.call("SendTaskHeartbeat", { taskToken: tokenOf(bench) });
    await bench.passUntil(151);
    expect(bench.states.executions()[0]?.error).toBe("States.Timeout");
  });

  it("hands out a new token with each attempt, and the old one is worth nothing", async () => {
    const retry = [{ ErrorEquals: ["States.HeartbeatTimeout"], IntervalSeconds: 1 }];
    const { bench, arn } = benchWith({ ...waitForToken, Retry: retry });
    bench.states.start(arn, "run-1", "{}");
    await bench.passUntil(102);
    const [first, second] = [tokenOf(bench, 0), tokenOf(bench, 1)];
    expect(first).not.toBe(second);
    const late = await bench.call("SendTaskSuccess", { taskToken: first, output: "1" });
    expect(JSON.parse(late.body.toString())).toEqual({
      __type: "TaskTimedOut",
      message: "Task Timed Out: 'Provided task does not exist anymore'",
    });
    await bench.call("SendTaskSuccess", { taskToken: second, output: "2" });
    await bench.passUntil(103);
    expect(bench.states.executions()[0]).toMatchObject({ status: "SUCCEEDED", output: "2" });
  });
});
