import type { ProviderType } from "./provider-type.js";

/** Databases, caches, and what they are set up with. */
export const databases: Readonly<Record<string, ProviderType>> = {
  "aws:elasticache/globalReplicationGroup:GlobalReplicationGroup": {
    registryType: "AWS::ElastiCache::GlobalReplicationGroup",
    alsoReplacing: ["primaryReplicationGroupId"],
  },
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    alsoReplacing: [
      "atRestEncryptionEnabled",
      "dataTieringEnabled",
      "globalReplicationGroupId",
      "kmsKeyId",
      "networkType",
      "port",
      "securityGroupNames",
      "snapshotArns",
      "snapshotName",
      "subnetGroupName",
    ],
  },
  "aws:elasticache/subnetGroup:SubnetGroup": {
    registryType: "AWS::ElastiCache::SubnetGroup",
    inputs: { CacheSubnetGroupName: ["name"] },
  },
  "aws:rds/cluster:Cluster": {
    registryType: "AWS::RDS::DBCluster",
    inputs: {
      DBClusterIdentifier: ["clusterIdentifier"],
      DBSubnetGroupName: ["dbSubnetGroupName"],
      DBSystemId: ["dbSystemId"],
      GlobalClusterIdentifier: [], // changed in place, or refused
      PubliclyAccessible: [],
      RestoreToTime: ["restoreToPointInTime"],
      RestoreType: ["restoreToPointInTime"],
      SourceDBClusterIdentifier: ["restoreToPointInTime"],
      SourceDbClusterResourceId: ["restoreToPointInTime"],
      UseLatestRestorableTime: ["restoreToPointInTime"],
    },
    readBack: ["globalClusterIdentifier", "replicationSourceIdentifier"],
  },
  "aws:rds/clusterInstance:ClusterInstance": {
    alsoReplacing: [
      "availabilityZone",
      "clusterIdentifier",
      "customIamInstanceProfile",
      "dbSubnetGroupName",
      "engine",
    ],
  },
  "aws:rds/clusterParameterGroup:ClusterParameterGroup": {
    registryType: "AWS::RDS::DBClusterParameterGroup",
    inputs: { DBClusterParameterGroupName: ["name"] },
  },
  "aws:rds/globalCluster:GlobalCluster": {
    registryType: "AWS::RDS::GlobalCluster",
    inputs: { SourceDBClusterIdentifier: ["sourceDbClusterIdentifier"] },
    alsoReplacing: ["databaseName"],
  },
  "aws:rds/instance:Instance": {
    isRenamed: true, // by NewDBInstanceIdentifier of ModifyDBInstance
    alsoReplacing: [
      "backupTarget",
      "characterSetName",
      "customIamInstanceProfile",
      "dbName",
      "engine",
      "kmsKeyId",
      "ncharCharacterSetName",
      "snapshotIdentifier",
      "storageEncrypted",
      "timezone",
      "username",
    ],
  },
  "aws:rds/parameterGroup:ParameterGroup": {
    registryType: "AWS::RDS::DBParameterGroup",
    inputs: { DBParameterGroupName: ["name"] },
  },
  "aws:rds/subnetGroup:SubnetGroup": {
    registryType: "AWS::RDS::DBSubnetGroup",
    inputs: { DBSubnetGroupName: ["name"] },
  },
};
