import { z } from "zod";
import { alarmArn } from "./common.js";

/** Properties of an alarm widget: the alarms, and those of them that are shown. */
export const alarmProperties = z.strictObject({
  title: z.string().optional(),
  alarms: z.array(alarmArn).min(1).max(100),
  sortBy: z.enum(["default", "stateUpdatedTimestamp", "timestamp"]).optional(),
  states: z.array(z.enum(["ALARM", "INSUFFICIENT_DATA", "OK"])).optional(),
});
