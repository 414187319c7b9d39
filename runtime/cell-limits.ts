/** Bounded numbers of the cells' components, a part of `limits.ts`, where everybody reads them. */

import type { Limit } from "./limits.js";

/** Seconds between two requests of a Route 53 health checker; it takes no other, and keeps the one it has. */
export const healthCheckIntervalsSeconds = [10, 30] as const;

export const failureThreshold = {
  unit: "requests in a row",
  min: 1,
  max: 10,
  default: 3,
  why: "one lost request is not a lost Region; every further one delays the failover by an interval",
} as const satisfies Limit;

/** How long resolvers may keep an answer that a failover changes. */
export const ttlSeconds = {
  unit: "seconds",
  min: 1,
  max: 60,
  default: 60,
  why: "Route 53 asks for at most 60 s where a health check decides, and every client pays it in full",
} as const satisfies Limit;

/** Until services of the recovery Region carry production, from the scaling on. */
export const scaleSeconds = {
  unit: "seconds",
  min: 0,
  max: 7200,
  default: 300,
  why: "no figure is published; tasks and nodes take minutes to start, and a drill measures how many",
} as const satisfies Limit;

/** Until tests have shown that the recovery Region serves, after everything else. */
export const verifySeconds = {
  unit: "seconds",
  min: 0,
  max: 7200,
  default: 120,
  why: "a failover that nobody looked at has not succeeded yet; smoke tests of two minutes are usual",
} as const satisfies Limit;
