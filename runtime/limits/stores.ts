/** Bounds of keys, buckets, tables, secrets, queues, images and backups of a cell. */

import type { Limit } from "./limit.js";

export const deletionWindowDays = {
  unit: "days from a deletion until nothing can be decrypted any more",
  min: 7,
  max: 30,
  default: 30,
  why: "the bounds are those of KMS; the longest leaves most time to notice",
} as const satisfies Limit;

export const rotationDays = {
  unit: "days between two rotations",
  min: 90,
  max: 2_560,
  default: 365,
  why: "the bounds are those of KMS; once a year is its own default",
} as const satisfies Limit;

export const bucketRetentionYears = {
  unit: "years, whole",
  min: 1,
  max: 100,
  default: 7,
  why: "the upper bound is that of S3 Object Lock; seven years is what financial records are kept",
} as const satisfies Limit;

export const bucketArchiveAfterDays = {
  unit: "days since an object was written",
  min: 1,
  max: 36_500,
  default: 90,
  why: "replication takes minutes, so a day later both copies are there to be archived",
} as const satisfies Limit;

export const bucketExpireAfterDays = {
  unit: "days since an object was written",
  min: 1,
  max: 36_500,
  default: 2_557,
  why: "seven years with their leap days",
} as const satisfies Limit;

export const versionDays = {
  unit: "days since a version was replaced",
  min: 1,
  max: 36_500,
  default: 90,
  why: "an overwritten object can be brought back for a quarter; without a bound versions pile up",
} as const satisfies Limit;

export const warnAtLatencySeconds = {
  unit: "seconds by which a copy is behind its source",
  min: 60,
  max: 900,
  default: 900,
  why: "S3 designs for 15 minutes; an alarm above it would come too late",
} as const satisfies Limit;

export const warnAtLagSeconds = {
  unit: "seconds by which a Region is behind the other",
  min: 1,
  max: 3_600,
  default: 5,
  why: "replication takes about a second; five times that is worth a look",
} as const satisfies Limit;

export const recoveryWindowDays = {
  unit: "days from a deletion until the secret is gone",
  min: 7,
  max: 30,
  default: 30,
  why: "the bounds are those of Secrets Manager; the longest leaves most time to notice",
} as const satisfies Limit;

export const rotateEveryDays = {
  unit: "days between two values",
  min: 1,
  max: 1_000,
  default: 30,
  why: "the bounds are those of Secrets Manager",
} as const satisfies Limit;

export const messageRetentionDays = {
  unit: "days from its arrival",
  min: 1,
  max: 14,
  default: 14,
  why: "SQS keeps nothing longer; a Region may be gone for days",
} as const satisfies Limit;

export const visibilitySeconds = {
  unit: "seconds from its receipt",
  min: 0,
  max: 43_200,
  default: 360,
  why: "six times a consumer that may run for a minute, as Lambda asks for; SQS hides for twelve hours at most",
} as const satisfies Limit;

export const maxReceives = {
  unit: "receipts of one message",
  min: 1,
  max: 1_000,
  default: 5,
  why: "fewer than five lose messages to throttled consumers; the bounds are those of SQS",
} as const satisfies Limit;

export const warnAtMessageAgeSeconds = {
  unit: "seconds since its arrival",
  min: 60,
  max: 1_209_600,
  default: 300,
  why: "a queue that is worked off holds nothing for minutes",
} as const satisfies Limit;

export const keepImages = {
  unit: "newest images of a repository",
  min: 1,
  max: 10_000,
  default: 500,
  why: "no tag is ever overwritten, so images pile up; what runs is among the newest",
} as const satisfies Limit;

export const keepBackupsDays = {
  unit: "days since a backup was made",
  min: 1,
  max: 36_500,
  default: 35,
  why: "as long as databases keep their own automatic backups at most",
} as const satisfies Limit;

export const lockMinDays = {
  unit: "days that a locked backup is kept at least",
  min: 1,
  max: 36_500,
  default: 2_557,
  why: "seven years with their leap days",
} as const satisfies Limit;

export const lockChangeableDays = {
  unit: "days until a lock can no longer be taken off",
  min: 3,
  max: 36_500,
  default: 30,
  why: "AWS Backup asks for three; a month shows whether the lock was meant",
} as const satisfies Limit;

/**
 * Sets of Regions in which a table may be strongly consistent.
 * Source: "Multi-Region strong consistency", Amazon DynamoDB Developer Guide.
 */
export const strongTableRegions = [
  ["us-east-1", "us-east-2", "us-west-2"],
  ["eu-west-1", "eu-west-2", "eu-west-3", "eu-central-1"],
  ["ap-northeast-1", "ap-northeast-2", "ap-northeast-3"],
] as const;
