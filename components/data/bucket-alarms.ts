import type * as pulumi from "@pulumi/pulumi";
import { cellAlarm } from "../cells/alarms.js";
import { cellPrefix } from "../cells/cell.js";
import { inRegion, namedIn, type PerRegion, perRegion } from "../cells/regional.js";
import { type Named, onceThere } from "../named.js";
import type { BucketSettings } from "./bucket-in-region.js";
import { bucketNames, ruleId } from "./bucket-names.js";
import type { ReplicatedBucketArgs } from "./replicated-bucket.js";

/**
 * Two alarms a direction, in both Regions: AWS does not tell in which of them S3 puts the metrics of
 * a replication, and one that puts none there raises no alarm. Answers those of lag in each Region.
 */
export function bucketAlarms(
  name: string,
  args: ReplicatedBucketArgs,
  { warnAtLatencySeconds }: BucketSettings,
  child: pulumi.CustomResourceOptions,
): PerRegion<readonly pulumi.Output<string>[]> {
  const { cell, name: bucket } = args;
  const names = bucketNames(cell, bucket);
  const directions = Object.values(perRegion(cell, (from, to) => ({ from, to })));
  const alarmIn = (region: string, key: string): Named =>
    namedIn(cell, region, "cloudwatch", "alarm:", `${cellPrefix(cell)}-${bucket}-${key}`);
  return perRegion(cell, (region) =>
    directions.map(({ from, to }) => {
      const common = {
        region,
        namespace: "AWS/S3",
        dimensions: {
          SourceBucket: inRegion(names, from).name,
          DestinationBucket: inRegion(names, to).name,
          RuleId: ruleId,
        },
        comparisonOperator: "GreaterThanThreshold",
        period: 300, // seconds
        evaluationPeriods: 1,
      };
      const failed = {
        ...common,
        name: alarmIn(region, `failed-from-${from}`).name,
        alarmDescription: `Objects of ${bucket} are not copied from ${from} to ${to}`,
        metricName: "OperationsFailedReplication",
        statistic: "Sum",
        threshold: 0,
      };
      cellAlarm(`${name}-failed-from-${from}-in-${region}`, failed, args, child);
      const lag = alarmIn(region, `latency-from-${from}`);
      const latency = {
        ...common,
        name: lag.name,
        alarmDescription: `Copies of ${bucket} from ${from} to ${to} are late`,
        metricName: "ReplicationLatency",
        statistic: "Maximum",
        threshold: warnAtLatencySeconds,
      };
      const alarm = cellAlarm(`${name}-latency-from-${from}-in-${region}`, latency, args, child);
      return onceThere(alarm.name, lag);
    }),
  );
}
