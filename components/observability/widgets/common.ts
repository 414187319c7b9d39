import { z } from "zod";

export const region = z.string().regex(/^[a-z]{2,4}(-[a-z]+)+-\d$/);
export const accountId = z.string().regex(/^\d{12}$/);
export const alarmArn = z.string().regex(/^arn:[\w-]+:cloudwatch:[\w-]+:\d{12}:alarm:.+$/);
export const color = z.string().regex(/^#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?$/);
export const legend = z.strictObject({ position: z.enum(["right", "bottom", "hidden"]) });
