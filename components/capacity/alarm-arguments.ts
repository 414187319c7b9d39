import type * as aws from "@pulumi/aws";
import {
  type LaneMetric,
  laneDimensions,
  metricNamespace,
} from "../../runtime/core/capacity/metrics.js";
import type { Lane } from "../../runtime/core/lane.js";
import type { HubAddress } from "../recovery/names.js";
import { capacityNames, type LaneAlarm } from "./names.js";

/** What the alarms of a lane are made of. */
export interface LaneAlarmSettings {
  readonly address: HubAddress;
  readonly warnAtServers: number;
  readonly criticalAtServers: number;
  readonly busyAtPercent: number;
  readonly publishEveryMinutes: number;
}

/** What all alarms of a lane have. */
type Common = Required<
  Pick<
    aws.cloudwatch.MetricAlarmArgs,
    "region" | "name" | "alarmDescription" | "evaluationPeriods" | "datapointsToAlarm"
  >
>;

/** The arguments of a lane's alarms, by what they tell. */
export function laneAlarmArguments(
  lane: Lane,
  settings: LaneAlarmSettings,
): Readonly<Record<LaneAlarm, aws.cloudwatch.MetricAlarmArgs>> {
  const { address, warnAtServers, criticalAtServers } = settings;
  const { laneAlarm } = capacityNames(address);
  const where = `${lane.account} in ${lane.region}`;
  const common = (kind: LaneAlarm, alarmDescription: string): Common => ({
    region: address.homeRegion,
    name: laneAlarm(kind, lane).name,
    alarmDescription,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
  });
  const atServers = (kind: "warning" | "critical", threshold: number, advice: string) => ({
    ...common(kind, `${where} replicates ${threshold} servers or more: ${advice}`),
    ...replicating(lane, settings, "Maximum"),
    comparisonOperator: "GreaterThanOrEqualToThreshold",
    threshold,
    // What is not known is neither fine nor full: the alarm says INSUFFICIENT_DATA.
    treatMissingData: "missing",
  });
  return {
    warning: atServers("warning", warnAtServers, "plan the next lane."),
    critical: atServers("critical", criticalAtServers, "the next application may not fit."),
    busy: busyAlarm(lane, settings, common("busy", busyDescription(where, settings))),
    silent: {
      ...common("silent", `${where} is not counted: its lane cannot be read, or nobody reads it.`),
      ...replicating(lane, settings, "SampleCount"),
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      treatMissingData: "breaching",
    },
  };
}

/**
 * One evaluation period for all: CloudWatch looks a few periods further back by itself, and takes the
 * newest count that it finds there. So one count that is missed raises nothing, and silence of the
 * whole range is told at once by both alarms that see it. Source: "Configuring how CloudWatch alarms
 * treat missing data", CloudWatch User Guide.
 */
function replicating(lane: Lane, settings: LaneAlarmSettings, statistic: string) {
  return {
    namespace: metricNamespace(settings.address.environment),
    metricName: "ReplicatingServers" satisfies LaneMetric,
    dimensions: laneDimensions(lane),
    statistic,
    period: periodSeconds(settings),
  };
}

/** Jobs and servers in jobs, each as a share of its quota; the larger counts. */
function busyAlarm(
  lane: Lane,
  settings: LaneAlarmSettings,
  common: Common,
): aws.cloudwatch.MetricAlarmArgs {
  const metric = (id: string, metricName: LaneMetric) => ({
    id,
    metric: {
      namespace: metricNamespace(settings.address.environment),
      metricName,
      dimensions: laneDimensions(lane),
      stat: "Maximum",
      period: periodSeconds(settings),
    },
  });
  return {
    ...common,
    metricQueries: [
      {
        id: "busiest",
        label: "share of the quota, percent",
        expression: "MAX([100 * jobs / jobsQuota, 100 * servers / serversQuota])",
        returnData: true,
      },
      metric("jobs", "ActiveJobs"),
      metric("jobsQuota", "ActiveJobsQuota"),
      metric("servers", "ServersInJobs"),
      metric("serversQuota", "ServersInJobsQuota"),
    ],
    comparisonOperator: "GreaterThanOrEqualToThreshold",
    threshold: settings.busyAtPercent,
    treatMissingData: "missing",
  };
}

function busyDescription(where: string, { busyAtPercent }: LaneAlarmSettings): string {
  return `${where} has ${busyAtPercent} % of its jobs, or of its servers in jobs, in use: what starts now may have to wait.`;
}

function periodSeconds({ publishEveryMinutes }: LaneAlarmSettings): number {
  return 60 * publishEveryMinutes;
}
