import { z } from "zod";
import {
  accountId,
  flag,
  listOf,
  region,
  serverId,
  text,
  whole,
  wordings,
} from "../../environment/parts.js";
import { profileSchema } from "../faults/profile.js";
import {
  backlogBytes,
  fleetSchema,
  lagSeconds,
  replicationError,
  replicationState,
} from "./fleet-schema.js";

function oneOf<const T extends readonly [string, ...string[]]>(values: T, what: string) {
  const remedy = `Choose one of ${values.join(", ")}.`;
  return z.enum(values).register(wordings, { rule: what, remedy });
}

const longestMoveSeconds = 366 * 86_400;

/** Body of `POST /_dr/clock`: exactly one of the three. */
export const clockBody = z.strictObject({
  advanceSeconds: z
    .number()
    .min(0)
    .max(longestMoveSeconds)
    .register(wordings, {
      rule: `a number of seconds, 0 to ${longestMoveSeconds}`,
      remedy: "Choose one within these bounds.",
    })
    .optional(),
  to: z.iso
    .datetime({ offset: true })
    .register(wordings, {
      rule: "a moment with its offset from UTC",
      remedy: 'Write it as "2026-01-24T02:00:00Z".',
    })
    .optional(),
  toNextEvent: z
    .literal(true)
    .register(wordings, { rule: "true", remedy: "Write true, or leave it out." })
    .optional(),
});

const instanceId = text(
  /^i-[0-9a-fA-F]{8,17}$/,
  'the id of a recovery instance ("i-" and 8 to 17 hexadecimal digits)',
  "Copy the id from DescribeRecoveryInstances.",
);

/** Body of `POST /_dr/fleet`: lanes as in a fleet file, and how servers replicate from now on. */
export const fleetBody = z.strictObject({
  lanes: listOf(fleetSchema.shape.lanes.element, "lanes").default([]),
  replication: listOf(
    z.strictObject({
      server: serverId,
      state: replicationState.optional(),
      error: replicationError.optional(),
      lagSeconds: lagSeconds.optional(),
      backlogBytes: backlogBytes.optional(),
    }),
    "servers with their replication",
  ).default([]),
  trusts: listOf(
    z.strictObject({ staging: accountId, target: accountId, isTrusted: flag() }),
    "staging accounts that trust a target account, or do not any more",
  ).default([]),
  failbackClients: listOf(
    z.strictObject({ account: accountId, region, instance: instanceId }),
    "instances that a failback client pairs with",
  ).default([]),
});

const times = whole({
  unit: "times",
  min: 1,
  max: 1_000_000,
  default: 1,
  why: "a million is for ever",
}).default(1);

const profile = profileSchema.shape;

/** Body of `POST /_dr/faults`: faults as a profile has them, or a whole profile; and launches that fail. */
export const faultsBody = z.strictObject({
  schemaVersion: profile.schemaVersion.optional(),
  name: profile.name.optional(),
  faults: profile.faults.default([]),
  launches: listOf(
    z.strictObject({
      server: serverId,
      phase: oneOf(["snapshot", "conversion", "launch", "action"], "a phase of a launch"),
      times,
    }),
    "launches that fail",
  ).default([]),
});

/** Body of `POST /_dr/strangers`: what somebody else does in a lane. */
export const strangersBody = z.strictObject({
  account: accountId,
  region,
  kind: oneOf(["drill", "recovery", "terminate"], "what a stranger can start"),
  servers: listOf(serverId, "server ids").min(1).optional(),
  instances: listOf(instanceId, "instance ids").min(1).optional(),
});

/** Query of the logs. */
export const logQuery = z.strictObject({
  after: whole({
    unit: "entries",
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    default: 0,
    why: "entries are numbered from 1",
  }).default(0),
  limit: whole({ unit: "entries", min: 1, max: 10_000, default: 1_000, why: "one page" }).default(
    1_000,
  ),
});

export type FaultsBody = z.infer<typeof faultsBody>;
export type ClockBody = z.infer<typeof clockBody>;
export type FleetBody = z.infer<typeof fleetBody>;
export type StrangersBody = z.infer<typeof strangersBody>;
