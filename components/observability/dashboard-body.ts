import { z } from "zod";

/** Columns of a dashboard's grid. */
const gridColumns = 24;

const whole = z.number().int();
const place = {
  x: whole.min(0).max(gridColumns - 1),
  y: whole.min(0),
  width: whole.min(1).max(gridColumns),
  height: whole.min(1).max(1_000),
};

const region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/);

/** How a metric or an expression is drawn. */
const rendering = {
  id: z
    .string()
    .regex(/^[a-z]\w*$/)
    .optional(),
  label: z.string().optional(),
  stat: z.enum(["Average", "Maximum", "Minimum", "SampleCount", "Sum"]).optional(),
  period: whole.min(60).multipleOf(60).optional(),
  region: region.optional(),
  accountId: z
    .string()
    .regex(/^\d{12}$/)
    .optional(),
  visible: z.boolean().optional(),
};

/** Namespace, name, then pairs of dimensions, and how it is drawn at the end. */
const metric = z
  .array(z.union([z.string(), z.strictObject(rendering)]))
  .min(2)
  .refine((parts) => parts.slice(0, -1).every((part) => typeof part === "string"), {
    error: "only the last part may be an object",
  })
  .refine((parts) => parts.filter((part) => typeof part === "string").length % 2 === 0, {
    error: "dimensions must come in pairs",
  });

const expression = z.tuple([z.strictObject({ expression: z.string().min(1), ...rendering })]);

const axis = z.strictObject({
  min: z.number().optional(),
  max: z.number().optional(),
  label: z.string().optional(),
  showUnits: z.boolean().optional(),
});

const annotation = z.strictObject({
  value: z.number(),
  label: z.string().optional(),
  fill: z.enum(["above", "below"]).optional(),
  color: z
    .string()
    .regex(/^#[0-9a-f]{6}$/)
    .optional(),
});

const metricProperties = z
  .strictObject({
    title: z.string().optional(),
    view: z.enum(["timeSeries", "bar", "pie", "singleValue", "gauge", "table"]),
    stacked: z.boolean().optional(),
    region,
    stat: rendering.stat,
    period: rendering.period,
    metrics: z
      .array(z.union([expression, metric]))
      .min(1)
      .max(500),
    yAxis: z.strictObject({ left: axis.optional(), right: axis.optional() }).optional(),
    annotations: z.strictObject({ horizontal: z.array(annotation) }).optional(),
  })
  .refine(
    ({ view, yAxis }) =>
      view !== "gauge" || (yAxis?.left?.min !== undefined && yAxis.left.max !== undefined),
    { error: "a gauge needs the least and the most that it shows" },
  );

const logProperties = z.strictObject({
  title: z.string().optional(),
  view: z.enum(["table", "timeSeries", "bar", "pie"]),
  region,
  query: z.string().regex(/^SOURCE '[^']+'( \| SOURCE '[^']+')* \| /),
});

const widget = z
  .discriminatedUnion("type", [
    z.strictObject({ type: z.literal("metric"), ...place, properties: metricProperties }),
    z.strictObject({ type: z.literal("log"), ...place, properties: logProperties }),
    z.strictObject({
      type: z.literal("alarm"),
      ...place,
      properties: z.strictObject({
        title: z.string().optional(),
        alarms: z.array(z.string().startsWith("arn:")).min(1).max(100),
      }),
    }),
    z.strictObject({
      type: z.literal("text"),
      ...place,
      properties: z.strictObject({ markdown: z.string().min(1) }),
    }),
  ])
  .refine(({ x, width }) => x + width <= gridColumns, { error: "must end within the grid" });

/**
 * What a dashboard may hold, as far as this package uses it.
 *
 * Source: "Dashboard Body Structure and Syntax", Amazon CloudWatch API reference.
 */
export const dashboardBody = z.strictObject({
  start: z.string().regex(/^-P/).optional(),
  periodOverride: z.enum(["auto", "inherit"]).optional(),
  widgets: z.array(widget).max(500),
});

export type DashboardBody = z.infer<typeof dashboardBody>;
export type Widget = DashboardBody["widgets"][number];

/** A dashboard's body as CloudWatch takes it; fails where it is none. */
export function bodyText(body: DashboardBody): string {
  return JSON.stringify(dashboardBody.parse(body));
}
