/** Bounds of networks, services and clusters in a Region of a cell. */

import type { Limit } from "./limit.js";

export const vpcPrefixBits = {
  unit: "leading bits that the addresses of a VPC share",
  min: 16,
  max: 22,
  default: 16,
  why: "AWS takes no larger VPC; of a smaller one, nine subnets have too few addresses for a failover",
} as const satisfies Limit;

export const serviceTasks = {
  unit: "tasks",
  min: 1,
  max: 5_000,
  default: 2,
  why: "ECS takes no more in a service; without one, Route 53 calls the load balancer ill and answers with the Region that is lost",
} as const satisfies Limit;

export const clusterNodes = {
  unit: "nodes",
  min: 1,
  max: 450,
  default: 2,
  why: "EKS takes no more in a managed node group; without one, nothing of the cluster's own runs",
} as const satisfies Limit;

export const cpuUnits = {
  unit: "CPU units, 1,024 a vCPU",
  min: 256,
  max: 16_384,
  default: 1_024,
  why: "the bounds are those of Fargate, which takes some values between them only",
} as const satisfies Limit;

export const memoryMib = {
  unit: "MiB",
  min: 512,
  max: 122_880,
  default: 2_048,
  why: "the bounds are those of Fargate, which takes only some with each number of CPU units",
} as const satisfies Limit;

export const targetCpuPercent = {
  unit: "percent of the processor of all tasks",
  min: 10,
  max: 90,
  default: 60,
  why: "what is above carries the load until new tasks serve",
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

/** What may be promised of a year; the rest of it may be lost. */
export const availabilityPercent = {
  unit: "percent of a year",
  min: 90,
  max: 99.9999,
  default: 99.99,
  why: "99.99 percent leave 52 minutes and a half of a year; 99.9999 leave half a minute, which no failover keeps",
} as const satisfies Limit;

export const latencyMs = {
  unit: "milliseconds a transaction",
  min: 1,
  max: 60_000,
  default: 100,
  why: "a transaction of a tenth of a second feels immediate; one of more than a minute is a job",
} as const satisfies Limit;

export const roundTripMs = {
  unit: "milliseconds between the Regions and back",
  min: 1,
  max: 1_000,
  default: 80,
  why: "AWS promises none: a number of the file is an assumption until somebody has measured it",
} as const satisfies Limit;

export const promisedRetentionYears = {
  unit: "years",
  min: 1,
  max: 100,
  default: 7,
  why: "what financial rules ask of records is seven years",
} as const satisfies Limit;

export const transactionsPerMinute = {
  unit: "transactions a minute, at their peak",
  min: 1,
  max: 1_000_000_000,
  default: 10_000,
  why: "what is at risk is what is written within the RPO",
} as const satisfies Limit;

export const transactionKilobytes = {
  unit: "KB of 1,000 bytes a transaction",
  min: 1,
  max: 1_000_000,
  default: 5,
  why: "what is at risk is what is written within the RPO",
} as const satisfies Limit;
