/** Bounds of what turns and watches the traffic of a cell. */

import type { Limit } from "./limit.js";

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

export const trafficDialPercent = {
  unit: "percent",
  min: 0,
  max: 100,
  default: 100,
  why: "both Regions take what is nearest to them, unless one of them is a standby",
} as const satisfies Limit;

/** How long a Region must not answer the other one before people are asked. */
export const unhealthyMinutes = {
  unit: "minutes in a row",
  min: 1,
  max: 15,
  default: 3,
  why: "a deployment that goes wrong for a minute is not a lost Region",
} as const satisfies Limit;

export const lagSeconds = {
  unit: "seconds",
  min: 1,
  max: 900,
  default: 5,
  why: "copies lag less than a second where all is well",
} as const satisfies Limit;

export const backlogSeconds = {
  unit: "seconds",
  min: 60,
  max: 900,
  default: 900,
  why: "S3 designs for 15 minutes; an alarm above it would come too late",
} as const satisfies Limit;

export const errorPercent = {
  unit: "percent of the requests of a minute",
  min: 1,
  max: 100,
  default: 5,
  why: "one request in twenty is felt by users, and above the noise of clients that give up",
} as const satisfies Limit;

export const suspensionMinutes = {
  unit: "minutes",
  min: 5,
  max: 1_440,
  default: 60,
  why: "an hour of a drill by one word, and a forgotten word ends by itself",
} as const satisfies Limit;

/** How long a Region may take to answer the canary of the other one. */
export const answerSeconds = {
  unit: "seconds",
  min: 1,
  max: 30,
  default: 10,
  why: "a run has a minute, its cold start included; an answer that takes longer serves nobody",
} as const satisfies Limit;

/** How long what a canary found is kept, beside the metrics. Source: RetentionPeriod, CloudWatch Synthetics API reference. */
export const canaryKeptDays = {
  unit: "days, whole",
  min: 1,
  max: 455,
  default: 31,
  why: "a month of runs tells what was wrong before a failover",
} as const satisfies Limit;

/**
 * Runtime of canaries. AWS announces the end of one 60 days before, and runs it on afterwards.
 * Source: "Synthetics runtime versions", CloudWatch User Guide.
 */
export const canaryRuntime = "syn-nodejs-puppeteer-15.0";
