import { dashboardBody } from "../../../components/observability/dashboard-body.js";

/** A resource that a program registered, as far as metrics go. */
export interface Observed {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** A metric that a widget or an alarm names. */
export interface NamedMetric {
  /** Who names it. */
  readonly by: string;
  readonly region: string;
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** Every metric that the dashboards and alarms of a program name. */
export function namedMetrics(resources: readonly Observed[]): readonly NamedMetric[] {
  return resources.flatMap((resource) => {
    switch (resource.type) {
      case "aws:cloudwatch/dashboard:Dashboard":
        return onDashboard(resource);
      case "aws:cloudwatch/metricAlarm:MetricAlarm":
        return inAlarm(resource);
      default:
        return [];
    }
  });
}

/** Alarms that dashboards and composites name, by the Region and the name that they must have. */
export function namedAlarms(resources: readonly Observed[]): readonly NamedAlarm[] {
  return resources.flatMap(({ type, name, inputs }) => {
    if (type === "aws:cloudwatch/compositeAlarm:CompositeAlarm") {
      const region = String(inputs.region);
      const rule = String(inputs.alarmRule);
      return [...rule.matchAll(/"([^"]+)"/g)].map(([, alarm = ""]) => alarmOf(name, region, alarm));
    }
    if (type !== "aws:cloudwatch/dashboard:Dashboard") return [];
    return bodyOf(inputs).widgets.flatMap((widget) =>
      widget.type === "alarm" ? widget.properties.alarms.map((arn) => alarmOf(name, "", arn)) : [],
    );
  });
}

/** An alarm that something names. */
export interface NamedAlarm {
  readonly by: string;
  readonly region: string;
  readonly alarm: string;
}

function alarmOf(by: string, ownRegion: string, alarm: string): NamedAlarm {
  const [, , , region = ownRegion, , , ...rest] = alarm.split(":");
  return rest.length > 0 ? { by, region, alarm: rest.join(":") } : { by, region: ownRegion, alarm };
}

function bodyOf(inputs: Observed["inputs"]) {
  return dashboardBody.parse(JSON.parse(String(inputs.dashboardBody)));
}

function onDashboard({ name, inputs }: Observed): readonly NamedMetric[] {
  return bodyOf(inputs).widgets.flatMap(({ type, properties }) => {
    if (type !== "metric") return [];
    return (properties.metrics ?? []).flatMap((drawn) => {
      const texts = drawn.flatMap((part: unknown) => (typeof part === "string" ? [part] : []));
      const [namespace, metric, ...pairs] = texts;
      if (namespace === undefined || metric === undefined) return [];
      const dimensions = dimensionsOf(pairs);
      return [{ by: name, region: properties.region, namespace, name: metric, dimensions }];
    });
  });
}

function dimensionsOf(pairs: readonly string[]): Readonly<Record<string, string>> {
  const names = pairs.filter((_, index) => index % 2 === 0);
  return Object.fromEntries(names.map((name, index) => [name, pairs[2 * index + 1] ?? ""]));
}

interface MetricInputs {
  readonly namespace?: string;
  readonly metricName?: string;
  readonly dimensions?: Readonly<Record<string, string>>;
}

function inAlarm({ name, inputs }: Observed): readonly NamedMetric[] {
  const queries = (inputs.metricQueries ?? [{ metric: inputs }]) as readonly {
    readonly metric?: MetricInputs;
  }[];
  return queries.flatMap(({ metric }) => {
    if (metric?.namespace === undefined || metric.metricName === undefined) return [];
    const { namespace, metricName, dimensions = {} } = metric;
    return [{ by: name, region: String(inputs.region), namespace, name: metricName, dimensions }];
  });
}
