import { z } from "zod";
import type { ProtectionGroup, RecoveryPlan } from "../core/recovery/plan.js";
import {
  expectedLaunchSeconds,
  failedAtMostPercent,
  type Limit,
  pacingSeconds,
  reservedJobs,
  reservedServers,
  rpoMinutes,
  rtoMinutes,
  waveDeadlineMinutes,
} from "../limits.js";
import { documentName } from "./requests.js";

const serverId = z.string().regex(/^s-[0-9a-zA-Z]{17}$/);
const tags = z.record(z.string(), z.string());

function bounded({ min, max }: Limit) {
  return z.number().int().min(min).max(max);
}

function optional<T extends z.ZodType>(schema: T) {
  return z.exactOptional(schema);
}

export const groupDocument: z.ZodType<ProtectionGroup> = z.strictObject({
  name: documentName,
  members: z
    .array(
      z.strictObject({
        account: z.string().regex(/^\d{12}$/),
        region: z.string(),
        tags: optional(tags),
        servers: optional(z.array(serverId).min(1)),
      }),
    )
    .min(1),
});

export const planDocument: z.ZodType<RecoveryPlan> = z.strictObject({
  name: documentName,
  objectives: z.strictObject({ rtoMinutes: bounded(rtoMinutes), rpoMinutes: bounded(rpoMinutes) }),
  waves: z
    .array(
      z.strictObject({
        name: documentName,
        group: documentName,
        tags: optional(tags),
        servers: optional(z.array(serverId).min(1)),
        dependsOn: z.array(documentName),
        optional: optional(z.strictObject({ tags })),
        failedAtMostPercent: bounded(failedAtMostPercent),
        deadlineMinutes: bounded(waveDeadlineMinutes),
        expectedLaunchSeconds: bounded(expectedLaunchSeconds),
      }),
    )
    .min(1),
  reserve: z.strictObject({ jobs: bounded(reservedJobs), servers: bounded(reservedServers) }),
  pacingSeconds: bounded(pacingSeconds),
});
