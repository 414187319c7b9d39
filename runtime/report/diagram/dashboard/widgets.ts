import { counted, thousands } from "../../wording.js";
import { Fields } from "../fields.js";
import type { Glyph, Rectangle } from "../scene.js";

/** A widget as a reader needs it: where it stands in the grid, and what it shows. */
export interface Widget {
  /** Columns and rows of the grid. */
  readonly place: Rectangle;
  readonly title: string;
  readonly glyph: Glyph;
  readonly facts: readonly string[];
}

/** The widgets of a dashboard's body, in its order. */
export function widgetsOf(body: string): readonly Widget[] {
  return new Fields(JSON.parse(body)).records("widgets").map((widget) => {
    const [x = 0, y = 0, width = 6, height = 6] = ["x", "y", "width", "height"].map((name) =>
      widget.number(name),
    );
    return { place: { x, y, width, height }, ...contentOf(widget) };
  });
}

function contentOf(widget: Fields): Omit<Widget, "place"> {
  const type = widget.text("type") ?? "widget";
  const properties = widget.inner("properties");
  const title = properties.text("title");
  switch (type) {
    case "metric": {
      const view = properties.text("view") ?? "timeSeries";
      const facts = [...metricFacts(properties), ...markFacts(properties)];
      return { title: title ?? "metrics", glyph: glyphs[view] ?? "lines", facts };
    }
    case "log":
      return { title: title ?? "log", glyph: "table", facts: logFacts(properties) };
    case "alarm": {
      const names = properties.texts("alarms").map((arn) => arn.split(":").slice(6).join(":"));
      return { title: title ?? "alarms", glyph: "alarm", facts: names };
    }
    case "text": {
      const [first = "", ...others] = (properties.text("markdown") ?? "").split("\n");
      const facts = others.filter((line) => line.trim() !== "");
      return { title: first.replace(/^#+ */, "") || "text", glyph: "text", facts };
    }
    default:
      return { title: title ?? type, glyph: "text", facts: [type] };
  }
}

const glyphs: Readonly<Record<string, Glyph>> = {
  timeSeries: "lines",
  bar: "bars",
  gauge: "gauge",
  singleValue: "number",
  table: "table",
  pie: "gauge",
};

/** Metrics that are drawn, and those that only reckonings read. */
function metricFacts(properties: Fields): readonly string[] {
  const metrics = metricsOf(properties);
  const shown = metrics.filter(({ isHidden }) => !isHidden);
  const reckoned = shown.filter(({ expression }) => expression !== undefined);
  const read = metrics.filter(({ isHidden, name }) => isHidden && name !== undefined);
  return [
    ...counts(shown),
    ...(reckoned.length === 0 ? [] : [`${counted(reckoned.length, "line")} reckoned from`]),
    ...counts(read),
  ];
}

interface Metric {
  readonly name?: string;
  readonly expression?: string;
  readonly isHidden: boolean;
}

/** The metrics of a widget. `.` repeats what stands there in the metric before, `...` all of it. */
function metricsOf(properties: Fields): readonly Metric[] {
  let before: readonly unknown[] = [];
  return properties.lists("metrics").map((parts) => {
    const rendering = new Fields(parts.at(-1));
    const expression = rendering.text("expression");
    const isHidden = rendering.isFalse("visible");
    if (expression !== undefined) return { expression, isHidden };
    if (parts[0] !== "...") {
      before = [0, 1].map((index) => (parts[index] === "." ? before[index] : parts[index]));
    }
    return { name: before.join(" "), isHidden };
  });
}

/** Each name once, with how often it is there; the number stays with the name. */
function counts(metrics: readonly Metric[]): readonly string[] {
  const found = new Map<string, number>();
  for (const { name } of metrics) {
    if (name !== undefined) found.set(name, (found.get(name) ?? 0) + 1);
  }
  return [...found].map(([name, count]) =>
    count === 1 ? name : `${name}\u00a0×\u00a0${thousands(count)}`,
  );
}

function markFacts(properties: Fields): readonly string[] {
  const marks = properties.inner("annotations").records("horizontal");
  const words = marks.map((mark) =>
    [mark.text("label"), thousands(mark.number("value") ?? 0)].filter(Boolean).join(" "),
  );
  return words.length === 0 ? [] : [`marks: ${words.join(", ")}`];
}

function logFacts(properties: Fields): readonly string[] {
  const [groups, steps] = partitioned((properties.text("query") ?? "").split(" | "));
  return [`query over ${counted(groups.length, "log group")}`, ...steps];
}

function partitioned(steps: readonly string[]): readonly [readonly string[], readonly string[]] {
  const isSource = (step: string) => step.startsWith("SOURCE ");
  return [steps.filter(isSource), steps.filter((step) => !isSource(step))];
}
