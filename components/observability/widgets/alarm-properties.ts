import { z } from "zod";
import { alarmArn } from "./common.js";

/** Source: "Dashboard Body Structure and Syntax", Amazon CloudWatch API reference. */
export const mostAlarmsOfWidget = 100;

/** Properties of an alarm widget: the alarms, and those of them that are shown. */
export const alarmProperties = z.strictObject({
  title: z.string().optional(),
  alarms: z.array(alarmArn).min(1).max(mostAlarmsOfWidget),
  sortBy: z.enum(["default", "stateUpdatedTimestamp", "timestamp"]).optional(),
  states: z.array(z.enum(["ALARM", "INSUFFICIENT_DATA", "OK"])).optional(),
});
