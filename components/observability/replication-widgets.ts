import { chunked } from "../../runtime/core/chunked.js";
import { type Cell, cellPrefix } from "../cells/cell.js";
import { inRegion, type PerRegion } from "../cells/regional.js";
import { memberOf } from "../data/aurora-names.js";
import { bucketNames, ruleId } from "../data/bucket-names.js";
import { cacheMemberOf, nodesOf } from "../data/cache-member.js";
import { queueNames } from "../data/queue-names.js";
import { replicaInstanceOf } from "../data/replica-instance.js";
import { type DashboardBody, gridColumns, type Widget } from "./dashboard-body.js";
import {
  alarmStates,
  type DrawnMetric,
  inRows,
  lines,
  metricOf,
  type WidgetContent,
} from "./widgets/making.js";

/** Nodes of one GlobalCache in each Region. */
export interface CacheShape {
  readonly name: string;
  readonly shards: number;
  readonly replicasPerShard: number;
}

/** What a cell copies and who watches it, by names that the cell's components were given. */
export interface ReplicationWidgetsArgs {
  readonly cell: Cell;
  readonly databases: readonly string[];
  readonly replicas: readonly string[];
  readonly caches: readonly CacheShape[];
  readonly tables: readonly string[];
  readonly buckets: readonly string[];
  readonly queues: readonly string[];
  readonly lagSeconds: number;
  readonly backlogSeconds: number;
}

/** What is known only when something else is deployed. */
export interface ReplicationSources {
  readonly decisionAlarmArns: PerRegion<string>;
  readonly lagAlarmArns?: PerRegion<readonly string[]>;
  readonly canaries?: PerRegion<string>;
  readonly loadBalancers?: PerRegion<string>;
}

/** Widgets of one Region, as it sees the cell. */
interface View {
  readonly args: ReplicationWidgetsArgs;
  readonly sources: ReplicationSources;
  readonly region: string;
  readonly other: string;
}

const rowHeight = 6;
const widgetsOfRow = 3;

/**
 * Both Regions on one page, that of the page first. What a lost Region published cannot be read any
 * more, and its half stays empty; the other half needs nothing of it.
 */
export function replicationBody(
  args: ReplicationWidgetsArgs,
  sources: ReplicationSources,
  [region, other]: readonly [string, string],
): DashboardBody {
  const near = seenFrom({ args, sources, region, other }, 0);
  const below = Math.max(...near.map(({ y, height }) => y + height));
  const far = seenFrom({ args, sources, region: other, other: region }, below);
  return { start: "-PT3H", periodOverride: "inherit", widgets: [...near, ...far] };
}

function seenFrom(view: View, top: number): readonly Widget[] {
  const { args, sources, region } = view;
  const markdown = `## ${cellPrefix(args.cell)}, seen from ${region}`;
  const alarms = [
    inRegion(sources.decisionAlarmArns, region),
    ...(sources.lagAlarmArns?.[region] ?? []),
  ];
  const states = alarmStates(`Alarms of ${region}`, alarms);
  const contents = [...states, ...health(view), ...copies(view)];
  const rows = chunked(contents, widgetsOfRow);
  return [
    { type: "text", x: 0, y: top, width: gridColumns, height: 1, properties: { markdown } },
    ...inRows(rows, { top: top + 1, height: rowHeight }),
  ];
}

function health({ sources, region, other }: View): readonly WidgetContent[] {
  const { canaries, loadBalancers } = sources;
  return [
    ...(canaries ? [answers(region, other, inRegion(canaries, region))] : []),
    ...(loadBalancers ? [errorRate(region, inRegion(loadBalancers, region))] : []),
  ];
}

/** Source: "CloudWatch metrics published by canaries", CloudWatch User Guide. */
function answers(region: string, other: string, canary: string): WidgetContent {
  const metric = metricOf("CloudWatchSynthetics", "SuccessPercent", { CanaryName: canary });
  const reading = { region, stat: "Average", periodSeconds: 60 } as const;
  return lines(`Answers of ${other}, percent of the questions`, reading, [metric]);
}

function errorRate(region: string, loadBalancer: string): WidgetContent {
  const count = (id: string, name: string) =>
    metricOf("AWS/ApplicationELB", name, { LoadBalancer: loadBalancer }, { id, visible: false });
  const percent = "100 * (FILL(application, 0) + FILL(balancer, 0)) / requests";
  return lines(
    `Requests in ${region} that fail, percent`,
    { region, stat: "Sum", periodSeconds: 60 },
    [
      [{ expression: percent, label: "fail", id: "percent" }],
      count("requests", "RequestCount"),
      count("application", "HTTPCode_Target_5XX_Count"),
      count("balancer", "HTTPCode_ELB_5XX_Count"),
    ],
  );
}

