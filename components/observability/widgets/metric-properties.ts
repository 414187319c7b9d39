import { z } from "zod";
import { accountId, alarmArn, color, legend, region } from "./common.js";

/** A statistic, a percentile, or a trimmed one. Source: CloudWatch statistics definitions, CloudWatch User Guide. */
const stat = z
  .string()
  .regex(
    /^(SampleCount|Average|Sum|Minimum|Maximum|IQM|(p|tm|wm|tc|ts)\d{1,2}(\.\d+)?|p100|(TM|WM|TC|TS|PR)\(.+\))$/,
  );
const periodSeconds = z.number().int().min(60).multipleOf(60);

/** How a metric or an expression is drawn. */
const rendering = {
  id: z
    .string()
    .regex(/^[a-z]\w*$/)
    .max(255)
    .optional(),
  label: z.string().optional(),
  stat: stat.optional(),
  period: periodSeconds.optional(),
  region: region.optional(),
  accountId: accountId.optional(),
  color: color.optional(),
  yAxis: z.enum(["left", "right"]).optional(),
  visible: z.boolean().optional(),
};

/** Namespace, name, then pairs of dimensions, and how it is drawn at the end; `...` repeats those before. */
const metric = z
  .array(z.union([z.string(), z.strictObject(rendering)]))
  .min(1)
  .refine((parts) => parts.slice(0, -1).every((part) => typeof part === "string"), {
    error: "only the last part may be an object",
  })
  .refine((parts) => parts.includes("...") || hasPairs(parts), {
    error: "namespace and name must come first, and dimensions in pairs",
  });

const expression = z.tuple([z.strictObject({ expression: z.string().min(1), ...rendering })]);

const axis = z
  .strictObject({
    min: z.number().optional(),
    max: z.number().optional(),
    label: z.string().optional(),
    showUnits: z.boolean().optional(),
  })
  .refine(({ min, max }) => min === undefined || max === undefined || min < max, {
    error: "the least must be below the most",
  });

const mark = {
  label: z.string().optional(),
  color: color.optional(),
  visible: z.boolean().optional(),
};
const height = z.strictObject({
  value: z.number(),
  ...mark,
  fill: z.enum(["above", "below", "between"]).optional(),
  yAxis: z.enum(["left", "right"]).optional(),
});
const moment = z.strictObject({
  value: z.iso.datetime(),
  ...mark,
  fill: z.enum(["before", "after", "between"]).optional(),
});

const annotations = z.strictObject({
  alarms: z.array(alarmArn).max(1).optional(),
  horizontal: z.array(z.union([height, z.tuple([height, height])])).optional(),
  vertical: z.array(z.union([moment, z.tuple([moment, moment])])).optional(),
});

const table = z.strictObject({
  layout: z.enum(["horizontal", "vertical"]).optional(),
  showTimeSeriesData: z.boolean().optional(),
  stickySummary: z.boolean().optional(),
  summaryColumns: z.array(z.enum(["MIN", "MAX", "SUM", "AVG"])).optional(),
});

/** Properties of a metric widget. */
export const metricProperties = z
  .strictObject({
    title: z.string().optional(),
    view: z.enum(["timeSeries", "bar", "pie", "singleValue", "gauge", "table"]).optional(),
    stacked: z.boolean().optional(),
    region,
    accountId: accountId.optional(),
    stat: stat.optional(),
    period: periodSeconds.optional(),
    timezone: z
      .string()
      .regex(/^[+-]\d{4}$/)
      .optional(),
    liveData: z.boolean().optional(),
    legend: legend.optional(),
    setPeriodToTimeRange: z.boolean().optional(),
    singleValueFullPrecision: z.boolean().optional(),
    sparkline: z.boolean().optional(),
    trend: z.boolean().optional(),
    table: table.optional(),
    metrics: z
      .array(z.union([expression, metric]))
      .min(1)
      .max(500)
      .optional(),
    yAxis: z.strictObject({ left: axis.optional(), right: axis.optional() }).optional(),
    annotations: annotations.optional(),
  })
  .refine(
    ({ metrics, annotations: marks }) => metrics !== undefined || marks?.alarms?.length === 1,
    {
      error: "must hold metrics, or an alarm among its annotations",
    },
  )
  .refine(
    ({ view, yAxis }) =>
      view !== "gauge" || (yAxis?.left?.min !== undefined && yAxis.left.max !== undefined),
    { error: "a gauge needs the least and the most that it shows" },
  );

function hasPairs(parts: readonly unknown[]): boolean {
  const texts = parts.filter((part) => typeof part === "string").length;
  return texts >= 2 && texts % 2 === 0;
}
