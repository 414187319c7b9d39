/** Bounds of databases and caches of a cell. */

import type { Limit } from "./limit.js";

export const rpoSeconds = {
  unit: "seconds",
  min: 0,
  max: 86_400,
  default: 60,
  why: "stores of a cell replicate in seconds; a loss of days is a restore from a backup",
} as const satisfies Limit;

/** How long automatic backups of a database are kept. Source: RDS takes 0 to 35. */
export const backupRetentionDays = {
  unit: "days",
  min: 7,
  max: 35,
  default: 35,
  why: "the snapshot that Aurora takes of a lost primary expires with its automatic backups; a week to find and copy it",
} as const satisfies Limit;

/** `rds.global_db_rpo`. Source: Aurora User Guide, managing RPOs for Aurora PostgreSQL global databases. */
export const enforcedRpoSeconds = {
  unit: "seconds",
  min: 20,
  max: 2_147_483_647,
  default: 60,
  why: "Aurora enforces nothing below 20 seconds; less can only be observed",
} as const satisfies Limit;

/** Instances of an Aurora cluster. Source: a secondary of a global database takes 16 readers. */
export const databaseInstances = {
  unit: "instances in a Region",
  min: 1,
  max: 16,
  default: 2,
  why: "a writer, and one that takes over when its zone is lost",
} as const satisfies Limit;

/** Replica lag of RDS. An idle source shows up to five minutes. Source: RDS User Guide, monitoring read replicas. */
export const replicaLagSeconds = {
  unit: "seconds",
  min: 5,
  max: 3_600,
  default: 60,
  why: "a minute behind is a fault where something is written every few seconds",
} as const satisfies Limit;

export const slotLagGibibytes = {
  unit: "GiB that the source keeps for its replica",
  min: 1,
  max: 1_000,
  default: 10,
  why: "a replica that no longer follows fills the source's disk",
} as const satisfies Limit;

export const databaseGibibytes = {
  unit: "GiB",
  min: 20,
  max: 65_536,
  default: 100,
  why: "the bounds are those of gp3 storage of RDS",
} as const satisfies Limit;

export const cacheLagSeconds = {
  unit: "seconds",
  min: 1,
  max: 600,
  default: 5,
  why: "usual lag is below a second: five are a fault, not a peak",
} as const satisfies Limit;

export const cacheShards = {
  unit: "shards",
  min: 1,
  max: 16,
  default: 3,
  why: "with five replicas each, sixteen shards have as many nodes as one composite alarm can watch",
} as const satisfies Limit;

export const cacheReplicas = {
  unit: "replicas a shard",
  min: 1,
  max: 5,
  default: 2,
  why: "without a replica there is no failover within the Region; five are ElastiCache's own bound",
} as const satisfies Limit;

export const lagAlarmMilliseconds = {
  unit: "milliseconds",
  min: 100,
  max: 600_000,
  default: 5_000,
  why: "usual lag is below a second: five are a fault, not a peak",
} as const satisfies Limit;
