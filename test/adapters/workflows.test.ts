import { SFNClient, StateMachineDoesNotExist, StopExecutionCommand } from "@aws-sdk/client-sfn";
import { describe, expect, it } from "vitest";
import { stepFunctions } from "../../runtime/adapters/workflows.js";
import {
  account,
  createBench,
  functionArn,
  region,
  type StatesBench,
} from "../support/states-bench.js";

/** Waits a day for a token, and for a sign of life every minute. */
const waiting = {
  QueryLanguage: "JSONata",
  StartAt: "Wait",
  States: {
    Wait: {
      Type: "Task",
      Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
      Arguments: {
        FunctionName: functionArn,
        Payload: { token: "{% $states.context.Task.Token %}" },
      },
      TimeoutSeconds: 86_400,
      HeartbeatSeconds: 60,
      End: true,
    },
  },
};

/** The real SDK, its requests answered in process. */
function sdk(bench: StatesBench): SFNClient {
  const handle = async (request: {
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: Uint8Array;
  }): Promise<{ response: object }> => {
    const operation = String(request.headers["x-amz-target"]).replace("AWSStepFunctions.", "");
    const input = JSON.parse(new TextDecoder().decode(request.body)) as object;
    const reply = await bench.call(operation, input);
    const body = new Blob([reply.body.toString()]).stream();
    return { response: { statusCode: reply.status, headers: reply.headers, body } };
  };
  const credentials = { accessKeyId: "AKIA", secretAccessKey: "secret" };
  return new SFNClient({ region, credentials, maxAttempts: 1, requestHandler: { handle } });
}

function open() {
  const bench = createBench();
  const client = sdk(bench);
  const arns = {
    recoverPlan: bench.machine("recover-plan", waiting),
    recoverLane: bench.machine("recover-lane", waiting),
  };
  const workflows = stepFunctions(client, arns);
  const arnOf = (machine: string, name: string) =>
    `arn:aws:states:${region}:${account}:execution:${machine}:${name}`;
  const token = () => String(bench.invocations[0]?.payload.token);
  return { bench, client, workflows, arnOf, token };
}

describe("starting a machine", () => {
  it("starts one execution under a name, however often it is asked", async () => {
    const { bench, workflows, arnOf } = open();
    await workflows.start("recover-lane", "one", { part: 1 });
    await workflows.start("recover-lane", "one", { part: 1 });
    await workflows.start("recover-lane", "one", { part: 2 });
    await bench.passUntil(1);
    expect(bench.invocations).toHaveLength(1);
    expect(bench.states.execution(arnOf("recover-lane", "one"))?.status).toBe("RUNNING");
  });

  it("starts the machine that is meant", async () => {
    const { bench, workflows, arnOf } = open();
    await workflows.start("recover-plan", "one", {});
    expect(bench.states.execution(arnOf("recover-plan", "one"))).toBeDefined();
    expect(bench.states.execution(arnOf("recover-lane", "one"))).toBeUndefined();
  });

  it("fails where the machine is not there", async () => {
    const { client } = open();
    const arn = `arn:aws:states:${region}:${account}:stateMachine:gone`;
    const gone = stepFunctions(client, { recoverPlan: arn, recoverLane: arn });
    await expect(gone.start("recover-plan", "one", {})).rejects.toBeInstanceOf(
      StateMachineDoesNotExist,
    );
  });
});

describe("a task that waits for its token", () => {
  it("lives as long as it gets signs of life, and ends with the token's output", async () => {
    const { bench, workflows, arnOf, token } = open();
    await workflows.start("recover-plan", "one", {});
    await bench.passUntil(50);
    await workflows.heartbeat(token());
    await bench.passUntil(100);
    await workflows.succeed(token(), { done: true });
    await bench.passUntil(101);
    expect(bench.states.execution(arnOf("recover-plan", "one"))).toMatchObject({
      status: "SUCCEEDED",
    });
  });

  it("that nobody waits for any more is no error: its lane may tell its end twice or too late", async () => {
    const { bench, workflows, token } = open();
    await workflows.start("recover-plan", "one", {});
    await bench.passUntil(10);
    await workflows.succeed(token(), {});
    await bench.passUntil(11);
    await workflows.succeed(token(), {});
    await workflows.heartbeat(token());

    await workflows.start("recover-plan", "two", {});
    await bench.passUntil(200);
    const late = String(bench.invocations[1]?.payload.token);
    await workflows.succeed(late, {});
    await workflows.heartbeat(late);
  });
});

describe("whether the plan's machine still works at an execution", () => {
  it("is so while it runs, and not when it has ended, was stopped, or never was", async () => {
    const { bench, client, workflows, arnOf, token } = open();
    expect(await workflows.isRunning("one")).toBe(false);
    await workflows.start("recover-plan", "one", {});
    await workflows.start("recover-plan", "two", {});
    await bench.passUntil(1);
    expect(await workflows.isRunning("one")).toBe(true);
    await workflows.succeed(token(), {});
    await client.send(new StopExecutionCommand({ executionArn: arnOf("recover-plan", "two") }));
    await bench.passUntil(2);
    expect(await workflows.isRunning("one")).toBe(false);
    expect(await workflows.isRunning("two")).toBe(false);
  });
});
