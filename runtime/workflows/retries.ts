import type { Retrier } from "./asl.js";

/**
 * Errors of Lambda and of Step Functions itself that say nothing about the request: the next
 * attempt may succeed. A function that ran out of time or memory is `Sandbox.Timedout`,
 * `Runtime.ExitError` or, in older words, `Lambda.Unknown`.
 */
const transientErrors = [
  "Lambda.ServiceException",
  "Lambda.AWSLambdaException",
  "Lambda.SdkClientException",
  "Lambda.ClientExecutionTimeoutException",
  "Lambda.TooManyRequestsException",
  "Lambda.Unknown",
  "Sandbox.Timedout",
  "Runtime.ExitError",
  "Runtime.OutOfMemory",
] as const;

/** Errors of ours that mean that a lane's services cannot be read now (`DrErrorCode`). */
const laneErrors = ["lane-throttled", "lane-unreachable"] as const;

const backoff = { BackoffRate: 2, JitterStrategy: "FULL" } as const;

/** Up to a minute apart, for about a quarter of an hour. */
export const retryTransient: Retrier = {
  ErrorEquals: [...transientErrors, "States.Timeout"],
  IntervalSeconds: 2,
  MaxDelaySeconds: 60,
  MaxAttempts: 30,
  ...backoff,
};

/** As {@link retryTransient}, for states to which their own time-out means something. */
export const retryTransientButTimeout: Retrier = {
  ...retryTransient,
  ErrorEquals: transientErrors,
};

/** Up to two minutes apart, for about an hour: a Region that comes back is worth the wait. */
export const retryLane: Retrier = {
  ErrorEquals: laneErrors,
  IntervalSeconds: 5,
  MaxDelaySeconds: 120,
  MaxAttempts: 60,
  ...backoff,
};

/** Errors nobody foresaw. A few attempts, in case they come from a moment and not from a defect. */
export const retryUnforeseen: Retrier = {
  ErrorEquals: ["States.ALL"],
  IntervalSeconds: 5,
  MaxDelaySeconds: 60,
  MaxAttempts: 4,
  ...backoff,
};

/** Whatever went wrong: for the states that record a failure, after which nobody would try again. */
export const retryRecording: Retrier = {
  ErrorEquals: ["States.ALL"],
  IntervalSeconds: 5,
  MaxDelaySeconds: 300,
  MaxAttempts: 30,
  ...backoff,
};

/**
 * A lane that fell silent is begun again: its turns are safe to run twice. AWS's pages call a
 * missed heartbeat by both names.
 */
export const retrySilence: Retrier = {
  ErrorEquals: ["States.HeartbeatTimeout", "States.Timeout"],
  IntervalSeconds: 5,
  MaxDelaySeconds: 60,
  MaxAttempts: 10,
  ...backoff,
};
