import { cadence, lateArrival } from "../limits.js";

/** A function's own time-out, and as much again for Lambda to say so. */
export const invocationTimeoutSeconds =
  lateArrival.functionTimeoutSeconds + lateArrival.httpTimeoutSeconds;

/** Longest sleep of a lane between two turns; a lane that expects nothing sooner looks all the same. */
export const longestWaitSeconds = cadence.pausedLookSeconds;

/**
 * Longest silence of a lane before it counts as dead and is begun again. Three sleeps: one turn
 * that fails and is retried must not look like a death.
 */
export const laneHeartbeatSeconds = 3 * longestWaitSeconds;

/** Longest life of a lane's phase, pauses included: two weeks. Deadlines of waves end it far sooner. */
export const lanePhaseTimeoutSeconds = 14 * 24 * 3_600;
