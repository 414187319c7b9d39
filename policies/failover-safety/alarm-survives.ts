import type { PolicyResource } from "@pulumi/policy";
import { type Finding, type Look, lookAtEach, problem, unknownAt } from "../findings.js";
import { known, UNKNOWN } from "../known.js";
import { regionOf } from "../placement.js";
import { awsPages, type Rule } from "../rule.js";
import { endpointRegions } from "./guarded-endpoint.js";

const metricAlarmType = "aws:cloudwatch/metricAlarm:MetricAlarm";
const compositeType = "aws:cloudwatch/compositeAlarm:CompositeAlarm";

/** What decides about a Region must outlive it: an alarm that fails with what it watches says nothing. */
export const alarmSurvives: Rule = {
  name: "dr-alarm-survives",
  description: "Alarms that decide on a Region's failover lie in the Region that survives it.",
  why: "CloudWatch is Regional: an alarm of the Region that is lost is lost with it.",
  enforcementLevel: "mandatory",
  severity: "critical",
  remediationSteps:
    "Make the alarm in the other Region, of what is seen of this one from there, such as a canary's answers.",
  url: awsPages.healthCheckAlarms,
  validateStack: (args, report) => {
    lookAtEach(args, ({ type }) => looks[type], report);
  },
};

const looks: Readonly<Record<string, Look>> = {
  "aws-dr:watching:CellWatch": decisionFindings,
  "aws:route53/healthCheck:HealthCheck": checkFindings,
  [compositeType]: compositeFindings,
};

/** A health check that follows an alarm, and the endpoints whose records follow the check. */
function checkFindings(check: PolicyResource, all: readonly PolicyResource[]): readonly Finding[] {
  const kind = known(() => check.props.type as string | undefined);
  if (kind === UNKNOWN) return unknownAt("type");
  if (kind !== "CLOUDWATCH_METRIC") return [];
  const region = known(() => check.props.cloudwatchAlarmRegion as string | undefined);
  const guarded = endpointRegions(check, all);
  if (region === UNKNOWN || guarded === undefined) return unknownAt("cloudwatchAlarmRegion");
  if (!region || !guarded.includes(region)) return [];
  return problem(
    `cloudwatchAlarmRegion must be another Region than that of the endpoint that the check guards, got "${region}". Let an alarm of the Region that survives decide.`,
  );
}

interface Decision {
  readonly name: string;
  /** The Region that it asks to decide on. */
  readonly on: string;
}

/** For each Region of a cell, the alarm there that asks people to decide on the other one. */
function decisionFindings(
  watch: PolicyResource,
  all: readonly PolicyResource[],
): readonly Finding[] {
  const told = known(
    () => watch.props.decisionAlarms as Readonly<Record<string, Decision>> | undefined,
  );
  if (told === UNKNOWN || !told) return unknownAt("decisionAlarms");
  return Object.entries(told).flatMap(([region, { name, on }]) => {
    const [lies, ...others] = regionsOfAlarms(name, all);
    const path = `decisionAlarms["${region}"]`;
    if (lies === undefined || others.length > 0) return unknownAt(path);
    if (lies !== on) return [];
    return problem(
      `${path} must lie in another Region than the one that it decides on, got "${name}" in ${lies}. Leave it in ${region}.`,
    );
  });
}

/** Source: CloudWatch User Guide, composite alarms: the alarms of a rule are of the same Region. */
function compositeFindings(
  composite: PolicyResource,
  all: readonly PolicyResource[],
): readonly Finding[] {
  const rule = known(() => composite.props.alarmRule as string | undefined);
  if (rule === UNKNOWN || !rule) return unknownAt("alarmRule");
  const own = regionOf(composite);
  if (own === undefined) return unknownAt("region");
  return namedIn(rule).flatMap((name) => {
    const regions = regionsOfAlarms(name, all);
    if (regions.length === 0 || regions.includes(own)) return [];
    return problem(
      `alarmRule must name alarms of its own Region (${own}), got "${name}" in ${regions.join(", ")}. An alarm of the Region that fails says nothing then.`,
    );
  });
}

function namedIn(rule: string): readonly string[] {
  const states = /\b(?:ALARM|OK|INSUFFICIENT_DATA)\(\s*"?([^")]+?)"?\s*\)/g;
  return [...rule.matchAll(states)].map(([, name = ""]) => name);
}

/** Regions of the stack's alarms of a name; of an ARN, the one that stands in it. */
function regionsOfAlarms(name: string, all: readonly PolicyResource[]): readonly string[] {
  const [scheme, , , region] = name.split(":");
  if (scheme === "arn" && region) return [region];
  const alarms = all.filter(
    ({ type, props }) =>
      (type === metricAlarmType && known(() => props.name) === name) ||
      (type === compositeType && known(() => props.alarmName) === name),
  );
  return alarms.map(regionOf).filter((one) => one !== undefined);
}
