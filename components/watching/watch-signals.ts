import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { cellPrefix } from "../cells/cell.js";
import { inRegion } from "../cells/regional.js";
import type { CellWatchArgs } from "./cell-watch.js";

/** What an alarm says of a cell. */
export type SignalKind = "health" | "errors";

/** A metric alarm in one Region, without what all of them have in common. */
export interface Signal {
  readonly kind: SignalKind;
  /** Last part of its name. */
  readonly key: string;
  readonly args: Omit<aws.cloudwatch.MetricAlarmArgs, "name" | "region">;
}

/** The thresholds of a watch. */
export interface WatchSettings {
  readonly unhealthyMinutes: number;
  readonly errorPercent: number;
  readonly suspensionMinutes: number;
}

/** Every alarm that watches the other Region and the own load, seen from one Region. */
export function signalsIn(
  region: string,
  other: string,
  args: CellWatchArgs,
  settings: WatchSettings,
): readonly Signal[] {
  const { loadBalancers } = args;
  return [
    unreachable(other, inRegion(args.canaries, region), settings),
    ...(loadBalancers ? [errorRate(region, inRegion(loadBalancers, region), settings)] : []),
  ];
}

/** A canary that does not run says nothing of the other Region: then the alarm has no data, and tells that. */
function unreachable(other: string, canary: string, { unhealthyMinutes }: WatchSettings): Signal {
  return {
    kind: "health",
    key: `unhealthy-${other}`,
    args: {
      alarmDescription: `${other} does not answer canary ${canary} for ${unhealthyMinutes} minutes`,
      namespace: "CloudWatchSynthetics",
      metricName: "SuccessPercent",
      dimensions: { CanaryName: canary },
      statistic: "Average",
      comparisonOperator: "LessThanThreshold",
      threshold: 50, // percent of the runs of a minute
      period: 60,
      evaluationPeriods: unhealthyMinutes,
      treatMissingData: "missing",
    },
  };
}

/** A load balancer without requests has no errors. */
function errorRate(
  region: string,
  loadBalancer: pulumi.Input<string>,
  { errorPercent }: WatchSettings,
): Signal {
  const count = (id: string, metricName: string) => ({
    id,
    metric: {
      namespace: "AWS/ApplicationELB",
      metricName,
      dimensions: { LoadBalancer: loadBalancer },
      period: 60,
      stat: "Sum",
    },
  });
  return {
    kind: "errors",
    key: "errors",
    args: {
      alarmDescription: `More than ${errorPercent} % of the requests in ${region} fail`,
      metricQueries: [
        count("requests", "RequestCount"),
        count("application", "HTTPCode_Target_5XX_Count"),
        count("balancer", "HTTPCode_ELB_5XX_Count"),
        {
          id: "percent",
          label: "requests that fail, percent",
          expression: "100 * (FILL(application, 0) + FILL(balancer, 0)) / requests",
          returnData: true,
        },
      ],
      comparisonOperator: "GreaterThanThreshold",
      threshold: errorPercent,
      evaluationPeriods: 3,
      treatMissingData: "notBreaching",
    },
  };
}

/** Namespace and name of the metric by which somebody says that a cell is being exercised. */
const suspension = { namespace: "aws-dr/cells", metricName: "Suspended" } as const;

/** Goes off while somebody says so, and ends by itself, so that nobody can forget it. */
export function suspendedArgs(
  { cell }: CellWatchArgs,
  { suspensionMinutes }: WatchSettings,
): Signal["args"] {
  return {
    alarmDescription: `A drill or maintenance of ${cellPrefix(cell)}: no decision is asked for`,
    ...suspension,
    dimensions: { Environment: cell.environment, Cell: cell.name },
    statistic: "Maximum",
    comparisonOperator: "GreaterThanOrEqualToThreshold",
    threshold: 1,
    period: suspensionMinutes * 60,
    evaluationPeriods: 1,
    treatMissingData: "notBreaching",
  };
}
