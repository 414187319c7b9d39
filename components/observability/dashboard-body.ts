import { z } from "zod";
import { alarmProperties } from "./widgets/alarm-properties.js";
import { logProperties } from "./widgets/log-properties.js";
import { metricProperties } from "./widgets/metric-properties.js";
import {
  customProperties,
  explorerProperties,
  textProperties,
} from "./widgets/other-properties.js";

/** Columns of a dashboard's grid. */
export const gridColumns = 24;

/** Metrics of one dashboard, hidden ones too. Source: CloudWatch service quotas, CloudWatch User Guide. */
const mostMetrics = 2_500;

const whole = z.number().int();
const place = {
  x: whole.min(0).max(gridColumns - 1),
  y: whole.min(0),
  width: whole.min(1).max(gridColumns),
  height: whole.min(1).max(1_000),
};

const widget = z
  .discriminatedUnion("type", [
    z.strictObject({ type: z.literal("metric"), ...place, properties: metricProperties }),
    z.strictObject({ type: z.literal("log"), ...place, properties: logProperties }),
    z.strictObject({ type: z.literal("alarm"), ...place, properties: alarmProperties }),
    z.strictObject({ type: z.literal("text"), ...place, properties: textProperties }),
    z.strictObject({ type: z.literal("explorer"), ...place, properties: explorerProperties }),
    z.strictObject({ type: z.literal("custom"), ...place, properties: customProperties }),
  ])
  .refine(({ x, width }) => x + width <= gridColumns, { error: "must end within the grid" });

/** What viewers may choose in the place of a value. */
const variable = z.strictObject({
  type: z.enum(["property", "pattern"]),
  id: z.string().min(1).max(32),
  property: z.string().optional(),
  pattern: z.string().optional(),
  inputType: z.enum(["input", "select", "radio"]),
  label: z.string().optional(),
  defaultValue: z.string().optional(),
  visible: z.boolean().optional(),
  search: z.string().optional(),
  populateFrom: z.string().optional(),
  values: z
    .array(z.strictObject({ value: z.string(), label: z.string().optional() }))
    .max(200)
    .optional(),
});

/** A time before now, or a moment. */
const time = z.string().regex(/^(-P|\d{4}-\d\d-\d\dT)/);

/**
 * What a dashboard may hold. Places are asked for, although CloudWatch finds some by itself; chart
 * widgets are not taken.
 *
 * Source: "Dashboard Body Structure and Syntax", Amazon CloudWatch API reference.
 */
export const dashboardBody = z
  .strictObject({
    start: time.optional(),
    end: time.optional(),
    periodOverride: z.enum(["auto", "inherit"]).optional(),
    variables: z.array(variable).max(25).optional(),
    widgets: z.array(widget).max(500),
  })
  .refine(({ start, end }) => end === undefined || start !== undefined, {
    error: "an end needs a start",
  })
  .refine((body) => metricsOf(body) <= mostMetrics, {
    error: `must hold at most ${mostMetrics} metrics and expressions in all widgets`,
  });

export type DashboardBody = z.infer<typeof dashboardBody>;
export type Widget = DashboardBody["widgets"][number];

function metricsOf({ widgets }: { readonly widgets: readonly z.infer<typeof widget>[] }): number {
  return widgets.reduce(
    (count, one) => count + (one.type === "metric" ? (one.properties.metrics?.length ?? 0) : 0),
    0,
  );
}
