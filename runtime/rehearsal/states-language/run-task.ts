import { plusSeconds } from "../../core/instant.js";
import type { TaskState } from "./definition.js";
import {
  type Branch,
  type Engine,
  type FunctionResult,
  type Visit,
  viewOf,
  withinLimit,
} from "./engine.js";
import { evaluate } from "./evaluate.js";
import { rehearsalFailure, StateFailure } from "./failure.js";
import { isJsonObject, type Json, type JsonObject, toJson } from "./json.js";

/** What one attempt at a Task came to. */
type Outcome = { readonly result: Json } | { readonly failure: StateFailure };

/**
 * One attempt at a Task: invokes its function and, where the Task says so, waits for its token.
 * What arrives after the attempt is over is ignored.
 *
 * @throws {StateFailure}
 */
export async function attemptTask(
  engine: Engine,
  branch: Branch,
  state: TaskState,
  visit: Visit,
): Promise<Json> {
  const isToken = state.Resource.endsWith(".waitForTaskToken");
  const token = isToken ? engine.tokens.issue() : undefined;
  const context: JsonObject = token === undefined ? {} : { Task: { Token: token } };
  const view = viewOf(branch, visit, {}, context);
  const field = { path: "Arguments", template: state.Arguments };
  const given = await evaluate(engine, branch, visit, field, view);
  const { FunctionName: functionArn, Payload: payload = null } = isJsonObject(given) ? given : {};
  withinLimit(visit.name, "payload", payload);
  branch.history.add("TaskScheduled", visit.name);
  if (typeof functionArn !== "string") {
    throw new StateFailure("States.Runtime", "Arguments.FunctionName must be text");
  }
  const refusal = refusalOf(engine, branch, functionArn);
  const outcome =
    refusal === undefined
      ? await invokeAndWait(engine, branch, state, { functionArn, payload, token, visit })
      : { failure: refusal };
  if ("result" in outcome) {
    branch.history.add("TaskSucceeded", visit.name);
    return withinLimit(visit.name, "result", outcome.result);
  }
  const isTimeout = outcome.failure.error === "States.Timeout";
  branch.history.add(isTimeout ? "TaskTimedOut" : "TaskFailed", visit.name, outcome.failure);
  throw outcome.failure;
}

/**
 * A machine's role must be allowed to invoke. Step Functions shows a refusal of Lambda's as an error
 * of Lambda (inferred from reports of users: AWS documents no name).
 */
function refusalOf(engine: Engine, branch: Branch, functionArn: string): StateFailure | undefined {
  const { roleArn } = branch.machine;
  const right = { action: "lambda:InvokeFunction", resources: [functionArn], context: {} };
  const decision = engine.authorize(roleArn, [right]);
  if (decision.allowed) return undefined;
  return new StateFailure(
    "Lambda.AWSLambdaException",
    `User: ${roleArn} is not authorized to perform: lambda:InvokeFunction on resource: ` +
      `${functionArn} because ${decision.reason} (Service: Lambda, Status Code: 403)`,
  );
}

interface Invocation {
  readonly functionArn: string;
  readonly payload: Json;
  readonly token: string | undefined;
  readonly visit: Visit;
}

function invokeAndWait(
  engine: Engine,
  branch: Branch,
  state: TaskState,
  { functionArn, payload, token, visit }: Invocation,
): Promise<Outcome> {
  const { machine, history, scope } = branch;
  history.add("TaskStarted", visit.name);
  return engine.activity.suspend<Outcome>(scope, (resume) => {
    let isOver = false;
    const settle = (outcome: Outcome): void => {
      if (!isOver) resume(outcome);
    };
    const limits = startLimits(engine, state, (failure) => settle({ failure }));
    if (token !== undefined) {
      engine.tokens.open(token, {
        machineArn: machine.arn,
        succeed: (result) => settle({ result }),
        fail: (failure) => settle({ failure }),
        beat: limits.beat,
      });
    }
    engine.invokeFunction(functionArn, payload, machine.roleArn).then(
      (answer) => {
        if (isOver) return;
        const outcome = outcomeOf(engine, answer);
        if (token === undefined || "failure" in outcome) settle(outcome);
        else submitted();
      },
      (thrown: unknown) => settle({ failure: rehearsalFailure(thrown) }),
    );
    return () => {
      isOver = true;
      limits.stop();
      if (token !== undefined) engine.tokens.close(token);
    };

    /** A full history fails the execution here too. */
    function submitted(): void {
      try {
        history.add("TaskSubmitted", visit.name);
      } catch (thrown) {
        settle({ failure: rehearsalFailure(thrown) });
      }
    }
  });
}

function outcomeOf(engine: Engine, answer: FunctionResult): Outcome {
  if (!answer.ok) return { failure: new StateFailure(answer.error, answer.cause) };
  const result = {
    ExecutedVersion: "$LATEST",
    Payload: toJson(answer.payload) ?? null,
    SdkHttpMetadata: { HttpStatusCode: 200 },
    SdkResponseMetadata: { RequestId: engine.newId() },
    StatusCode: 200,
  };
  return { result };
}

interface Limits {
  readonly beat: () => void;
  readonly stop: () => void;
}

/**
 * Starts the clock on an attempt's time-out, and on its heartbeat, which every beat starts anew. AWS
 * shows a missed heartbeat as `States.Timeout`, and knows it in Retry and Catch by both names.
 */
function startLimits(
  { timeline }: Engine,
  { TimeoutSeconds: timeout, HeartbeatSeconds: heartbeat }: TaskState,
  onFailure: (failure: StateFailure) => void,
): Limits {
  const after = (seconds: number, reason: string, alias?: string): (() => void) =>
    timeline.at(plusSeconds(timeline.now(), seconds), () =>
      onFailure(new StateFailure("States.Timeout", reason, alias)),
    );
  const stopTimeout = after(timeout, `The Task took longer than ${timeout} s.`);
  let stopHeartbeat = (): void => undefined;
  const beat = (): void => {
    if (heartbeat === undefined) return;
    stopHeartbeat();
    const reason = `No heartbeat came for ${heartbeat} s.`;
    stopHeartbeat = after(heartbeat, reason, "States.HeartbeatTimeout");
  };
  beat();
  return {
    beat,
    stop: () => {
      stopTimeout();
      stopHeartbeat();
    },
  };
}
