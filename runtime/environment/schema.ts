import { z } from "zod";
import {
  criticalAtServers,
  drsRegions,
  expectedLaunchSeconds,
  failedAtMostPercent,
  fleetSetServers,
  type Limit,
  laneServers,
  logRetentionDays,
  logRetentionPeriodsDays,
  pacingSeconds,
  reservedJobs,
  reservedServers,
  rpoMinutes,
  rtoMinutes,
  spreadValues,
  warnAtServers,
  waveDeadlineMinutes,
} from "../limits.js";

/** What a value must be, and what to do when it is not, in the words of our messages. */
export interface Wording {
  /** Follows `must be`. */
  readonly rule: string;
  /** A whole sentence. */
  readonly remedy: string;
}

/** The words of every part of the schema; no message of zod itself reaches a user. */
export const wordings = z.registry<Wording>();

function text(pattern: RegExp, rule: string, remedy: string) {
  return z.string().regex(pattern).register(wordings, { rule, remedy });
}

function whole(limit: Limit) {
  return z
    .number()
    .int()
    .min(limit.min)
    .max(limit.max)
    .register(wordings, {
      rule: wholeRule(limit),
      remedy: "Choose one within these bounds.",
    });
}

/** The same where nothing need be said. */
function wholeOrDefault(limit: Limit) {
  return z
    .number()
    .int()
    .min(limit.min)
    .max(limit.max)
    .register(wordings, {
      rule: wholeRule(limit),
      remedy: `Choose one within these bounds, or leave it out for ${limit.default}.`,
    })
    .default(limit.default);
}

function wholeRule({ min, max, unit }: Limit): string {
  return `a whole number, ${min} to ${max} ${unit}`;
}

function flag() {
  return z
    .boolean()
    .register(wordings, { rule: "true or false", remedy: "Write true or false, without quotes." });
}

function listOf<T extends z.ZodType>(item: T, what: string) {
  return z.array(item).register(wordings, {
    rule: `a list of ${what}`,
    remedy: 'Write each as an item of its own, beginning with "-".',
  });
}

function atLeastOne<T extends z.ZodType>(item: T, what: string) {
  return z
    .array(item)
    .min(1)
    .register(wordings, {
      rule: `a list of at least one ${what}`,
      remedy: `Add one, as an item that begins with "-".`,
    });
}

const name = text(
  /^[a-z][a-z0-9-]{0,39}$/,
  "1 to 40 lower-case letters, digits and hyphens, the first a letter",
  'Rename it, as in "payments-db".',
);
const accountId = text(
  /^\d{12}$/,
  "the 12 digits of an AWS account, in quotes",
  'Write all 12 digits, as in "111122223333".',
);
const region = z.enum(drsRegions).register(wordings, {
  rule: "a Region that AWS Elastic Disaster Recovery serves",
  remedy: 'Choose one of its Regions, as in "us-east-1".',
});
const email = z.email().register(wordings, {
  rule: "an e-mail address",
  remedy: 'Write it out, as in "dr@example.com".',
});
const serverId = text(
  /^s-[0-9a-zA-Z]{17}$/,
  'the id of a DRS source server ("s-" and 17 letters or digits)',
  "Copy the id from the DRS console, or from DescribeSourceServers.",
);
const tagName = text(
  /^[\s\S]{1,128}$/,
  "the name of a tag, 1 to 128 characters",
  "Name the tag as AWS holds it.",
);
const tagValue = text(
  /^[\s\S]{0,256}$/,
  "the value of a tag, at most 256 characters",
  "Write the value as AWS holds it.",
);
const tags = z.record(tagName, tagValue).register(wordings, {
  rule: "a mapping of tag names to values",
  remedy: "Write it as { Tier: database }.",
});

/** Servers of a lane that are alike, so that checks and rehearsals know what the lane holds. */
const fleetSet = z.strictObject({
  count: whole(fleetSetServers).optional(),
  /** Ids, where they are known; then they are the count. */
  servers: atLeastOne(serverId, "server id").optional(),
  tags: tags.default({}),
  /** Deals `values` values (`<prefix>1` …) of one more tag out over the servers, in turn. */
  spread: z
    .strictObject({
      tag: tagName,
      prefix: text(
        /^[\s\S]{0,200}$/,
        "the text that each value begins with, at most 200 characters",
        'Write it in quotes, as in "app-".',
      ).default(""),
      values: whole(spreadValues),
    })
    .optional(),
});

const lane = z.strictObject({
  region,
  /** Replicating servers that the lane is meant to hold. */
  servers: whole(laneServers),
  fleet: listOf(fleetSet, "sets of servers").optional(),
});

