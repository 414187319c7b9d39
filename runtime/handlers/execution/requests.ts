import { z } from "zod";
import { documentName, executionId, lane } from "../requests.js";

const ofExecution = { executionId };
const ofLane = { executionId, lane };
const taskToken = z.string().min(1).max(2048);
const cause = z.string();

/** Every event that the execution function takes, by its `operation`. */
export const executionRequest = z.discriminatedUnion("operation", [
  z.strictObject({
    operation: z.literal("start"),
    plan: documentName,
    kind: z.enum(["drill", "recovery"]),
    /** Starting twice under one id starts one. */
    executionId: executionId.optional(),
    /** Whether a drill's instances are ended with it; a recovery's never are. */
    cleanUp: z.boolean().optional(),
    /** Launches servers again that already run as a real recovery, and so replaces them. */
    relaunchRecovered: z.boolean().default(false),
  }),
  z.strictObject({ operation: z.literal("prepare"), ...ofExecution }),
  z.strictObject({
    operation: z.literal("begin-lane"),
    ...ofLane,
    phase: z.enum(["recover", "clean-up"]),
    taskToken,
  }),
  z.strictObject({ operation: z.literal("advance"), ...ofLane }),
  z.strictObject({ operation: z.literal("hold-lane"), ...ofLane, taskToken }),
  z.strictObject({ operation: z.literal("hand-over"), ...ofLane, part: z.number().int().min(0) }),
  z.strictObject({ operation: z.literal("lane-lost"), ...ofLane, cause }),
  z.strictObject({ operation: z.literal("finish-recovery"), ...ofExecution }),
  z.strictObject({ operation: z.literal("finish"), ...ofExecution }),
  z.strictObject({ operation: z.literal("fail"), ...ofExecution, cause }),
  z.strictObject({
    operation: z.literal("status"),
    ...ofExecution,
    /** Without the list of servers, for executions of many thousand. */
    summary: z.boolean().default(false),
  }),
  z.strictObject({ operation: z.literal("pause"), ...ofExecution }),
  z.strictObject({ operation: z.literal("resume"), ...ofExecution }),
  z.strictObject({ operation: z.literal("cancel"), ...ofExecution }),
  z.strictObject({ operation: z.literal("terminate"), ...ofExecution }),
]);

export type ExecutionRequest = z.infer<typeof executionRequest>;

/** The event of one operation. */
export type RequestOf<Operation extends ExecutionRequest["operation"]> = Extract<
  ExecutionRequest,
  { readonly operation: Operation }
>;
