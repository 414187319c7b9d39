import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  InvalidName,
  InvalidToken,
  ListExecutionsCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StateMachineDoesNotExist,
  StopExecutionCommand,
  TaskTimedOut,
} from "@aws-sdk/client-sfn";
import { describe, expect, it } from "vitest";
import { StatesError } from "../../../runtime/rehearsal/states-language/index.js";
import {
  account,
  createBench,
  functionArn,
  region,
  type StatesBench,
} from "../../support/states-bench.js";

const waiting = {
  QueryLanguage: "JSONata",
  StartAt: "T",
  States: {
    T: {
      Type: "Task",
      Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
      Arguments: {
        FunctionName: functionArn,
        Payload: { token: "{% $states.context.Task.Token %}" },
      },
      TimeoutSeconds: 86_400,
      End: true,
    },
  },
};

interface HttpRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

/** The real SDK, its requests answered in process. */
function sdk(bench: StatesBench): SFNClient {
  const handle = async (request: HttpRequest): Promise<{ response: object }> => {
    const operation = String(request.headers["x-amz-target"]).replace("AWSStepFunctions.", "");
    const reply = await bench.call(
      operation,
      JSON.parse(new TextDecoder().decode(request.body)) as object,
    );
    const body = new Blob([reply.body.toString()]).stream();
    return { response: { statusCode: reply.status, headers: reply.headers, body } };
  };
  return new SFNClient({
    region,
    credentials: { accessKeyId: "AKIA", secretAccessKey: "secret" },
    maxAttempts: 1,
    requestHandler: { handle },
  });
}

function setUp(): { bench: StatesBench; client: SFNClient; stateMachineArn: string } {
  const bench = createBench();
  return { bench, client: sdk(bench), stateMachineArn: bench.machine("m", waiting) };
}

describe("the API, through the SDK", () => {
  it("starts, describes and lists executions", async () => {
    const { bench, client, stateMachineArn } = setUp();
    const start = new StartExecutionCommand({ stateMachineArn, name: "e-1", input: '{"a":1}' });
    const { executionArn, startDate } = await client.send(start);
    expect(executionArn).toBe(`arn:aws:states:${region}:${account}:execution:m:e-1`);
    expect(startDate?.toISOString()).toBe("2026-01-24T02:00:00.000Z");
    await bench.passUntil(1);
    expect(await client.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
      status: "RUNNING",
      input: '{"a":1}',
      name: "e-1",
    });
    const taskToken = String(bench.invocations[0]?.payload.token);
    await client.send(new SendTaskHeartbeatCommand({ taskToken }));
    await client.send(new SendTaskSuccessCommand({ taskToken, output: '"done"' }));
    await bench.passUntil(2);
    const list = await client.send(new ListExecutionsCommand({ stateMachineArn }));
    expect(list.executions).toMatchObject([{ name: "e-1", status: "SUCCEEDED" }]);
    expect(await client.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
      output: '"done"',
      stopDate: new Date("2026-01-24T02:00:01Z"),
    });
  });

  it("starts a running execution once under one name and input", async () => {
    const { bench, client, stateMachineArn } = setUp();
    const start = (input: string): Promise<unknown> =>
      client.send(new StartExecutionCommand({ stateMachineArn, name: "e-1", input }));
    await start("{}");
    await bench.passUntil(5);
    expect(await start("{}")).toMatchObject({ startDate: new Date("2026-01-24T02:00:00Z") });
    expect(bench.invocations).toHaveLength(1);
    await expect(start('{"b":1}')).rejects.toThrow(ExecutionAlreadyExists);
  });

  it("keeps the name of an execution that has ended for 90 days", async () => {
    const { bench, client, stateMachineArn } = setUp();
    const start = (): Promise<unknown> =>
      client.send(new StartExecutionCommand({ stateMachineArn, name: "e-1", input: "{}" }));
    await start();
    const arn = bench.states.executions()[0]?.arn;
    await client.send(
      new StopExecutionCommand({ executionArn: arn, error: "enough", cause: "why" }),
    );
    expect(bench.states.executions()).toMatchObject([
      { status: "ABORTED", error: "enough", cause: "why" },
    ]);
    await expect(start()).rejects.toThrow(ExecutionAlreadyExists);
    await bench.passUntil(90 * 86_400);
    await start();
    expect(bench.states.executions()).toMatchObject([{ status: "RUNNING" }]);
  });

  it("stops what an execution waits for with the execution", async () => {
    const { bench, client, stateMachineArn } = setUp();
    const { executionArn } = await client.send(
      new StartExecutionCommand({ stateMachineArn, name: "e" }),
    );
    await bench.passUntil(1);
    await client.send(new StopExecutionCommand({ executionArn }));
    const taskToken = String(bench.invocations[0]?.payload.token);
    const late = client.send(new SendTaskSuccessCommand({ taskToken, output: "1" }));
    await expect(late).rejects.toThrow(TaskTimedOut);
  });

  it("refuses what AWS refuses, under AWS's names", async () => {
    const { client, stateMachineArn } = setUp();
    const unknown = stateMachineArn.replace(":m", ":other");
    const foreign = stateMachineArn.replace(region, "us-east-1");
    const executionArn = `arn:aws:states:${region}:${account}:execution:m:nobody`;
    const start = (arn: string, name: string): Promise<unknown> =>
      client.send(new StartExecutionCommand({ stateMachineArn: arn, name, input: "{}" }));
    await expect(start(unknown, "e")).rejects.toThrow(StateMachineDoesNotExist);
    await expect(start(foreign, "e")).rejects.toThrow(StateMachineDoesNotExist);
    await expect(start(stateMachineArn, "111111111111/eu-central-1")).rejects.toThrow(InvalidName);
    await expect(start(stateMachineArn, "e".repeat(81))).rejects.toThrow(InvalidName);
    await expect(client.send(new DescribeExecutionCommand({ executionArn }))).rejects.toThrow(
      ExecutionDoesNotExist,
    );
    const nobodys = new SendTaskSuccessCommand({ taskToken: "nobody's", output: "1" });
    await expect(client.send(nobodys)).rejects.toThrow(InvalidToken);
  });
});