const account = z.strictObject({
  id: accountId,
  name,
  lanes: atLeastOne(lane, "lane"),
});

/** Which servers of a lane a group protects: `tags` or `servers`, exactly one of the two. */
const groupMember = z.strictObject({
  account: accountId,
  region,
  tags: tags.optional(),
  servers: atLeastOne(serverId, "server id").optional(),
});

const wave = z.strictObject({
  name,
  group: name,
  tags: tags.optional(),
  servers: atLeastOne(serverId, "server id").optional(),
  dependsOn: listOf(name, "wave names").default([]),
  optional: z.strictObject({ tags }).optional(),
  failedAtMostPercent: wholeOrDefault(failedAtMostPercent),
  deadlineMinutes: wholeOrDefault(waveDeadlineMinutes),
  expectedLaunchSeconds: wholeOrDefault(expectedLaunchSeconds),
});

const plan = z.strictObject({
  name,
  objectives: z.strictObject({ rtoMinutes: whole(rtoMinutes), rpoMinutes: whole(rpoMinutes) }),
  waves: atLeastOne(wave, "wave"),
  reserve: z
    .strictObject({
      jobs: wholeOrDefault(reservedJobs),
      servers: wholeOrDefault(reservedServers),
    })
    .default({ jobs: reservedJobs.default, servers: reservedServers.default }),
  pacingSeconds: wholeOrDefault(pacingSeconds),
});

const drill = z.strictObject({
  plan: name,
  /** EventBridge Scheduler's six fields, without `cron()`. */
  cron: text(
    /\S/,
    "a cron expression of six fields",
    'Write it in quotes, as in "0 9 ? * TUE#2 *".',
  ),
  timezone: text(
    /\S/,
    "a time zone of the IANA database",
    'Name it, as in "Europe/London".',
  ).default("UTC"),
  cleanUp: flag().default(true),
});

/**
 * The environment file. Unknown keys are errors; what must hold across its parts is in
 * `references.ts`.
 */
export const environmentSchema = z.strictObject({
  schemaVersion: z.literal(1).register(wordings, {
    rule: "1",
    remedy: "Write schemaVersion: 1, the only one that this release reads.",
  }),
  name,
  owner: email,
  hub: z.strictObject({
    account: accountId,
    regions: z.strictObject({ home: region, standby: region.optional() }),
    notify: listOf(email, "e-mail addresses").default([]),
    /**
     * Told to AssumeRole in every spoke; by default `<name>-<hub account>`. Not a secret.
     * Source: the pattern of ExternalId in the API reference of AssumeRole.
     */
    externalId: text(
      /^[\w+=,.@:/-]{2,1224}$/,
      "2 to 1224 letters, digits or characters of _+=,.@:/-",
      "Leave it out to have one made from the names of environment and hub.",
    ).optional(),
    logRetentionDays: z
      .literal(logRetentionPeriodsDays)
      .register(wordings, {
        rule: `a period that CloudWatch Logs knows (${logRetentionPeriodsDays.join(", ")} days)`,
        remedy: `Choose one of them, or leave it out for ${logRetentionDays.default}.`,
      })
      .default(logRetentionDays.default),
  }),
  /** Role that the deployment assumes in every account; the caller's own where absent. */
  deployment: z
    .strictObject({
      role: text(
        /^[\w+=,.@/-]{1,576}$/,
        "the name of an IAM role, its path before it where it has one",
        "Write the name alone, not the ARN: the same role is assumed in every account.",
      ),
    })
    .optional(),
  accounts: atLeastOne(account, "account"),
  capacity: z
    .strictObject({
      warnAtServers: wholeOrDefault(warnAtServers),
      criticalAtServers: wholeOrDefault(criticalAtServers),
    })
    .default({
      warnAtServers: warnAtServers.default,
      criticalAtServers: criticalAtServers.default,
    }),
  groups: atLeastOne(
    z.strictObject({ name, members: atLeastOne(groupMember, "member") }),
    "protection group",
  ),
  plans: atLeastOne(plan, "recovery plan"),
  drills: listOf(drill, "drills").default([]),
});

/** A whole disaster-recovery estate, as its file declares it, defaults filled in. */
export type Environment = z.infer<typeof environmentSchema>;
export type AccountDeclaration = Environment["accounts"][number];
export type LaneDeclaration = AccountDeclaration["lanes"][number];
export type FleetSet = NonNullable<LaneDeclaration["fleet"]>[number];
export type GroupDeclaration = Environment["groups"][number];
export type MemberDeclaration = GroupDeclaration["members"][number];
export type PlanDeclaration = Environment["plans"][number];
export type WaveDeclaration = PlanDeclaration["waves"][number];
export type DrillDeclaration = Environment["drills"][number];
