import { chunked } from "../../../runtime/core/chunked.js";
import { gridColumns, type Widget } from "../dashboard-body.js";
import { mostAlarmsOfWidget } from "./alarm-properties.js";

type MetricProperties = Extract<Widget, { type: "metric" }>["properties"];

/** What a metric widget draws: namespace, name, dimensions, and how it is drawn. */
export type DrawnMetric = NonNullable<MetricProperties["metrics"]>[number];

/** A widget that has no place yet. */
export type WidgetContent = Widget extends infer One
  ? One extends Widget
    ? Omit<One, "x" | "y" | "width" | "height">
    : never
  : never;

/** Where and how often a widget reads. */
export interface Reading {
  readonly region: string;
  readonly stat: "Average" | "Maximum" | "Minimum" | "Sum";
  readonly periodSeconds: number;
}

/** Lines over time, from zero upwards. Values that matter are drawn across. */
export function lines(
  title: string,
  { region, stat, periodSeconds }: Reading,
  metrics: readonly DrawnMetric[],
  marks: readonly { readonly value: number; readonly label: string }[] = [],
): WidgetContent {
  return {
    type: "metric",
    properties: {
      title,
      view: "timeSeries",
      region,
      stat,
      period: periodSeconds,
      metrics: [...metrics],
      yAxis: { left: { min: 0 } },
      ...(marks.length > 0 && { annotations: { horizontal: [...marks] } }),
    },
  };
}

/** A metric as widgets take it, drawn under a label. */
export function metricOf(
  namespace: string,
  name: string,
  dimensions: Readonly<Record<string, string>>,
  drawn?: { readonly label?: string; readonly id?: string; readonly visible?: boolean },
): DrawnMetric {
  return [namespace, name, ...Object.entries(dimensions).flat(), ...(drawn ? [drawn] : [])];
}

/** The states of alarms, those that stand first; in as many widgets as it takes to hold them. */
export function alarmStates(title: string, alarms: readonly string[]): readonly WidgetContent[] {
  return chunked(alarms, mostAlarmsOfWidget).map((some) => ({
    type: "alarm",
    properties: { title, alarms: [...some], sortBy: "stateUpdatedTimestamp" },
  }));
}

/** Gives widgets their places: rows below each other, the widgets of a row side by side in equal widths. */
export function inRows(
  rows: readonly (readonly WidgetContent[])[],
  { height, top = 0 }: { readonly height: number; readonly top?: number },
): Widget[] {
  return rows
    .filter((row) => row.length > 0)
    .flatMap((row, rowIndex) => {
      const width = Math.floor(gridColumns / row.length);
      return row.map((content, index): Widget => {
        const place = { x: index * width, y: top + rowIndex * height, width, height };
        return { ...content, ...place };
      });
    });
}
