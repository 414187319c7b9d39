import { z } from "zod";
import { DrError } from "../core/errors.js";
import type { LaneKey } from "../core/lane.js";

export const executionId = z.string().regex(/^[a-zA-Z0-9-]{1,36}$/);
export const documentName = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
export const lane = z
  .string()
  .regex(/^\d{12}\/[a-z]{2}(-[a-z]+)+-\d$/)
  .transform((text) => text as LaneKey);

/** Reads an event, or refuses it with everything that is wrong with it. Nothing has been done then. */
export function parseRequest<T>(schema: z.ZodType<T>, event: unknown): T {
  const parsed = schema.safeParse(event);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path, message }) => `${path.join(".") || "event"}: ${message}`,
  );
  throw new DrError(
    "invalid-request",
    `The request was refused; nothing was done. ${problems.join("; ")}.`,
  );
}
