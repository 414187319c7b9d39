import { z } from "zod";
import { legend, region } from "./common.js";

/** Properties of a text widget. */
export const textProperties = z.strictObject({
  markdown: z.string().min(1),
  background: z.enum(["solid", "transparent"]).optional(),
});

/** Properties of a widget that a function of one's own draws. */
export const customProperties = z.strictObject({
  title: z.string().optional(),
  endpoint: z.string().startsWith("arn:"),
  params: z.record(z.string(), z.unknown()).optional(),
  updateOn: z
    .strictObject({
      refresh: z.boolean().optional(),
      resize: z.boolean().optional(),
      timeRange: z.boolean().optional(),
    })
    .optional(),
});

const aggregation = z.enum(["AVG", "MAX", "MIN", "SUM"]);

/** Properties of a metrics explorer widget, which finds resources by their tags. */
export const explorerProperties = z.strictObject({
  title: z.string().optional(),
  region: region.optional(),
  metrics: z
    .array(
      z.strictObject({
        metricName: z.string().min(1),
        resourceType: z.string().startsWith("AWS::"),
        stat: z.string().min(1),
      }),
    )
    .min(1)
    .max(100),
  labels: z.array(z.strictObject({ key: z.string().min(1), value: z.string().optional() })).min(1),
  aggregateBy: z.strictObject({ key: z.string(), func: aggregation }).optional(),
  splitBy: z.string().optional(),
  period: z.number().int().min(60).multipleOf(60).optional(),
  widgetOptions: z
    .strictObject({
      legend: legend.optional(),
      view: z.enum(["timeSeries", "bar", "pie", "singleValue", "table"]).optional(),
      stacked: z.boolean().optional(),
      rowsPerPage: z.number().int().min(1).optional(),
      widgetsPerRow: z.number().int().min(1).optional(),
    })
    .optional(),
});
