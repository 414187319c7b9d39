import { bucketEdges } from "./bucket-edges.js";
import { anything, type DeclaredEdge, pulled, pushed, type Reference } from "./declared-edge.js";
import { logEdges } from "./log-edges.js";
import { messageEdges } from "./message-edges.js";

const cluster: Reference = { type: "aws:rds/cluster:Cluster", property: "clusterIdentifier" };
const instance: Reference = {
  type: "aws:rds/instance:Instance",
  property: "identifier",
  isLocalName: true,
};
const vault: Reference = { type: "aws:backup/vault:Vault", property: "name" };

const kafka: Reference = {
  type: "aws:msk/cluster:Cluster",
  property: "arn",
  otherTypes: ["aws:msk/serverlessCluster:ServerlessCluster"],
};

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
  pushed("aws:backup/plan:Plan", "backup", "rules[].targetLogicallyAirGappedBackupVaultArn", {
    type: "aws:backup/logicallyAirGappedVault:LogicallyAirGappedVault",
    property: "name",
  }),
  pulled("aws:ec2/amiCopy:AmiCopy", "image", "sourceAmiRegion"),
  pulled("aws:ebs/snapshotCopy:SnapshotCopy", "image", "sourceRegion"),
  pulled("aws:memorydb/cluster:Cluster", "replica", "multiRegionClusterName", {
    type: "aws:memorydb/multiRegionCluster:MultiRegionCluster",
    property: "multiRegionClusterName",
  }),
  pulled("aws:mq/broker:Broker", "replica", "dataReplicationPrimaryBrokerArn", {
    type: "aws:mq/broker:Broker",
    property: "arn",
  }),
  pulled(
    "aws:msk/replicator:Replicator",
    "replica",
    "replicationInfoList.sourceKafkaClusterArn",
    kafka,
  ),
  pushed(
    "aws:msk/replicator:Replicator",
    "replica",
    "replicationInfoList.targetKafkaClusterArn",
    kafka,
  ),
  pulled(
    "aws:opensearch/outboundConnection:OutboundConnection",
    "replica",
    "remoteDomainInfo.region",
  ),
  pulled("aws:rds/integration:Integration", "replica", "sourceArn", anything),
  pushed("aws:rds/integration:Integration", "replica", "targetArn", anything),
  pulled("aws:redshift/integration:Integration", "replica", "sourceArn", anything),
  pushed("aws:redshift/integration:Integration", "replica", "targetArn", anything),
  pushed(
    "aws:redshift/dataShareConsumerAssociation:DataShareConsumerAssociation",
    "replica",
    "consumerRegion",
  ),
  pushed("aws:directoryservice/serviceRegion:ServiceRegion", "replica", "regionName"),
  pushed("aws:ssoadmin/region:Region", "replica", "regionName"),
  pushed("aws:dsql/cluster:Cluster", "replica", "multiRegionProperties.witnessRegion"),
  pushed("aws:dynamodb/globalTable:GlobalTable", "table", "replicas[].regionName"),
  pushed("aws:keyspaces/keyspace:Keyspace", "table", "replicationSpecification.regionLists[]"),
  pulled("aws:datasync/task:Task", "bucket", "sourceLocationArn", anything),
  pushed("aws:datasync/task:Task", "bucket", "destinationLocationArn", anything),
  pushed(
    "aws:dlm/lifecyclePolicy:LifecyclePolicy",
    "image",
    "policyDetails.schedules[].crossRegionCopyRules[].target",
  ),
  pushed(
    "aws:dlm/lifecyclePolicy:LifecyclePolicy",
    "image",
    "policyDetails.schedules[].crossRegionCopyRules[].targetRegion",
  ),
  pushed(
    "aws:dlm/lifecyclePolicy:LifecyclePolicy",
    "image",
    "policyDetails.action.crossRegionCopies[].target",
  ),
  pushed(
    "aws:imagebuilder/distributionConfiguration:DistributionConfiguration",
    "image",
    "distributions[].region",
  ),
  ...bucketEdges,
  ...logEdges,
  ...messageEdges,
];
