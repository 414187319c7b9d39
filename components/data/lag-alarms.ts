import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { namedIn } from "../cells/regional.js";
import { onceThere } from "../named.js";

/** A metric of replication that stays below a bound while all is well. */
export interface LagMetric {
  /** What tells it from the others of the store, in the alarm's name. */
  readonly role: string;
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, pulumi.Input<string>>>;
  /** In the unit of the metric. */
  readonly threshold: number;
}

/** The alarms of one store in one Region. */
export interface LagAlarms {
  /** Name of the store in this Region: with it the names of the alarms begin. */
  readonly storeName: string;
  readonly account: string;
  readonly region: string;
  readonly metrics: readonly LagMetric[];
  readonly topicArns: pulumi.Input<pulumi.Input<string>[]>;
}

/**
 * An alarm for each metric and a composite over them, which alone tells people. Only one side of a
 * copy publishes its lag, and a failover changes the side: therefore the same alarms stand in both
 * Regions, and missing data is no breach. Answers the ARN of the composite.
 */
export function lagAlarms(
  name: string,
  alarms: LagAlarms,
  child: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const { storeName, account, region, metrics, topicArns } = alarms;
  const named = namedIn({ account }, region, "cloudwatch", "alarm:", `${storeName}-lag`);
  const parts = metrics.map(({ role, ...metric }) => {
    const alarmName = `${storeName}-lag-${role}`;
    const alarm = new aws.cloudwatch.MetricAlarm(
      `${name}-lag-${role}-${region}`,
      {
        region,
        name: alarmName,
        alarmDescription: `Replication of ${storeName} lags, seen from ${region}`,
        ...metric,
        statistic: "Maximum",
        comparisonOperator: "GreaterThanThreshold",
        period: 60, // seconds
        evaluationPeriods: 3,
        datapointsToAlarm: 2,
        treatMissingData: "notBreaching",
      },
      child,
    );
    return { alarm, alarmName };
  });
  const composite = new aws.cloudwatch.CompositeAlarm(
    `${name}-lag-${region}`,
    {
      region,
      alarmName: named.name,
      alarmDescription: `Replication of ${storeName} lags by one measure or another`,
      alarmRule: parts.map(({ alarmName }) => `ALARM("${alarmName}")`).join(" OR "),
      alarmActions: topicArns,
      okActions: topicArns,
    },
    { ...child, dependsOn: parts.map(({ alarm }) => alarm) },
  );
  return onceThere(composite.alarmName, named);
}
