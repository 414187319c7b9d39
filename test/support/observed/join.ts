import { documentedDimensions } from "./documented-metrics.js";
import { type NamedMetric, namedAlarms, namedMetrics, type Observed } from "./named-metrics.js";
import { unpublished } from "./publishers.js";

/**
 * What is wrong with the metrics and alarms that the dashboards and alarms of a program name: a metric
 * that AWS does not know, dimensions that it is not published under, a value that nothing registered
 * has, an alarm that is not there.
 */
export function observationProblems(resources: readonly Observed[]): readonly string[] {
  const metrics = namedMetrics(resources).flatMap((metric) =>
    metricProblems(metric, resources).map(
      (problem) => `${metric.by}: ${metric.namespace} ${metric.name}: ${problem}`,
    ),
  );
  const alarms = namedAlarms(resources)
    .filter(({ region, alarm }) => !hasAlarm(resources, region, alarm))
    .map(({ by, region, alarm }) => `${by}: alarm ${alarm} is not registered in ${region}`);
  return [...metrics, ...alarms];
}

function metricProblems(metric: NamedMetric, resources: readonly Observed[]): readonly string[] {
  if (!metric.namespace.startsWith("AWS/") && metric.namespace !== "CloudWatchSynthetics") {
    return unpublished(metric, resources);
  }
  const sets = documentedDimensions(metric.namespace, metric.name);
  if (sets.length === 0) return ["AWS documents no such metric"];
  const given = Object.keys(metric.dimensions).toSorted().join();
  if (!sets.some((set) => set.join() === given)) {
    const documented = sets.map((set) => set.join("+") || "none").join(", ");
    return [`dimensions must be ${documented}, got ${given || "none"}`];
  }
  return unpublished(metric, resources);
}

function hasAlarm(resources: readonly Observed[], region: string, alarm: string): boolean {
  return resources.some(
    ({ type, inputs }) =>
      (type === "aws:cloudwatch/metricAlarm:MetricAlarm" ||
        type === "aws:cloudwatch/compositeAlarm:CompositeAlarm") &&
      (inputs.name ?? inputs.alarmName) === alarm &&
      inputs.region === region,
  );
}
