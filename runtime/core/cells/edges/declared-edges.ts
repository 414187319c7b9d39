/** What goes from Region to Region on an edge. */
export type EdgeKind =
  | "backup"
  | "bucket"
  | "cache"
  | "image"
  | "key"
  | "log"
  | "message"
  | "observability"
  | "registry"
  | "replica"
  | "secret"
  | "table";

/** A property of a resource by which data goes to another Region, or comes from there. */
export interface DeclaredEdge {
  readonly type: string;
  readonly kind: EdgeKind;
  /** Whether data goes `to` the place that the property names, or comes `from` there. */
  readonly way: "to" | "from";
  /** `rules[].destination.bucket`: `[]` stands for each element of a list. */
  readonly path: string;
  /** What the property holds: a Region, or what another resource is known by. */
  readonly holds: "region" | Reference;
}

/** An ARN, a name or an id of a resource of this type. */
export interface Reference {
  readonly type: string;
  /** Property by which the resource is found where its Region does not stand in the reference. */
  readonly property: string;
  /** Other types that it may be an ARN of. */
  readonly otherTypes?: readonly string[];
  /** Whether a name that is no ARN means a resource of one's own Region. */
  readonly isLocalName?: boolean;
  /** Where the property holds other things as well, such as an address of mail: what says that it is this. */
  readonly onlyWhere?: { readonly property: string; readonly isAmong: readonly string[] };
}

const bucket: Reference = { type: "aws:s3/bucket:Bucket", property: "bucket" };
const cluster: Reference = { type: "aws:rds/cluster:Cluster", property: "clusterIdentifier" };
const instance: Reference = {
  type: "aws:rds/instance:Instance",
  property: "identifier",
  isLocalName: true,
};
const vault: Reference = { type: "aws:backup/vault:Vault", property: "name" };
const stream = "aws:kinesis/stream:Stream";
const deliveryStream = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";
const lambda = "aws:lambda/function:Function";
const topic: Reference = { type: "aws:sns/topic:Topic", property: "name" };

/**
 * Every property of the AWS provider that this release knows to carry data between Regions.
 * Source: the argument references of these types in the documentation of the AWS provider.
 */
export const declaredEdges: readonly DeclaredEdge[] = [
  pulled("aws:rds/cluster:Cluster", "replica", "globalClusterIdentifier", {
    type: "aws:rds/globalCluster:GlobalCluster",
    property: "globalClusterIdentifier",
  }),
  pulled("aws:rds/cluster:Cluster", "replica", "replicationSourceIdentifier", cluster),
  pulled("aws:rds/instance:Instance", "replica", "replicateSourceDb", instance),
  pulled("aws:docdb/cluster:Cluster", "replica", "globalClusterIdentifier", {
    type: "aws:docdb/globalCluster:GlobalCluster",
    property: "globalClusterIdentifier",
  }),
  pulled("aws:neptune/cluster:Cluster", "replica", "globalClusterIdentifier", {
    type: "aws:neptune/globalCluster:GlobalCluster",
    property: "globalClusterIdentifier",
  }),
  pulled("aws:neptune/cluster:Cluster", "replica", "replicationSourceIdentifier", {
    type: "aws:neptune/cluster:Cluster",
    property: "clusterIdentifier",
  }),
  pushed("aws:dsql/clusterPeering:ClusterPeering", "replica", "clusters[]", {
    type: "aws:dsql/cluster:Cluster",
    property: "arn",
  }),
  pushed("aws:dsql/clusterPeering:ClusterPeering", "replica", "witnessRegion"),
  pushed(
    "aws:efs/replicationConfiguration:ReplicationConfiguration",
    "replica",
    "destination.region",
  ),
  pulled(
    "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication",
    "backup",
    "sourceDbInstanceArn",
    instance,
  ),
  pushed("aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy", "backup", "destinationRegion"),
  pushed("aws:rds/snapshotCopy:SnapshotCopy", "backup", "destinationRegion"),
  pushed("aws:redshift/snapshotCopy:SnapshotCopy", "backup", "destinationRegion"),
  pushed("aws:dynamodb/table:Table", "table", "replicas[].regionName"),
  pushed("aws:dynamodb/table:Table", "table", "globalTableWitness.regionName"),
  pulled("aws:dynamodb/tableReplica:TableReplica", "table", "globalTableArn", {
    type: "aws:dynamodb/table:Table",
    property: "name",
  }),
  pushed(
    "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
    "bucket",
    "rules[].destination.bucket",
    bucket,
  ),
  pulled("aws:elasticache/replicationGroup:ReplicationGroup", "cache", "globalReplicationGroupId", {
    type: "aws:elasticache/globalReplicationGroup:GlobalReplicationGroup",
    property: "globalReplicationGroupId",
  }),
  pushed(
    "aws:ecr/replicationConfiguration:ReplicationConfiguration",
    "registry",
    "replicationConfiguration.rules[].destinations[].region",
  ),
  pushed("aws:secretsmanager/secret:Secret", "secret", "replicas[].region"),
  pulled("aws:kms/replicaKey:ReplicaKey", "key", "primaryKeyArn", {
    type: "aws:kms/key:Key",
    property: "arn",
  }),
  pulled("aws:kms/replicaExternalKey:ReplicaExternalKey", "key", "primaryKeyArn", {
    type: "aws:kms/externalKey:ExternalKey",
    property: "arn",
  }),
  pushed("aws:backup/plan:Plan", "backup", "rules[].copyActions[].destinationVaultArn", vault),
  pushed("aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter", "log", "destinationArn", {
    type: "aws:cloudwatch/logDestination:LogDestination",
    property: "name",
    otherTypes: [stream, deliveryStream, lambda],
  }),
  pushed("aws:cloudwatch/logDestination:LogDestination", "log", "targetArn", {
    type: stream,
    property: "name",
    otherTypes: [deliveryStream],
  }),
  pushed("aws:cloudwatch/logDelivery:LogDelivery", "log", "deliveryDestinationArn", {
    type: "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",
    property: "arn",
  }),
  pushed(
    "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",
    "log",
    "deliveryDestinationConfiguration.destinationResourceArn",
    { ...bucket, otherTypes: [deliveryStream, "aws:cloudwatch/logGroup:LogGroup"] },
  ),
  pushed("aws:oam/link:Link", "observability", "sinkIdentifier", {
    type: "aws:oam/sink:Sink",
    property: "name",
    otherTypes: ["aws:oam/sinkPolicy:SinkPolicy"],
  }),
  pulled("aws:sns/topicSubscription:TopicSubscription", "message", "topic", topic),
  pushed("aws:sns/topicSubscription:TopicSubscription", "message", "endpoint", {
    type: "aws:sqs/queue:Queue",
    property: "name",
    otherTypes: [deliveryStream, lambda],
    onlyWhere: { property: "protocol", isAmong: ["sqs", "lambda", "firehose"] },
  }),
  pulled("aws:ec2/amiCopy:AmiCopy", "image", "sourceAmiRegion"),
  pulled("aws:ebs/snapshotCopy:SnapshotCopy", "image", "sourceRegion"),
];

function pushed(
  type: string,
  kind: EdgeKind,
  path: string,
  holds: Reference | "region" = "region",
): DeclaredEdge {
  return { type, kind, way: "to", path, holds };
}

function pulled(
  type: string,
  kind: EdgeKind,
  path: string,
  holds: Reference | "region" = "region",
): DeclaredEdge {
  return { type, kind, way: "from", path, holds };
}
