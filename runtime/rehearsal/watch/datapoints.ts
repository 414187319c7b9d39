import { z } from "zod";
import { before, type Instant, instant } from "../../core/instant.js";

/** A metric by all that tells it from others. */
export interface MetricId {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** A metric's value of one moment. */
interface Datapoint {
  readonly at: Instant;
  readonly value: number;
}

/** Statistics that this CloudWatch knows. */
const statistics: Readonly<Record<string, (values: readonly number[]) => number>> = {
  Average: (values) => sum(values) / values.length,
  Maximum: (values) => Math.max(...values),
  Minimum: (values) => Math.min(...values),
  SampleCount: (values) => values.length,
  Sum: sum,
};

export function isStatistic(name: string): boolean {
  return Object.hasOwn(statistics, name);
}

/** What functions published, as CloudWatch keeps it. */
export interface Datapoints {
  /** Takes the lines of a function's log in the embedded metric format; others are passed over. */
  read(lines: readonly string[]): void;
  /** How many values there are. */
  count(): number;
  /** A statistic of the values from a moment to before another; nothing where there are none. */
  statistic(metric: MetricId, statistic: string, from: Instant, to: Instant): number | undefined;
}

const line = z.object({
  _aws: z.object({
    Timestamp: z.number(),
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string() })),
      }),
    ),
  }),
});

export function createDatapoints(): Datapoints {
  const kept = new Map<string, Datapoint[]>();
  let count = 0;

  function keep(metric: MetricId, point: Datapoint): void {
    const key = keyOf(metric);
    const points = kept.get(key) ?? [];
    points.push(point);
    kept.set(key, points);
    count += 1;
  }

  return {
    read(lines) {
      for (const { metric, point } of lines.flatMap(pointsIn)) keep(metric, point);
    },
    count: () => count,
    statistic(metric, statistic, from, to) {
      const points = kept.get(keyOf(metric)) ?? [];
      const values = points
        .filter(({ at }) => !before(at, from) && before(at, to))
        .map(({ value }) => value);
      return values.length === 0 ? undefined : statistics[statistic]?.(values);
    },
  };
}

function pointsIn(
  text: string,
): readonly { readonly metric: MetricId; readonly point: Datapoint }[] {
  const told = parsed(text);
  const directive = line.safeParse(told);
  if (!directive.success) return [];
  const members = told as Readonly<Record<string, unknown>>;
  const { Timestamp, CloudWatchMetrics } = directive.data._aws;
  return CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((names) =>
      Metrics.flatMap(({ Name }) => {
        const value = members[Name];
        const dimensions = Object.fromEntries(names.map((name) => [name, String(members[name])]));
        const metric = { namespace: Namespace, name: Name, dimensions };
        return typeof value === "number"
          ? [{ metric, point: { at: instant(Timestamp), value } }]
          : [];
      }),
    ),
  );
}

function parsed(text: string): unknown {
  if (!text.includes('"_aws"')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function keyOf({ namespace, name, dimensions }: MetricId): string {
  return JSON.stringify([namespace, name, Object.entries(dimensions).toSorted()]);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
