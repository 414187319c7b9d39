import { z } from "zod";
import type { Json } from "./json.js";

/** A definition that {@link readDefinition} took: nothing in it is beyond this interpreter. */
export interface Definition extends Block {
  readonly Comment?: string | undefined;
  readonly QueryLanguage: "JSONata";
}

/** States that lead from one to another: a machine, or what a Map does with an item. */
export interface Block {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

export type State =
  | TaskState
  | MapState
  | z.infer<typeof choiceState>
  | z.infer<typeof waitState>
  | z.infer<typeof passState>
  | z.infer<typeof succeedState>
  | z.infer<typeof failState>;

export type TaskState = z.infer<typeof taskState>;
export type ChoiceState = z.infer<typeof choiceState>;
export type FailState = z.infer<typeof failState>;
export type WaitState = z.infer<typeof waitState>;
export type Retrier = z.infer<typeof retrier>;
export type Catcher = z.infer<typeof catcher>;

export interface MapState extends z.infer<typeof mapFields> {
  readonly ItemProcessor: ItemProcessor;
}

export interface ItemProcessor extends Block {
  readonly ProcessorConfig: z.infer<typeof processorConfig>;
}

/** Longest wait that a number of seconds can ask for. */
export const maxWaitSeconds = 99_999_999;

/** A moment as definitions write it (RFC 3339 with a `T`); nothing when a value is none. */
export function momentIn(value: Json): number | undefined {
  const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;
  if (typeof value !== "string" || !rfc3339.test(value)) return undefined;
  const moment = Date.parse(value);
  return Number.isFinite(moment) ? moment : undefined;
}

const text = z.string().min(1);
const seconds = z.int().min(1).max(99_999_999);
const template: z.ZodType<Json> = z.json();
const assignments = z.record(text, template);

const retrier = z.strictObject({
  ErrorEquals: z.array(text).min(1),
  IntervalSeconds: seconds.default(1),
  BackoffRate: z.number().min(1).default(2),
  MaxAttempts: z.int().min(0).max(99_999_999).default(3),
  MaxDelaySeconds: z.int().min(1).max(31_622_400).optional(),
  JitterStrategy: z.enum(["FULL", "NONE"]).default("NONE"),
});

const catcher = z.strictObject({
  ErrorEquals: z.array(text).min(1),
  Next: text,
  Assign: assignments.optional(),
  Output: template.optional(),
});

const comment = { Comment: z.string().optional() };
const leads = { Next: text.optional(), End: z.literal(true).optional() };
const leaves = { Assign: assignments.optional(), Output: template.optional() };
const recovers = {
  Retry: z.array(retrier).default([]),
  Catch: z.array(catcher).default([]),
};

const resources = ["aws", "aws-us-gov", "aws-cn", "aws-eusc"].flatMap((partition) => [
  `arn:${partition}:states:::lambda:invoke`,
  `arn:${partition}:states:::lambda:invoke.waitForTaskToken`,
]);

const taskState = z.strictObject({
  Type: z.literal("Task"),
  Resource: z.enum(resources),
  Arguments: z.strictObject({ FunctionName: text, Payload: template }),
  TimeoutSeconds: seconds,
  HeartbeatSeconds: seconds.optional(),
  ...comment,
  ...leads,
  ...leaves,
  ...recovers,
});

const mapFields = z.strictObject({
  Type: z.literal("Map"),
  Items: z.union([text, z.array(template)]),
  ItemSelector: template.optional(),
  MaxConcurrency: z.int().min(0).default(0),
  ToleratedFailurePercentage: z.number().min(0).max(100).optional(),
  ...comment,
  ...leads,
  ...leaves,
  ...recovers,
});

const processorConfig = z.discriminatedUnion("Mode", [
  z.strictObject({ Mode: z.literal("INLINE") }),
  z.strictObject({ Mode: z.literal("DISTRIBUTED"), ExecutionType: z.literal("STANDARD") }),
]);

const choiceState = z.strictObject({
  Type: z.literal("Choice"),
  Choices: z.array(z.strictObject({ Condition: text, Next: text, ...leaves, ...comment })).min(1),
  Default: text.optional(),
  ...comment,
  ...leaves,
});

const waitState = z.strictObject({
  Type: z.literal("Wait"),
  Seconds: z.union([z.int().min(0).max(maxWaitSeconds), text]).optional(),
  Timestamp: text.optional(),
  ...comment,
  ...leads,
  ...leaves,
});

const passState = z.strictObject({ Type: z.literal("Pass"), ...comment, ...leads, ...leaves });

const succeedState = z.strictObject({
  Type: z.literal("Succeed"),
  Output: template.optional(),
  ...comment,
});

const failState = z.strictObject({
  Type: z.literal("Fail"),
  Error: text,
  Cause: text.optional(),
  ...comment,
});

const mapState = mapFields.extend({
  get ItemProcessor() {
    return z.strictObject({
      ProcessorConfig: processorConfig,
      StartAt: text,
      States: z.record(text, state),
    }) as z.ZodType<ItemProcessor>;
  },
});

const state: z.ZodType<State> = z.discriminatedUnion("Type", [
  taskState,
  mapState,
  choiceState,
  waitState,
  passState,
  succeedState,
  failState,
]);

/** The shape of every definition that this interpreter runs. Anything else in one is refused. */
export const definitionShape: z.ZodType<Definition> = z.strictObject({
  ...comment,
  QueryLanguage: z.literal("JSONata"),
  StartAt: text,
  States: z.record(text, state),
});