describe("the API", () => {
  it("takes an input of 256 KiB, and none larger", async () => {
    const { client, stateMachineArn } = setUp();
    const input = (bytes: number): string => JSON.stringify("ü".repeat((bytes - 2) / 2));
    const start = (name: string, bytes: number) =>
      client.send(new StartExecutionCommand({ stateMachineArn, name, input: input(bytes) }));
    await expect(start("fits", 262_144)).resolves.toBeDefined();
    await expect(start("large", 262_146)).rejects.toMatchObject({ name: "ValidationException" });
  });

  it("pages lists of executions, newest first", async () => {
    const { bench, stateMachineArn } = setUp();
    for (const name of ["a", "b", "c"]) bench.states.start(stateMachineArn, name, "{}");
    const page = async (input: object): Promise<Readonly<Record<string, unknown>>> => {
      const { body } = await bench.call("ListExecutions", {
        stateMachineArn,
        maxResults: 2,
        ...input,
      });
      return JSON.parse(body.toString()) as Readonly<Record<string, unknown>>;
    };
    const first = await page({});
    expect(first.executions).toMatchObject([{ name: "c" }, { name: "b" }]);
    const second = await page({ nextToken: first.nextToken });
    expect(second.executions).toMatchObject([{ name: "a" }]);
    expect(second.nextToken).toBeUndefined();
    expect((await page({ statusFilter: "FAILED" })).executions).toEqual([]);
  });

  it("refuses a token from another account", async () => {
    const { bench, stateMachineArn } = setUp();
    bench.states.start(stateMachineArn, "e", "{}");
    await bench.passUntil(1);
    const taskToken = String(bench.invocations[0]?.payload.token);
    const input = { taskToken, output: "1" };
    const reply = await bench.call("SendTaskSuccess", input, { account: "222222222222" });
    expect(reply.status).toBe(400);
    expect(bench.states.executions()[0]?.status).toBe("RUNNING");
  });

  it("refuses an operation that it does not emulate", async () => {
    const reply = await createBench().call("RedriveExecution", {});
    expect(JSON.parse(reply.body.toString())).toEqual({
      __type: "UnknownOperationException",
      message: "RedriveExecution is not emulated.",
    });
  });

  it.each([
    ["StartExecution", { stateMachineArn: "arn:m" }, "arn:m"],
    ["ListExecutions", { stateMachineArn: "arn:m" }, "arn:m"],
    ["DescribeExecution", { executionArn: "arn:e" }, "arn:e"],
    ["StopExecution", { executionArn: "arn:e" }, "arn:e"],
    ["SendTaskSuccess", { taskToken: "t" }, "*"],
    ["SendTaskFailure", { taskToken: "t" }, "*"],
    ["SendTaskHeartbeat", { taskToken: "t" }, "*"],
  ])("needs the right to %s", (operation, input, resource) => {
    const { service } = createBench().states;
    const rights = service.rightsOf({
      service: "states",
      region,
      principal: { account, arn: "", roleArn: "" },
      method: "POST",
      path: "/",
      query: new URLSearchParams(),
      headers: { "x-amz-target": `AWSStepFunctions.${operation}` },
      body: Buffer.from(JSON.stringify(input)),
    });
    expect(rights).toEqual([
      {
        action: `states:${operation}`,
        resources: [resource],
        context: { "aws:RequestedRegion": region },
      },
    ]);
  });

  it("refuses to start what it does not have", () => {
    const { states } = createBench();
    const arn = `arn:aws:states:${region}:${account}:stateMachine:none`;
    expect(() => states.start(arn, "e", "{}")).toThrow(StatesError);
    expect(() => states.stop(arn)).toThrow("Execution Does Not Exist");
  });
});
