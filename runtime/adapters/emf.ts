import { type MetricRecord, metricNamespace } from "../core/capacity/metrics.js";
import type { Instant } from "../core/instant.js";
import type { Clock, Metrics } from "../core/ports.js";

/**
 * Publishes metrics as lines of the function's own log, from which CloudWatch takes them: no call,
 * and no right beyond that to log.
 */
export function emfMetrics(
  environment: string,
  clock: Clock,
  write: (line: string) => void = (line) => process.stdout.write(line),
): Metrics {
  const namespace = metricNamespace(environment);
  return { publish: (record) => write(`${emfLine(namespace, record, clock.now())}\n`) };
}

/** Source: "Specification: Embedded metric format", Amazon CloudWatch User Guide. */
function emfLine(
  namespace: string,
  { dimensions, counts, properties }: MetricRecord,
  at: Instant,
): string {
  const directive = {
    Namespace: namespace,
    Dimensions: [Object.keys(dimensions)],
    Metrics: Object.keys(counts).map((Name) => ({ Name, Unit: "Count" })),
  };
  return JSON.stringify({
    _aws: { Timestamp: at, CloudWatchMetrics: [directive] },
    ...dimensions,
    ...counts,
    ...properties,
  });
}
