import { z } from "zod";
import {
  busyAtPercent,
  criticalAtServers,
  expectedLaunchSeconds,
  failedAtMostPercent,
  laneServers,
  logRetentionDays,
  logRetentionPeriodsDays,
  monthlyDollars,
  pacingSeconds,
  publishEveryMinutes,
  reservedJobs,
  reservedServers,
  rpoMinutes,
  rtoMinutes,
  warnAtServers,
  waveDeadlineMinutes,
} from "../limits.js";
import { cell } from "./cells/cell.js";
import {
  accountId,
  atLeastOne,
  email,
  flag,
  fleetSet,
  listOf,
  name,
  oneLine,
  region,
  serverId,
  tags,
  text,
  whole,
  wholeOrDefault,
  wordings,
} from "./parts.js";
import { valueAt } from "./path.js";

export { type Wording, wordings } from "./parts.js";

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

/** What the hub's account sees of the accounts whose servers it recovers. */
const observability = z.strictObject({
  shares: atLeastOne(
    z.enum(["metrics", "logs"]).register(wordings, {
      rule: '"metrics" or "logs"',
      remedy: "Choose what the accounts share with the hub's.",
    }),
    "kind of what is shared",
  ).default(["metrics", "logs"]),
});

const contact = z.strictObject({ role: oneLine, name: oneLine.optional(), reach: oneLine });

const responsibility = z.strictObject({ task: oneLine, owner: oneLine, every: oneLine });

/** The account from which servers are recovered, and where its records are. */
const hub = z.strictObject({
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
});

const group = z.strictObject({ name, members: atLeastOne(groupMember, "member") });

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
  hub,
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
      busyAtPercent: wholeOrDefault(busyAtPercent),
      publishEveryMinutes: wholeOrDefault(publishEveryMinutes),
    })
    .default({
      warnAtServers: warnAtServers.default,
      criticalAtServers: criticalAtServers.default,
      busyAtPercent: busyAtPercent.default,
      publishEveryMinutes: publishEveryMinutes.default,
    }),
  groups: atLeastOne(group, "protection group"),
  plans: atLeastOne(plan, "recovery plan"),
  drills: listOf(drill, "drills").default([]),
  /** One page over all accounts, Region by Region; each keeps its own metrics and logs where absent. */
  observability: observability.optional(),
  /** Who is asked when something happens, for the runbooks. */
  contacts: listOf(contact, "contacts").default([]),
  /** What is done how often, and the role of the contact that does it, for the runbooks. */
  responsibilities: listOf(responsibility, "responsibilities").default([]),
  /** What all of it may cost at rest: `aws-dr cost` judges by it. */
  budget: z.strictObject({ monthlyDollars: whole(monthlyDollars) }).optional(),
  cells: listOf(cell, "cells").default([]),
});

/** The same without servers to recover: then there is no hub either. */
const cellsAloneSchema = environmentSchema.extend({
  hub: hub.optional(),
  accounts: listOf(account, "accounts").default([]),
  groups: listOf(group, "protection groups").default([]),
  plans: listOf(plan, "recovery plans").default([]),
  cells: atLeastOne(cell, "cell"),
});

const serverParts = ["hub", "accounts", "capacity", "groups", "plans", "drills", "observability"];

/** What a file must keep: beside cells, all that concerns servers may be left out, but only together. */
export function environmentSchemaFor(value: unknown) {
  const isGiven = (key: string) => valueAt(value, [key]) !== undefined;
  return isGiven("cells") && !serverParts.some(isGiven) ? cellsAloneSchema : environmentSchema;
}

/** A whole disaster-recovery estate, as its file declares it, defaults filled in. */
export type Environment = z.infer<typeof cellsAloneSchema>;

/** An environment with servers to recover. */
export type ServerEnvironment = z.infer<typeof environmentSchema>;

export function hasServers(environment: Environment): environment is ServerEnvironment {
  return environment.hub !== undefined;
}

export { type CellDeclaration, type Side, sides } from "./cells/cell.js";
export type AccountDeclaration = Environment["accounts"][number];
export type LaneDeclaration = AccountDeclaration["lanes"][number];
export type FleetSet = NonNullable<LaneDeclaration["fleet"]>[number];
export type GroupDeclaration = Environment["groups"][number];
export type MemberDeclaration = GroupDeclaration["members"][number];
export type PlanDeclaration = Environment["plans"][number];
export type WaveDeclaration = PlanDeclaration["waves"][number];
export type DrillDeclaration = Environment["drills"][number];
export type ContactDeclaration = Environment["contacts"][number];
export type ResponsibilityDeclaration = Environment["responsibilities"][number];
