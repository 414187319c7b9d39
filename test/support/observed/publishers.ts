import { estateMetrics, laneMetrics } from "../../../runtime/core/capacity/metrics.js";
import type { NamedMetric, Observed } from "./named-metrics.js";

/** Whether something that a program registers publishes a metric under the value of a dimension. */
type Publisher = (value: string, metric: NamedMetric, resources: readonly Observed[]) => boolean;

/** Who publishes, by namespace and dimension. */
const publishers: Readonly<Record<string, Readonly<Record<string, Publisher>>>> = {
  "AWS/States": {
    StateMachineArn: (arn, metric, resources) =>
      resources.some(
        ({ type, inputs }) =>
          type === "aws:sfn/stateMachine:StateMachine" &&
          inputs.region === metric.region &&
          new RegExp(`^arn:aws:states:${metric.region}:\\d{12}:stateMachine:${inputs.name}$`).test(
            arn,
          ),
      ),
  },
  "AWS/Lambda": { FunctionName: named("aws:lambda/function:Function", "name") },
  "AWS/SNS": { TopicName: named("aws:sns/topic:Topic", "name") },
  "AWS/SQS": { QueueName: named("aws:sqs/queue:Queue", "name") },
  "AWS/Scheduler": { ScheduleGroup: named("aws:scheduler/scheduleGroup:ScheduleGroup", "name") },
  "AWS/RDS": {
    DBClusterIdentifier: named("aws:rds/cluster:Cluster", "clusterIdentifier"),
    DBInstanceIdentifier: named("aws:rds/instance:Instance", "identifier"),
  },
  "AWS/ApplicationELB": {
    LoadBalancer: (value, metric, resources) => {
      const [kind, name = ""] = value.split("/");
      return (
        kind === "app" && named("aws:lb/loadBalancer:LoadBalancer", "name")(name, metric, resources)
      );
    },
  },
  "AWS/DynamoDB": {
    TableName: (table, metric, resources) =>
      regionsOfTable(table, resources).includes(metric.region),
    ReceivingRegion: (receiving, metric, resources) => {
      const regions = regionsOfTable(metric.dimensions.TableName ?? "", resources);
      return receiving !== metric.region && regions.includes(receiving);
    },
  },
  "AWS/ElastiCache": { CacheClusterId: isNode },
  "AWS/S3": { SourceBucket: isReplicated, DestinationBucket: isReplicated, RuleId: isReplicated },
  CloudWatchSynthetics: { CanaryName: named("aws:synthetics/canary:Canary", "name") },
};

/** What a metric lacks to be one that something deployed publishes; nothing when it lacks nothing. */
export function unpublished(
  metric: NamedMetric,
  resources: readonly Observed[],
): readonly string[] {
  if (metric.namespace.startsWith("DisasterRecovery/")) return ofPublisher(metric, resources);
  if (metric.namespace === "aws-dr/cells") return ofPeople(metric, resources);
  const known = publishers[metric.namespace];
  if (known === undefined) return [`nobody is known to publish in ${metric.namespace}`];
  return Object.entries(metric.dimensions)
    .filter(([dimension, value]) => !known[dimension]?.(value, metric, resources))
    .map(
      ([dimension, value]) =>
        `${dimension}=${value} is nothing that is registered in ${metric.region}`,
    );
}

