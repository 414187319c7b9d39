import { z } from "zod";
import {
  bucketArchiveAfterDays,
  bucketExpireAfterDays,
  bucketRetentionYears,
  keepBackupsDays,
  keepImages,
  lockChangeableDays,
  lockMinDays,
  maxReceives,
  messageRetentionDays,
  rotateEveryDays,
  versionDays,
  visibilitySeconds,
  warnAtMessageAgeSeconds,
} from "../../limits.js";
import { atLeastOne, flag, name, text, whole, wholeOrDefault } from "../parts.js";
import { cellRegion, word } from "./parts.js";

const attribute = text(
  /^[\s\S]{1,255}$/,
  "the name of an attribute, 1 to 255 characters",
  "Name the attribute as items have it.",
);

export const table = z.strictObject({
  name,
  hashKey: attribute,
  rangeKey: attribute.optional(),
  ttlAttribute: attribute.optional(),
  /** Whether the recovery Region has a replica; without one its backups are all that it has of the table. */
  replicated: flag().default(true),
  consistency: word(["eventual", "strong"]).default("eventual"),
  /** Third Region of a strongly consistent table. */
  witnessRegion: cellRegion.optional(),
});

export const bucket = z.strictObject({
  name,
  replicateDeleteMarkers: flag().default(true),
  retentionYears: whole(bucketRetentionYears).optional(),
  retentionMode: word(["COMPLIANCE", "GOVERNANCE"]).optional(),
  archiveAfterDays: whole(bucketArchiveAfterDays).optional(),
  archiveClass: word(["GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"]).optional(),
  expireAfterDays: whole(bucketExpireAfterDays).optional(),
  versionDays: whole(versionDays).optional(),
});

export const queue = z.strictObject({
  name,
  pattern: word(["outbox", "fan-out"]),
  onRecovery: word(
    ["purge", "quarantine", "reprocess"],
    "Choose what becomes of messages in a Region that comes back.",
  ),
  messageRetentionDays: wholeOrDefault(messageRetentionDays),
  visibilitySeconds: wholeOrDefault(visibilitySeconds),
  maxReceives: wholeOrDefault(maxReceives),
  warnAtMessageAgeSeconds: wholeOrDefault(warnAtMessageAgeSeconds),
});

export const secret = z.strictObject({
  name,
  rotationFunctionArn: text(
    /^arn:[a-z-]+:lambda:[a-z0-9-]+:\d{12}:function:\S+$/,
    "the ARN of a function",
    "Name the function of the primary Region that makes new values.",
  ).optional(),
  rotateEveryDays: whole(rotateEveryDays).optional(),
});

export const images = z.strictObject({
  repositories: atLeastOne(name, "repository"),
  keepImages: wholeOrDefault(keepImages),
});

const schedule = text(
  /^cron\(\S+( \S+){5}\)$/,
  "a cron expression of six fields",
  'As in "cron(0 5 ? * * *)".',
);

export const backups = z.strictObject({
  stores: atLeastOne(word(["aurora", "dynamodb", "rds"]), "kind of store"),
  schedule: schedule.default("cron(0 5 ? * * *)"),
  keepBackupsDays: wholeOrDefault(keepBackupsDays),
  lockMode: word(["governance", "compliance"]).optional(),
  lockMinDays: whole(lockMinDays).optional(),
  /** Of a lock of compliance: how long it can still be taken off. */
  lockChangeableDays: whole(lockChangeableDays).optional(),
  /** Role with which copies are restored on trial; no trials without it. */
  restoreRoleArn: text(
    /^arn:[a-z-]+:iam::\d{12}:role\/\S+$/,
    "the ARN of a role",
    "Name the role that restores on trial.",
  ).optional(),
});

/** Who did what in the cell's account: recorded here, or by a trail that is deployed elsewhere. */
export const auditTrail = z.strictObject({
  covers: word(["account", "cell"]).optional(),
  /** ARN of a trail that records the account already, such as the organization's. */
  elsewhere: text(
    /^arn:[a-z-]+:cloudtrail:[a-z0-9-]+:\d{12}:trail\/\S+$/,
    "the ARN of a trail",
    "Name the trail that records the account.",
  ).optional(),
  retentionYears: whole(bucketRetentionYears).optional(),
  retentionMode: word(["COMPLIANCE", "GOVERNANCE"]).optional(),
});
