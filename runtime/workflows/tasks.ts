import type {
  Assignments,
  Catcher,
  Expression,
  Leads,
  Retrier,
  TaskState,
  Template,
} from "./asl.js";
import { retryLane, retryTransient, retryUnforeseen } from "./retries.js";
import { invocationTimeoutSeconds } from "./time-outs.js";

/** What the execution function is asked to do. Ids and names only: payloads are logged. */
export type Request = { readonly operation: string; readonly [field: string]: Template };

/** A call of the execution function that answers by itself. */
export interface Call {
  readonly functionArn: string;
  readonly request: Request;
  readonly leads: Leads;
  readonly assign?: Assignments;
  readonly output?: Template;
  readonly retry?: readonly Retrier[];
  readonly catch: readonly Catcher[];
}

/** The Task that makes a {@link Call}. Its output is empty unless said otherwise. */
export function callTask(call: Call): TaskState {
  return {
    Type: "Task",
    Resource: invokeOf(call.functionArn),
    Arguments: { FunctionName: call.functionArn, Payload: call.request },
    TimeoutSeconds: invocationTimeoutSeconds,
    ...(call.assign && { Assign: call.assign }),
    Output: call.output ?? {},
    Retry: call.retry ?? [retryTransient, retryLane, retryUnforeseen],
    Catch: call.catch,
    ...call.leads,
  };
}

/** The service integration in the partition of the function. */
function invokeOf(functionArn: string): string {
  const [, partition] = functionArn.split(":");
  return `arn:${partition}:states:::lambda:invoke`;
}

/** A call that hands out a task token, and ends when somebody answers the token. */
export interface TokenCall extends Call {
  readonly retry: readonly Retrier[];
  readonly timeoutSeconds: number;
  readonly heartbeatSeconds?: number;
}

/** The Task that makes a {@link TokenCall}; the request is given the token as `taskToken`. */
export function tokenTask(call: TokenCall): TaskState {
  const { heartbeatSeconds } = call;
  return {
    ...callTask(call),
    Resource: `${invokeOf(call.functionArn)}.waitForTaskToken`,
    Arguments: {
      FunctionName: call.functionArn,
      Payload: { ...call.request, taskToken: "{% $states.context.Task.Token %}" },
    },
    TimeoutSeconds: call.timeoutSeconds,
    ...(heartbeatSeconds !== undefined && { HeartbeatSeconds: heartbeatSeconds }),
  };
}

/** The error that a Catch took, as one text of bounded length. */
export const caughtCause: Expression =
  '{% $substring($states.errorOutput.Error & ": " & $states.errorOutput.Cause, 0, 2000) %}';
