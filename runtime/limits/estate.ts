/** Bounds of what an estate declares and counts. */

import type { Limit } from "./limit.js";

export const warnAtServers = {
  unit: "replicating servers in a lane",
  min: 1,
  max: 300,
  default: 250,
  why: "83 % of the quota of 300: time to plan the next lane",
} as const satisfies Limit;

export const criticalAtServers = {
  unit: "replicating servers in a lane",
  min: 1,
  max: 300,
  default: 280,
  why: "93 % of the quota of 300: the next application may not fit",
} as const satisfies Limit;

/** How many servers a lane may be declared with. What AWS admits is judged by the policies, not here. */
export const laneServers = {
  unit: "servers in a lane",
  min: 0,
  max: 20_000,
  default: 250,
  why: "five times the source servers that DRS takes; more is a slip of the finger",
} as const satisfies Limit;

/** How many of a lane's servers one set of its declared fleet may hold. */
export const fleetSetServers = {
  unit: "servers alike in a lane",
  min: 1,
  max: 20_000,
  default: 100,
  why: "a set without servers says nothing",
} as const satisfies Limit;

export const spreadValues = {
  unit: "values of the tag",
  min: 1,
  max: 20_000,
  default: 10,
  why: "no more values than a lane has servers",
} as const satisfies Limit;

/** Conditions of a link's filter. Source: CreateLink, CloudWatch Observability Access Manager API reference. */
export const mostLinkPrefixes = 5;

/** Lanes of one dashboard: a widget draws 500 metrics and expressions, and a lane takes three of them. */
export const mostDashboardLanes = 160;

export const busyAtPercent = {
  unit: "percent of the lane's quota",
  min: 1,
  max: 100,
  default: 90,
  why: "18 of 20 jobs, or 450 of 500 servers in jobs: a large recovery that starts now would wait",
} as const satisfies Limit;

export const publishEveryMinutes = {
  unit: "minutes between two counts",
  min: 1,
  max: 60,
  default: 5,
  why: "servers are added in days; a count costs a lane five calls, which a recovery may need",
} as const satisfies Limit;

/** What an environment may cost in a month. */
export const monthlyDollars = {
  unit: "US dollars a month",
  min: 1,
  max: 100_000_000,
  default: 200_000,
  why: "the default is what the multi-Region exercise allows; more than the upper bound is a slip of the finger",
} as const satisfies Limit;

export const logRetentionDays = {
  unit: "days",
  min: 1,
  max: 3_653,
  default: 365,
  why: "a yearly exercise can be compared with the one before",
} as const satisfies Limit;

/**
 * Periods that CloudWatch Logs keeps events for; it takes no other.
 * Source: PutRetentionPolicy, Amazon CloudWatch Logs API reference.
 */
export const logRetentionPeriodsDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
] as const;
