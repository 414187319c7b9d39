import {
  bucketArchiveAfterDays,
  bucketExpireAfterDays,
  bucketRetentionYears,
  versionDays,
  warnAtLatencySeconds,
} from "../../runtime/limits.js";
import { Problems, resourceName, within } from "../arguments.js";
import { checkTopics } from "../cells/alarms.js";
import { checkCell, regionsOf } from "../cells/cell.js";
import { checkKeyArns } from "../cells/keys.js";
import { inRegion } from "../cells/regional.js";
import { bucketNames, replicationRole } from "./bucket-names.js";
import { checkObjectives } from "./objectives.js";
import type { ReplicatedBucketArgs } from "./replicated-bucket.js";

/** Source: S3 User Guide, bucket naming rules. */
const maxBucketNameCharacters = 63;

/** Source: IAM User Guide, name requirements. */
const maxRoleNameCharacters = 64;

/** Days that a retention in years covers at least, leap years counted: seven years are 2,557. */
export function lockedDays(years: number | undefined): number {
  return years === undefined ? 0 : Math.ceil(years * 365.25);
}

/** Everything that is wrong with a bucket's arguments, before anything is created. */
export function replicatedBucketProblems(
  args: ReplicatedBucketArgs,
  settings: { readonly versionDays: number; readonly warnAtLatencySeconds: number },
): Problems {
  const problems = new Problems();
  checkCell(problems, args.cell);
  problems.check("name", resourceName, args.name);
  problems.add("name", tooLong(args));
  checkKeyArns(problems, args.cell, args.keyArns);
  checkObjectives(problems, args.objectives);
  checkTopics(problems, args.cell, args.topicArns);
  problems.check("versionDays", within(versionDays), settings.versionDays);
  const { warnAtLatencySeconds: seconds } = settings;
  problems.check("warnAtLatencySeconds", within(warnAtLatencySeconds), seconds);
  if (args.archiveAfterDays !== undefined) {
    problems.check("archiveAfterDays", within(bucketArchiveAfterDays), args.archiveAfterDays);
  }
  if (args.expireAfterDays !== undefined) {
    problems.check("expireAfterDays", within(bucketExpireAfterDays), args.expireAfterDays);
  }
  retentionProblems(problems, args, settings.versionDays);
  return problems;
}

function retentionProblems(
  problems: Problems,
  { retentionYears: years, retentionMode, expireAfterDays: expiry }: ReplicatedBucketArgs,
  days: number,
): void {
  if (years === undefined) {
    if (retentionMode !== undefined) {
      problems.add(
        "retentionMode",
        `must not be set without retentionYears, got "${retentionMode}". Say how long`,
      );
    }
    return;
  }
  problems.check("retentionYears", within(bucketRetentionYears), years);
  const locked = lockedDays(years);
  const rule = `must be at least the retention of ${years} years (${locked} days)`;
  const advice = "S3 would not delete what is locked";
  if (expiry !== undefined && expiry < locked) {
    problems.add("expireAfterDays", `${rule}, got ${expiry}. ${advice}`);
  }
  if (days < locked) problems.add("versionDays", `${rule}, got ${days}. ${advice}`);
}

function tooLong({ cell, name }: ReplicatedBucketArgs): string | undefined {
  const names = bucketNames(cell, name);
  for (const region of regionsOf(cell)) {
    const bucket = inRegion(names, region).name;
    if (bucket.length > maxBucketNameCharacters) {
      return `must give bucket names of up to ${maxBucketNameCharacters} characters, got "${bucket}" with ${bucket.length}. Take a shorter one`;
    }
    const role = replicationRole(cell, name, region).name;
    if (role.length > maxRoleNameCharacters) {
      return `must give role names of up to ${maxRoleNameCharacters} characters, got "${role}" with ${role.length}. Take a shorter one`;
    }
  }
  return undefined;
}
