import { z } from "zod";
import {
  criticalAtServers,
  drsRegions,
  expectedLaunchSeconds,
  failedAtMostPercent,
  type Limit,
  logRetentionDays,
  outOfBounds,
  pacingSeconds,
  reservedJobs,
  reservedServers,
  rpoMinutes,
  rtoMinutes,
  warnAtServers,
  waveDeadlineMinutes,
} from "../limits.js";

const name = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
const accountId = z.string().regex(/^\d{12}$/);
const region = z.enum(drsRegions);
const email = z.email();
const serverId = z.string().regex(/^s-[0-9a-zA-Z]{17}$/);
const tags = z.record(z.string().min(1).max(128), z.string().max(256));

function whole(limit: Limit) {
  return z
    .number()
    .int()
    .superRefine((value, context) => {
      const message = outOfBounds(limit, value);
      if (message) context.addIssue({ code: "custom", message });
    });
}

/** Servers of a lane that are alike, so that checks and rehearsals know what the lane holds. */
const fleetSet = z.strictObject({
  count: z.number().int().min(1).optional(),
  /** Ids, where they are known; then they are the count. */
  servers: z.array(serverId).min(1).optional(),
  tags: tags.default({}),
  /** Deals `values` values (`<prefix>1` …) of one more tag out over the servers, in turn. */
  spread: z
    .strictObject({ tag: z.string().min(1), prefix: z.string().default(""), values: z.number().int().min(1) })
    .optional(),
});

const lane = z.strictObject({
  region,
  /** Replicating servers that the lane is meant to hold. */
  servers: z.number().int().min(0),
  fleet: z.array(fleetSet).optional(),
});

const account = z.strictObject({
  id: accountId,
  name,
  lanes: z.array(lane).min(1),
});

const groupMember = z.strictObject({
  account: accountId,
  region,
  tags: tags.optional(),
  servers: z.array(serverId).min(1).optional(),
});

const wave = z.strictObject({
  name,
  group: name,
  tags: tags.optional(),
  servers: z.array(serverId).min(1).optional(),
  dependsOn: z.array(name).default([]),
  optional: z.strictObject({ tags }).optional(),
  failedAtMostPercent: whole(failedAtMostPercent).default(failedAtMostPercent.default),
  deadlineMinutes: whole(waveDeadlineMinutes).default(waveDeadlineMinutes.default),
  expectedLaunchSeconds: whole(expectedLaunchSeconds).default(expectedLaunchSeconds.default),
});

const plan = z.strictObject({
  name,
  objectives: z.strictObject({ rtoMinutes: whole(rtoMinutes), rpoMinutes: whole(rpoMinutes) }),
  waves: z.array(wave).min(1),
  reserve: z
    .strictObject({
      jobs: whole(reservedJobs).default(reservedJobs.default),
      servers: whole(reservedServers).default(reservedServers.default),
    })
    .default({ jobs: reservedJobs.default, servers: reservedServers.default }),
  pacingSeconds: whole(pacingSeconds).default(pacingSeconds.default),
});

const drill = z.strictObject({
  plan: name,
  /** EventBridge Scheduler's six fields, without `cron()`. */
  cron: z.string(),
  timezone: z.string().default("UTC"),
  cleanUp: z.boolean().default(true),
});

/** The environment file. Unknown keys are errors; what must hold across its parts is in `references.ts`. */
export const environmentSchema = z.strictObject({
  schemaVersion: z.literal(1),
  name,
  owner: email,
  hub: z.strictObject({
    account: accountId,
    regions: z.strictObject({ home: region, standby: region.optional() }),
    notify: z.array(email).default([]),
    /** Told to AssumeRole in every spoke; by default `<name>-<hub account>`. Not a secret. */
    externalId: z.string().min(2).max(1224).optional(),
    logRetentionDays: whole(logRetentionDays).default(logRetentionDays.default),
  }),
  /** Role that the deployment assumes in every account; the caller's own where absent. */
  deployment: z.strictObject({ role: z.string().min(1) }).optional(),
  accounts: z.array(account).min(1),
  capacity: z
    .strictObject({
      warnAtServers: whole(warnAtServers).default(warnAtServers.default),
      criticalAtServers: whole(criticalAtServers).default(criticalAtServers.default),
    })
    .default({ warnAtServers: warnAtServers.default, criticalAtServers: criticalAtServers.default }),
  groups: z.array(z.strictObject({ name, members: z.array(groupMember).min(1) })).min(1),
  plans: z.array(plan).min(1),
  drills: z.array(drill).default([]),
});

/** A whole disaster-recovery estate, as its file declares it, defaults filled in. */
export type Environment = z.infer<typeof environmentSchema>;
