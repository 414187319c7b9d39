import { z } from "zod";
import {
  accountId,
  atLeastOne,
  listOf,
  name,
  region,
  text,
  whole,
  wordings,
} from "../../environment/parts.js";
import { faultBounds } from "./bounds.js";

function oneOf<const T extends readonly [string, ...string[]]>(values: T) {
  const known = `${values.slice(0, -1).join(", ")} or ${values.at(-1)}`;
  return z.enum(values).register(wordings, { rule: known, remedy: "Choose one of them." });
}

const operation = text(
  /^[A-Z][A-Za-z]+$/,
  "the name of an operation",
  "Write it as AWS does: StartRecovery, PutItem.",
);

const percent = z.number().gt(0).max(100).register(wordings, {
  rule: "a number above 0, up to 100 percent",
  remedy: "Leave it out where all are meant.",
});

const ordinals = atLeastOne(whole(faultBounds.ordinal), "ordinal");

/** When a fault may happen, counted from the start of the execution. Always, where nothing is said. */
const window = {
  fromSeconds: whole(faultBounds.seconds).optional(),
  forSeconds: whole(faultBounds.seconds).optional(),
};

/** Which of those that match meet the fault: the n-th ones, a share by seed, at most so many. */
const which = {
  nth: ordinals.optional(),
  percent: percent.optional(),
  atMost: whole(faultBounds.times).optional(),
  ...window,
};

/** Signing names of the services that are emulated: behind a rehearsal, or behind `aws-dr emulate`. */
const services = [
  "drs",
  "dynamodb",
  "ec2",
  "servicequotas",
  "sns",
  "ssm",
  "states",
  "sts",
] as const;

const lane = { account: accountId.optional(), region: region.optional() };

const calls = z
  .strictObject({
    service: oneOf(services).optional(),
    operation: operation.optional(),
    ...lane,
  })
  .register(wordings, {
    rule: "a mapping with any of the keys service, operation, account and region",
    remedy: "Leave out what does not matter; {} is every call.",
  });

/** Calls of the functions. */
const ofCalls = { calls: calls.default({}), ...which };

/** Events that Step Functions gives to the functions. */
const ofEvents = {
  operation: oneOf([
    "prepare",
    "begin-lane",
    "advance",
    "hold-lane",
    "hand-over",
    "lane-lost",
    "finish-recovery",
    "finish",
    "fail",
  ]).optional(),
  ...which,
};

const when = oneOf(["before", "after"]);

const faultSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("throttling"),
    ...ofCalls,
    retryAfterSeconds: whole(faultBounds.retryAfterSeconds).optional(),
  }),
  z.strictObject({ kind: z.literal("internal-error"), ...ofCalls, when: when.default("before") }),
  z.strictObject({ kind: z.literal("lost-reply"), ...ofCalls }),
  z.strictObject({ kind: z.literal("lost-call"), ...ofCalls }),
  z.strictObject({
    kind: z.literal("late-call"),
    ...ofCalls,
    afterSeconds: whole(faultBounds.lateSeconds),
  }),
  z.strictObject({ kind: z.literal("death"), ...ofCalls, when }),
  z.strictObject({ kind: z.literal("time-out"), ...ofCalls, when }),
  z.strictObject({ kind: z.literal("expired-token"), ...ofCalls }),
  z.strictObject({
    kind: z.literal("refused-credentials"),
    account: accountId.optional(),
    ...which,
  }),
  z.strictObject({
    kind: z.literal("stale-read"),
    ...ofCalls,
    seconds: whole(faultBounds.staleSeconds),
  }),
  z.strictObject({
    kind: z.literal("hidden-job"),
    ...ofCalls,
    seconds: whole(faultBounds.staleSeconds),
  }),
  z.strictObject({
    kind: z.literal("dark-lane"),
    ...lane,
    ...window,
    how: oneOf(["hangs", "refuses"]).default("hangs"),
  }),
  z.strictObject({
    kind: z.literal("clock-skew"),
    ...lane,
    ...window,
    seconds: whole(faultBounds.skewSeconds),
  }),
  z.strictObject({ kind: z.literal("lost-event"), ...ofEvents, when }),
  z.strictObject({
    kind: z.literal("duplicate-event"),
    ...ofEvents,
    afterSeconds: whole(faultBounds.lateSeconds).default(0),
  }),
  z.strictObject({
    kind: z.literal("late-event"),
    ...ofEvents,
    afterSeconds: whole(faultBounds.lateSeconds),
  }),
  z.strictObject({
    kind: z.literal("stranger"),
    atSeconds: whole(faultBounds.seconds),
    does: oneOf(["drill", "recovery", "terminate"]),
    servers: whole(faultBounds.strangerServers),
  }),
  z.strictObject({
    kind: z.literal("restarted-machine"),
    atSeconds: whole(faultBounds.seconds),
    machine: oneOf(["plan", "lane"]),
    how: oneOf(["same-name", "new-name", "stopped-first", "stopped"]),
  }),
]);

/** The form of a fault profile. */
export const profileSchema = z.strictObject({
  schemaVersion: z.literal(1).register(wordings, { rule: "1", remedy: "Write 1." }),
  name,
  faults: listOf(faultSchema, "faults"),
});

/** What goes wrong in a rehearsal, and where. */
export type FaultProfile = z.infer<typeof profileSchema>;

export type Fault = FaultProfile["faults"][number];

/** A fault as a profile writes it: what has a default may be left out. */
export type WrittenFault = z.input<typeof faultSchema>;

export type FaultKind = Fault["kind"];

/** A fault of one or more kinds. */
export type FaultOf<Kind extends FaultKind> = Extract<Fault, { readonly kind: Kind }>;

/** A profile of these faults. Throws what its form forbids. */
export function faultProfile(named: string, faults: readonly WrittenFault[]): FaultProfile {
  return profileSchema.parse({ schemaVersion: 1, name: named, faults });
}
