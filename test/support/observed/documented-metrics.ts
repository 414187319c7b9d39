import { loadAwsServiceSpecSync } from "@aws-cdk/aws-service-spec";

/** Names of the dimensions under which AWS publishes a metric, in alphabetical order. */
export type DimensionSet = readonly string[];

/** Every set of dimensions that AWS documents for a metric; none for one that AWS does not know. */
export function documentedDimensions(namespace: string, name: string): readonly DimensionSet[] {
  const key = `${namespace} ${name}`;
  return [...(ofServices.get(key) ?? []), ...(furtherMetrics[key] ?? [])];
}

/**
 * Metrics that AWS's own description of its services leaves out, by namespace and name.
 */
const furtherMetrics: Readonly<Record<string, readonly DimensionSet[]>> = {
  // "Amazon CloudWatch metrics for Amazon Aurora", Aurora User Guide: cluster-level metrics.
  "AWS/RDS AuroraGlobalDBRPOLag": [["DBClusterIdentifier"]],
  "AWS/RDS AuroraGlobalDBReplicationLag": [["DBClusterIdentifier"]],
  // "Amazon CloudWatch metrics for Amazon RDS", RDS User Guide: instance-level metrics.
  "AWS/RDS ReplicaLag": [["DBInstanceIdentifier"]],
  "AWS/RDS OldestReplicationSlotLag": [["DBInstanceIdentifier"]],
  // "Metrics for Valkey and Redis OSS", ElastiCache User Guide.
  "AWS/ElastiCache GlobalDatastoreReplicationLag": [["CacheClusterId"]],
  // "Monitoring replication with metrics", S3 User Guide: replication rules with metrics.
  "AWS/S3 ReplicationLatency": [["DestinationBucket", "RuleId", "SourceBucket"]],
  "AWS/S3 OperationsFailedReplication": [["DestinationBucket", "RuleId", "SourceBucket"]],
  // "Monitoring Amazon EventBridge Scheduler with Amazon CloudWatch", EventBridge Scheduler User Guide.
  "AWS/Scheduler TargetErrorCount": [["ScheduleGroup"]],
  "AWS/Scheduler InvocationDroppedCount": [["ScheduleGroup"]],
};

/** What the CloudWatch console knows of each service, as the AWS CDK's service specification has it. */
const ofServices: ReadonlyMap<string, readonly DimensionSet[]> = readServices();

function readServices(): ReadonlyMap<string, readonly DimensionSet[]> {
  const services = loadAwsServiceSpecSync();
  const found = new Map<string, readonly DimensionSet[]>();
  for (const metric of services.all("metric")) {
    const key = `${metric.namespace} ${metric.name}`;
    const sets = services
      .follow("usesDimensionSet", metric)
      .map(({ entity }) => entity.dimensions.map(({ name }) => name).toSorted());
    found.set(key, [...(found.get(key) ?? []), ...sets]);
  }
  return found;
}