/** One widget for each kind of copy that the cell has. */
function copies(view: View): readonly WidgetContent[] {
  const { lagSeconds, backlogSeconds } = view.args;
  return [
    lag(view, "Global databases: lag, milliseconds", databases(view), lagSeconds * 1_000),
    lag(view, "Replicas: lag, seconds", replicas(view), lagSeconds),
    lag(view, "Caches: lag, seconds", caches(view), lagSeconds),
    lag(view, `Tables: lag to ${view.other}, milliseconds`, tables(view), lagSeconds * 1_000),
    lag(view, "Buckets: seconds behind", buckets(view), backlogSeconds),
    lag(view, "Queues: age of the oldest message, seconds", queues(view)),
  ].flat();
}

function lag(
  { region }: View,
  title: string,
  metrics: readonly DrawnMetric[],
  bound?: number,
): readonly WidgetContent[] {
  if (metrics.length === 0) return [];
  const marks = bound === undefined ? [] : [{ value: bound, label: "late" }];
  return [lines(title, { region, stat: "Maximum", periodSeconds: 60 }, metrics, marks)];
}

/** Source: "Amazon CloudWatch metrics for Amazon Aurora", Aurora User Guide. */
function databases({ args, region }: View): readonly DrawnMetric[] {
  return args.databases.flatMap((name) => {
    const DBClusterIdentifier = memberOf({ cell: args.cell, name }, region).name;
    return ["AuroraGlobalDBRPOLag", "AuroraGlobalDBReplicationLag"].map((metric) =>
      metricOf("AWS/RDS", metric, { DBClusterIdentifier }, { label: `${name} ${metric}` }),
    );
  });
}

/** Source: "Amazon CloudWatch metrics for Amazon RDS", RDS User Guide. */
function replicas({ args: { cell, replicas: names }, region }: View): readonly DrawnMetric[] {
  return names.map((name) => {
    const DBInstanceIdentifier = replicaInstanceOf({ cell, name }, region).name;
    return metricOf("AWS/RDS", "ReplicaLag", { DBInstanceIdentifier }, { label: name });
  });
}

/** Source: "Metrics for Valkey and Redis OSS", ElastiCache User Guide. */
function caches({ args: { cell, caches: shapes }, region }: View): readonly DrawnMetric[] {
  return shapes.flatMap(({ name, ...shape }) =>
    nodesOf(cacheMemberOf({ cell, name }, region).name, shape).map((CacheClusterId) =>
      metricOf("AWS/ElastiCache", "GlobalDatastoreReplicationLag", { CacheClusterId }),
    ),
  );
}

/** Source: "DynamoDB metrics and dimensions", DynamoDB Developer Guide: told where a write was made. */
function tables({ args: { cell, tables: names }, other }: View): readonly DrawnMetric[] {
  return names.map((name) => {
    const dimensions = { TableName: `${cellPrefix(cell)}-${name}`, ReceivingRegion: other };
    return metricOf("AWS/DynamoDB", "ReplicationLatency", dimensions, { label: name });
  });
}

/** Both directions, because AWS does not tell in which Region a rule's metrics are. */
function buckets({ args: { cell, buckets: names }, region, other }: View): readonly DrawnMetric[] {
  return names.flatMap((name) => {
    const named = bucketNames(cell, name);
    return [
      [region, other],
      [other, region],
    ].map(([from = region, to = other]) => {
      const dimensions = {
        SourceBucket: inRegion(named, from).name,
        DestinationBucket: inRegion(named, to).name,
        RuleId: ruleId,
      };
      return metricOf("AWS/S3", "ReplicationLatency", dimensions, {
        label: `${name} from ${from}`,
      });
    });
  });
}

/** Source: "Available CloudWatch metrics for Amazon SQS", SQS Developer Guide. */
function queues({ args: { cell, queues: names }, region }: View): readonly DrawnMetric[] {
  return names.map((name) => {
    const QueueName = inRegion(queueNames(cell, name), region).queue.name;
    return metricOf("AWS/SQS", "ApproximateAgeOfOldestMessage", { QueueName }, { label: name });
  });
}
