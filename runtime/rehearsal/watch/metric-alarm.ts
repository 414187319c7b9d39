import { z } from "zod";
import { before, type Instant, plusSeconds } from "../../core/instant.js";
import { type AlarmState, type AlarmTerms, rangeOf, stateOf } from "./alarm-state.js";
import { type Datapoints, isStatistic, type MetricId } from "./datapoints.js";
import { readExpression } from "./metric-math.js";

/** An alarm that is evaluated at the end of each of its periods. */
export interface ReadAlarm {
  readonly name: string;
  readonly periodSeconds: number;
  /** Namespaces of the metrics that it looks at. */
  readonly namespaces: readonly string[];
  /** Its state at the end of a period; what lies before `since` is not known. */
  evaluate(at: Instant, current: AlarmState, since: Instant, from: Datapoints): AlarmState;
}

const comparisons = {
  GreaterThanOrEqualToThreshold: (value: number, threshold: number) => value >= threshold,
  GreaterThanThreshold: (value: number, threshold: number) => value > threshold,
  LessThanOrEqualToThreshold: (value: number, threshold: number) => value <= threshold,
  LessThanThreshold: (value: number, threshold: number) => value < threshold,
} as const;

const statistic = z
  .string()
  .refine(isStatistic, "must be Average, Maximum, Minimum, SampleCount or Sum");
const period = z.number().int().min(60).multipleOf(60);
const dimensions = z.record(z.string(), z.string()).default({});

const metric = z.strictObject({
  namespace: z.string(),
  metricName: z.string(),
  dimensions,
  stat: statistic,
  period,
});

const query = z.strictObject({
  id: z.string(),
  label: z.string().optional(),
  expression: z.string().optional(),
  returnData: z.boolean().default(false),
  metric: metric.optional(),
});

/** What an alarm may say here. What it does when it stands, and what it is called, decides nothing. */
const alarm = z.strictObject({
  region: z.string().optional(),
  name: z.string(),
  alarmDescription: z.string().optional(),
  alarmActions: z.unknown().optional(),
  okActions: z.unknown().optional(),
  insufficientDataActions: z.unknown().optional(),
  actionsEnabled: z.unknown().optional(),
  tags: z.unknown().optional(),
  tagsAll: z.unknown().optional(),
  comparisonOperator: z.literal(Object.keys(comparisons) as (keyof typeof comparisons)[]),
  threshold: z.number(),
  evaluationPeriods: z.number().int().min(1),
  datapointsToAlarm: z.number().int().min(1).optional(),
  treatMissingData: z
    .literal(["missing", "ignore", "breaching", "notBreaching"])
    .default("missing"),
  namespace: z.string().optional(),
  metricName: z.string().optional(),
  dimensions,
  statistic: statistic.optional(),
  period: period.optional(),
  metricQueries: z.array(query).optional(),
});

type Alarm = z.infer<typeof alarm>;
type Query = z.infer<typeof query>;

/**
 * Reads an alarm as it would be deployed.
 *
 * @throws where it says anything that is not evaluated here
 */
export function readAlarm(inputs: Readonly<Record<string, unknown>>): ReadAlarm {
  const parsed = alarm.safeParse(inputs);
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  const read = parsed.data;
  const measured = read.metricQueries ? ofQueries(read.metricQueries) : ofMetric(read);
  const terms: AlarmTerms = {
    evaluationPeriods: read.evaluationPeriods,
    datapointsToAlarm: read.datapointsToAlarm ?? read.evaluationPeriods,
    treatMissingData: read.treatMissingData,
  };
  const breaches = comparisons[read.comparisonOperator];
  const { periodSeconds } = measured;
  return {
    name: read.name,
    periodSeconds,
    namespaces: measured.namespaces,
    evaluate(at, current, since, from) {
      const range = Array.from({ length: rangeOf(terms) }, (_, index) => {
        const end = plusSeconds(at, -index * periodSeconds);
        const value = measured.valueOf(plusSeconds(end, -periodSeconds), end, from);
        return value === undefined ? undefined : breaches(value, read.threshold);
      }).reverse();
      const reachesBack = before(plusSeconds(at, -range.length * periodSeconds), since);
      if (reachesBack && range.every((one) => one === undefined)) return current;
      return stateOf(range, terms, current);
    },
  };
}

/** What an alarm compares with its threshold. */
interface Measured {
  readonly periodSeconds: number;
  readonly namespaces: readonly string[];
  valueOf(from: Instant, to: Instant, data: Datapoints): number | undefined;
}

function ofMetric({
  namespace,
  metricName,
  dimensions: of,
  statistic: stat,
  period: seconds,
}: Alarm): Measured {
  if (namespace === undefined || metricName === undefined || stat === undefined || !seconds) {
    throw new Error("an alarm must name its metric, statistic and period, or queries");
  }
  const id: MetricId = { namespace, name: metricName, dimensions: of };
  return {
    periodSeconds: seconds,
    namespaces: [namespace],
    valueOf: (from, to, data) => data.statistic(id, stat, from, to),
  };
}

function ofQueries(queries: readonly Query[]): Measured {
  const metrics = new Map(queries.flatMap(({ id, metric: of }) => (of ? [[id, of] as const] : [])));
  const periods = [...new Set([...metrics.values()].map((of) => of.period))];
  const [returned, ...others] = queries.filter(({ returnData }) => returnData);
  const [periodSeconds, ...differing] = periods;
  if (returned === undefined || others.length > 0) throw new Error("one query must return data");
  if (periodSeconds === undefined || differing.length > 0) {
    throw new Error("all metrics of an alarm must have one period");
  }
  const expressions = new Map(
    queries.flatMap(({ id, expression }) =>
      expression === undefined ? [] : [[id, readExpression(expression)] as const],
    ),
  );
  return {
    periodSeconds,
    namespaces: [...metrics.values()].map(({ namespace }) => namespace),
    valueOf(from, to, data) {
      const value = (id: string): number | undefined => {
        const of = metrics.get(id);
        if (of === undefined) return expressions.get(id)?.(value);
        const { namespace, metricName, dimensions: under, stat } = of;
        return data.statistic({ namespace, name: metricName, dimensions: under }, stat, from, to);
      };
      return value(returned.id);
    },
  };
}
