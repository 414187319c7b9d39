import type { PolicyResource } from "@pulumi/policy";
import { notYetKnown } from "../../runtime/core/cells/edges/values.js";
import { expectedAt } from "../expected.js";
import { type Finding, type Look, lookAtEach, problem, unknownAt } from "../findings.js";
import { known, partlyKnown, UNKNOWN } from "../known.js";
import { awsPages, type Rule } from "../rule.js";
import { satellitesOf } from "../satellites.js";
import { sox } from "./frameworks.js";

/** Seven years, with two leap days in them. */
const leastDays = 2557;
const lockType = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration";
const vaultLockType = "aws:backup/vaultLockConfiguration:VaultLockConfiguration";
const replicationType = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";
const bucketType = "aws:s3/bucket:Bucket";

/** What is locked says so itself: a lock that ends early, or on one side, is worse than none, as all rely on it. */
export const retainedSevenYears: Rule = {
  name: "dr-retained-seven-years",
  description:
    "What is locked against deletion is locked for seven years, and on both sides of its replication.",
  why: "Records that are deleted too early cannot be shown, and the copy is what is left after a disaster.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: `Retain for 7 years or ${leastDays} days in COMPLIANCE mode, on source and destination.`,
  framework: sox("Section 802", "Records relevant to audits are retained for seven years"),
  url: awsPages.objectLock,
  validateStack: (args, report) => {
    lookAtEach(args, ({ type }) => looks[type], report);
  },
};

const looks: Readonly<Record<string, Look>> = {
  [lockType]: lockFindings,
  [vaultLockType]: vaultFindings,
  [replicationType]: replicationFindings,
};

function lockFindings({ props }: PolicyResource): readonly Finding[] {
  const retention = known(() => (props.rule as LockRule | undefined)?.defaultRetention);
  if (retention === UNKNOWN) return unknownAt("rule.defaultRetention");
  const { mode, years, days } = retention ?? {};
  const isLong = (years ?? 0) >= 7 || (days ?? 0) >= leastDays;
  const got = days === undefined ? `${years ?? "no"} years` : `${days} days`;
  const tooShort = problem(
    `rule.defaultRetention must be at least 7 years (${leastDays} days), got ${got}. Lengthen it: it cannot be shortened later.`,
  );
  const tooWeak = problem(
    `rule.defaultRetention.mode must be "COMPLIANCE", got "${mode ?? ""}". In any other mode an administrator can delete what is locked.`,
  );
  return [...(isLong ? [] : tooShort), ...(mode === "COMPLIANCE" ? [] : tooWeak)];
}

interface LockRule {
  readonly defaultRetention?: {
    readonly mode?: string;
    readonly years?: number;
    readonly days?: number;
  };
}

/** Source: AWS Backup API, PutBackupVaultLockConfiguration: without ChangeableForDays the lock can be removed at any time. */
function vaultFindings({ props }: PolicyResource): readonly Finding[] {
  const days = known(() => props.minRetentionDays as number | undefined);
  const changeable = known(() => props.changeableForDays as number | undefined);
  const tooShort =
    days === UNKNOWN
      ? unknownAt("minRetentionDays")
      : problem(
          `minRetentionDays must be at least ${leastDays}, got ${days ?? "nothing"}. Raise it before the lock becomes immutable.`,
        );
  const tooWeak =
    changeable === UNKNOWN
      ? unknownAt("changeableForDays")
      : problem(
          "changeableForDays must be given, got nothing. Without it the lock is of governance: an administrator can take it off.",
        );
  const isLong = days !== UNKNOWN && (days ?? 0) >= leastDays;
  const isFinal = changeable !== UNKNOWN && changeable !== undefined;
  return [...(isLong ? [] : tooShort), ...(isFinal ? [] : tooWeak)];
}

/** Source and destination are locked alike. Of a bucket outside of the stack that is not known here. */
function replicationFindings(
  replication: PolicyResource,
  all: readonly PolicyResource[],
): readonly Finding[] {
  const buckets = all.filter(({ type }) => type === bucketType);
  const isSource = (bucket: PolicyResource) =>
    satellitesOf([replication], bucket, replicationType, "bucket", "bucket").length > 0;
  const source = buckets.find(isSource);
  if (source === undefined) return unknownAt("bucket");
  if (!isLocked(source, all)) return [];
  return expectedAt(partlyKnown(replication.props), "rules[].destination.bucket").flatMap(
    ({ path, value }) => {
      if (value === notYetKnown) return unknownAt(path);
      const name = String(value).split(":").at(-1);
      const target = buckets.find(({ props }) => known(() => props.bucket) === name);
      if (target === undefined) return unknownAt(path);
      if (isLocked(target, all)) return [];
      return problem(
        `${path} must be a bucket that is locked as the source is, got "${target.name}" without a lock. Give it a BucketObjectLockConfiguration of its own.`,
      );
    },
  );
}

function isLocked(bucket: PolicyResource, all: readonly PolicyResource[]): boolean {
  return satellitesOf(all, bucket, lockType, "bucket", "bucket").length > 0;
}
