/** Bounds and cadence of recoveries. */

import type { Limit } from "./limit.js";

export const rtoMinutes = {
  unit: "minutes",
  min: 1,
  max: 10_080,
  default: 240,
  why: "up to a week; a recovery that may take longer is a rebuild",
} as const satisfies Limit;

export const rpoMinutes = {
  unit: "minutes",
  min: 1,
  max: 10_080,
  default: 15,
  why: "DRS keeps points in time from ten minutes apart, and replicates in seconds when healthy",
} as const satisfies Limit;

export const expectedLaunchSeconds = {
  unit: "seconds",
  min: 60,
  max: 7_200,
  default: 600,
  why: "two small Linux servers took 533 s from StartRecovery to the end of their job (aws-samples/drs-tools, sample data of 2022)",
} as const satisfies Limit;

export const failedAtMostPercent = {
  unit: "percent of the critical servers of a wave in a lane",
  min: 0,
  max: 100,
  default: 0,
  why: "a dependent wave on top of a half-launched one is worse than none",
} as const satisfies Limit;

export const waveDeadlineMinutes = {
  unit: "minutes after the wave's gate opened in the lane",
  min: 10,
  max: 1_440,
  default: 120,
  why: "after it, servers that could not be started end with their reason instead of waiting for ever",
} as const satisfies Limit;

export const reservedJobs = {
  unit: "jobs of a lane left to others",
  min: 0,
  max: 19,
  default: 0,
  why: "an operator may need the console while a recovery runs",
} as const satisfies Limit;

export const reservedServers = {
  unit: "servers in jobs of a lane left to others",
  min: 0,
  max: 499,
  default: 0,
  why: "as for jobs",
} as const satisfies Limit;

export const pacingSeconds = {
  unit: "seconds between two StartRecovery calls of a lane",
  min: 0,
  max: 600,
  default: 0,
  why: "packing makes pacing needless; it is offered for estates with own reasons",
} as const satisfies Limit;

/** How often a lane looks, and how long what is invisible may still arrive. */
export const cadence = {
  /** Between two looks at jobs that run. */
  jobPollSeconds: 20,
  /** Between two looks when nearly all servers in flight have launched, and at a closed gate. */
  gatePollSeconds: 10,
  /** Share of the expected launch time in which nothing can have launched yet. */
  quietShareOfExpectedLaunch: 0.6,
  /** Between two looks while paused, should the wake-up be lost. */
  pausedLookSeconds: 600,
  /** First wait after a 409 whose cause the job list does not show; doubled twice. */
  conflictBackoffSeconds: [30, 60, 120],
  /** First wait after a 429 without Retry-After, doubled up to the last. */
  throttleBackoffSeconds: [5, 10, 20, 40, 60],
  /** Rest of a call that was denied: as long as it has been denied, between these. */
  deniedRestSeconds: { min: 10, max: 60 },
} as const;

/**
 * How long a lane or a call may be denied before that is believed: long enough for a change of IAM to
 * spread and for people to lift a guardrail, short beside a wave's deadline. AWS publishes no bound; source:
 * "Changes that I make are not always immediately visible", IAM User Guide.
 */
export const denialPatienceSeconds = 300;

/** Time-outs whose sum says when a call that nobody answered can no longer take effect. */
export const lateArrival = {
  functionTimeoutSeconds: 120,
  httpTimeoutSeconds: 30,
  /** What is new may be missing from Describe calls this long. Inferred: AWS publishes no bound. */
  visibilitySeconds: 60,
} as const;

/** After this an intent that shows no job is void: its call can neither arrive nor be hidden any more. */
export const voidAfterSeconds =
  lateArrival.functionTimeoutSeconds +
  lateArrival.httpTimeoutSeconds +
  lateArrival.visibilitySeconds;

/**
 * Most by which the clocks of a Region and of the orchestrator differ: beyond it a signature is
 * refused. Source: "Troubleshoot Signature Version 4 requests", IAM User Guide ("within five minutes
 * of the time stamp").
 */
export const clockSkewSeconds = 300;

/** Lanes up to which Step Functions maps inline (its concurrency there is 40); above, distributed. */
export const maxInlineLanes = 40;

/** Turns of a lane in one Step Functions execution: a turn writes up to 9 events, the quota is 25,000. */
export const turnsPerExecution = 2_000;

/** Servers in one MEMBERS item of the journal, to keep it below 60 KB. */
export const membersPerItem = 500;
