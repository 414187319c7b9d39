import { type Assessments, always, byUse, due, type Finding } from "../finding.js";
import { hoursPerMonth } from "../prices/price.js";
import { standing, used } from "../prices/services.js";
import type { Reading } from "../resources.js";

/** A metric with a shorter period is one of high resolution. */
const standardPeriodSeconds = 60;

/** Alarms, dashboards, logs, functions and machines. */
export const watchingAssessments: Assessments = {
  "aws:cloudwatch/metricAlarm:MetricAlarm": alarm,
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": always(
    due("CloudWatch", "composite alarms", standing.compositeAlarm, 1),
  ),
  "aws:cloudwatch/dashboard:Dashboard": always(
    due("CloudWatch", "dashboards", standing.dashboard, 1),
  ),
  "aws:cloudwatch/logGroup:LogGroup": always(
    byUse("CloudWatch", "logs taken in", used.logsTakenIn),
    byUse("CloudWatch", "logs kept", used.logsKept),
  ),
  "aws:synthetics/canary:Canary": canary,
  "aws:lambda/function:Function": always(
    byUse("Lambda", "invocations", used.invocations),
    byUse("Lambda", "GiB-seconds of their duration, on x86", used.duration),
  ),
  "aws:sfn/stateMachine:StateMachine": always(
    byUse("Step Functions", "state transitions", used.transitions),
  ),
  "aws:scheduler/schedule:Schedule": always(byUse("EventBridge Scheduler", "invocations")),
  "aws:apigateway/stage:Stage": (reading) =>
    reading.isTrue("cacheClusterEnabled") ? [due("API Gateway", "caches", undefined, 1)] : [],
  "aws:ssm/parameter:Parameter": parameter,
  "aws:apigateway/restApi:RestApi": always(byUse("API Gateway", "requests", used.apiRequests)),
};

/** Standard parameters are free; of the tier that AWS chooses by itself nobody knows here. */
function parameter(reading: Reading): readonly Finding[] {
  const tier = reading.text("tier") ?? "Standard";
  return tier === "Standard"
    ? []
    : [due("Systems Manager", `parameters of tier ${tier}`, undefined, 1)];
}

/** A canary is charged by each run, and its schedule tells how many there are. */
function canary(reading: Reading): readonly Finding[] {
  const [, every, unit] =
    /^rate\((\d+) (minute|hour)s?\)$/.exec(reading.text("schedule.expression") ?? "") ?? [];
  const hoursBetween = Number(every) / (unit === "minute" ? 60 : 1);
  return hoursBetween > 0
    ? [due("CloudWatch", "runs of canaries", standing.canaryRun, hoursPerMonth / hoursBetween)]
    : [byUse("CloudWatch", "runs of canaries", standing.canaryRun)];
}

/** An alarm is charged by each metric that it looks at. */
function alarm(reading: Reading): readonly Finding[] {
  const metrics = reading.list("metricQueries").flatMap((query) => {
    const { metric } = query as { readonly metric?: { readonly period?: unknown } };
    return metric === undefined ? [] : [Number(metric.period ?? standardPeriodSeconds)];
  });
  const periods =
    metrics.length > 0 ? metrics : [reading.number("period") ?? standardPeriodSeconds];
  const fast = periods.filter((seconds) => seconds < standardPeriodSeconds).length;
  const slow = periods.length - fast;
  return [
    ...(slow > 0 ? [due("CloudWatch", "alarm metrics", standing.alarmMetric, slow)] : []),
    ...(fast > 0
      ? [due("CloudWatch", "alarm metrics of high resolution", standing.fastAlarmMetric, fast)]
      : []),
  ];
}