/** The deployed publisher of the environment counts the lanes whose accounts let it in. */
function ofPublisher(metric: NamedMetric, resources: readonly Observed[]): readonly string[] {
  const environment = metric.namespace.slice("DisasterRecovery/".length);
  const name = `dr-${environment}-capacity-publisher`;
  const isThere = named("aws:lambda/function:Function", "name")(name, metric, resources);
  if (!isThere) return [`${name} is not registered in ${metric.region}`];
  const { Account, Region, Environment, ...others } = metric.dimensions;
  if (Object.keys(others).length > 0)
    return [`no dimension ${Object.keys(others)[0]} is published`];
  if (Environment !== undefined) {
    const isEstate =
      estateMetrics.some((one) => one === metric.name) && Environment === environment;
    return isEstate ? [] : [`${metric.name} of environment ${Environment} is not published`];
  }
  if (!laneMetrics.some((one) => one === metric.name)) return [`${metric.name} is not published`];
  const policies = resources
    .filter(({ type, inputs }) => type === "aws:iam/rolePolicy:RolePolicy" && inputs.role === name)
    .map(({ inputs }) => String(inputs.policy));
  const isCounted =
    Region !== undefined && policies.some((policy) => policy.includes(`:iam::${Account}:role/`));
  return isCounted ? [] : [`lane ${Account}/${Region} is not counted`];
}

/** People say that a cell is exercised: by no other name than that of a cell whose watch listens. */
function ofPeople(metric: NamedMetric, resources: readonly Observed[]): readonly string[] {
  const isHeard = resources.some(
    ({ type, inputs }) =>
      type === "aws-dr:watching:CellWatch" &&
      inputs.environment === metric.dimensions.Environment &&
      inputs.cell === metric.dimensions.Cell,
  );
  return isHeard && metric.name === "Suspended" ? [] : [`${metric.name} is of no watched cell`];
}

function named(type: string, property: string): Publisher {
  return (value, metric, resources) =>
    resources.some(
      (resource) =>
        resource.type === type &&
        resource.inputs[property] === value &&
        resource.inputs.region === metric.region,
    );
}

function regionsOfTable(table: string, resources: readonly Observed[]): readonly unknown[] {
  return resources
    .filter(({ type, inputs }) => type === "aws:dynamodb/table:Table" && inputs.name === table)
    .flatMap(({ inputs }) => {
      const replicas = (inputs.replicas ?? []) as readonly { readonly regionName: string }[];
      return [inputs.region, ...replicas.map(({ regionName }) => regionName)];
    });
}

/** Nodes are numbered by shard and place: `<group>-0001-001`. A member that joins has the datastore's shards. */
function isNode(value: string, metric: NamedMetric, resources: readonly Observed[]): boolean {
  const [, group, shard, node] = /^(.+)-(\d{4})-(\d{3})$/.exec(value) ?? [];
  const groups = resources.filter(
    ({ type }) => type === "aws:elasticache/replicationGroup:ReplicationGroup",
  );
  const shards = Math.max(0, ...groups.map(({ inputs }) => Number(inputs.numNodeGroups ?? 0)));
  return groups.some(
    ({ inputs }) =>
      inputs.replicationGroupId === group &&
      inputs.region === metric.region &&
      Number(shard) <= shards &&
      Number(node) <= Number(inputs.replicasPerNodeGroup) + 1,
  );
}

interface ReplicationRule {
  readonly id: string;
  readonly destination: { readonly bucket: string; readonly metrics?: { readonly status: string } };
}

/** A rule publishes on one side or the other: AWS does not tell on which. */
function isReplicated(
  _value: string,
  metric: NamedMetric,
  resources: readonly Observed[],
): boolean {
  const { SourceBucket, DestinationBucket, RuleId } = metric.dimensions;
  const regions = resources
    .filter(({ type }) => type === "aws:s3/bucket:Bucket")
    .filter(({ inputs }) => [SourceBucket, DestinationBucket].includes(String(inputs.bucket)))
    .map(({ inputs }) => inputs.region);
  const rules = resources
    .filter(({ type }) => type === "aws:s3/bucketReplicationConfig:BucketReplicationConfig")
    .filter(({ inputs }) => inputs.bucket === SourceBucket)
    .flatMap(({ inputs }) => inputs.rules as readonly ReplicationRule[]);
  return (
    regions.length === 2 &&
    regions.includes(metric.region) &&
    rules.some(
      ({ id, destination }) =>
        id === RuleId &&
        destination.bucket.endsWith(`:${DestinationBucket}`) &&
        destination.metrics?.status === "Enabled",
    )
  );
}
