import { bucketRetentionYears } from "../../runtime/limits.js";
import { Problems, type Rule, within } from "../arguments.js";
import { checkTopics } from "../cells/alarms.js";
import { type Cell, checkCell } from "../cells/cell.js";
import { checkKeyArns } from "../cells/keys.js";
import { checkNameLength } from "../cells/name-length.js";
import type { AuditTrailArgs } from "./audit-trail.js";
import { trailBuckets } from "./trail-names.js";

/** Source: S3 User Guide, bucket naming rules. */
const maxBucketNameCharacters = 63;

const ownSettings = ["covers", "keyArns", "retentionYears", "retentionMode", "topicArns"] as const;

/** Everything that is wrong with a trail's arguments, before anything is created. */
export function auditTrailProblems(args: AuditTrailArgs): Problems {
  const problems = new Problems();
  checkCell(problems, args.cell);
  if (args.elsewhere === undefined) checkOwn(problems, args);
  else checkElsewhere(problems, args, args.elsewhere);
  return problems;
}

function checkElsewhere(problems: Problems, args: AuditTrailArgs, elsewhere: string): void {
  problems.check("elsewhere", trailArn, elsewhere);
  for (const setting of ownSettings) {
    if (args[setting] === undefined) continue;
    problems.add(
      setting,
      "must not be set for a trail elsewhere, got a value. Leave it out, or leave out elsewhere",
    );
  }
}

function checkOwn(problems: Problems, args: AuditTrailArgs): void {
  const { cell, covers, keyArns, retentionYears: years, retentionMode: mode } = args;
  if (covers !== undefined && covers !== "account" && covers !== "cell") {
    problems.add("covers", `must be account or cell, got "${covers}". Choose one`);
  }
  if (keyArns) checkKeyArns(problems, cell, keyArns);
  if (years !== undefined) problems.check("retentionYears", within(bucketRetentionYears), years);
  if (years === undefined && mode !== undefined) {
    problems.add(
      "retentionMode",
      `must not be set without retentionYears, got "${mode}". Say how long`,
    );
  }
  checkTopics(problems, cell, args.topicArns);
  checkBucketNames(problems, cell);
}

function checkBucketNames(problems: Problems, cell: Cell): void {
  const names = Object.values(trailBuckets(cell)).map((bucket) => bucket.name);
  const longest = names.reduce((one, other) => (other.length > one.length ? other : one), "");
  checkNameLength(problems, "name of the records' bucket", longest, maxBucketNameCharacters);
}

const trailArn: Rule<string> = (arn) =>
  /^arn:[a-z-]+:cloudtrail:[a-z0-9-]+:\d{12}:trail\/\S+$/.test(arn)
    ? undefined
    : `must be the ARN of a trail, got "${arn}". See "aws cloudtrail describe-trails"`;
