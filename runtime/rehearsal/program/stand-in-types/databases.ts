import {
  arnOf,
  capitals,
  globalArn,
  type Made,
  type Making,
  named,
  type StandInType,
} from "./making.js";

/** Databases, caches, and what they are set up with. */
export const databaseTypes: Readonly<Record<string, StandInType>> = {
  "aws:elasticache/globalReplicationGroup:GlobalReplicationGroup": {
    nameInput: "globalReplicationGroupIdSuffix",
    make: (making) => {
      // AWS puts five letters of its own before the name.
      const id = `ldgnf-${making.name}`;
      const arn = globalArn(making, "elasticache", `globalreplicationgroup:${id}`, making.account);
      return { id, outputs: { arn, globalReplicationGroupId: id } };
    },
  },
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    nameInput: "replicationGroupId",
    make: (making) => ({
      id: making.name,
      outputs: {
        arn: arnOf(making, "elasticache", `replicationgroup:${making.name}`),
        configurationEndpointAddress: `clustercfg.${making.name}.${making.digits.slice(0, 6)}.cache.amazonaws.com`,
      },
    }),
  },
  "aws:elasticache/subnetGroup:SubnetGroup": named((making) => ({
    id: making.name,
    outputs: { arn: arnOf(making, "elasticache", `subnetgroup:${making.name}`) },
  })),
  "aws:rds/cluster:Cluster": { nameInput: "clusterIdentifier", make: cluster },
  "aws:rds/clusterInstance:ClusterInstance": {
    nameInput: "identifier",
    make: (making) => ({
      id: making.name,
      outputs: {
        arn: arnOf(making, "rds", `db:${making.name}`),
        dbiResourceId: `db-${capitals(making)}`,
        endpoint: rdsHost(making, making.name),
        port: 5432,
      },
    }),
  },
  "aws:rds/clusterParameterGroup:ClusterParameterGroup": named((making) => ({
    id: making.name,
    outputs: { arn: arnOf(making, "rds", `cluster-pg:${making.name}`) },
  })),
  "aws:rds/globalCluster:GlobalCluster": {
    nameInput: "globalClusterIdentifier",
    make: (making) => ({
      id: making.name,
      outputs: {
        arn: globalArn(making, "rds", `global-cluster:${making.name}`, making.account),
        endpoint: `${making.name}.global-${making.digits.slice(0, 12)}.global.rds.amazonaws.com`,
        globalClusterResourceId: `cluster-${making.digits.slice(0, 16)}`,
      },
    }),
  },
  "aws:rds/instance:Instance": {
    nameInput: "identifier",
    make: (making) => ({
      id: `db-${capitals(making)}`,
      outputs: {
        address: rdsHost(making, making.name),
        arn: arnOf(making, "rds", `db:${making.name}`),
        endpoint: `${rdsHost(making, making.name)}:5432`,
        port: 5432,
        resourceId: `db-${capitals(making)}`,
      },
    }),
  },
  "aws:rds/parameterGroup:ParameterGroup": named((making) => ({
    id: making.name,
    outputs: { arn: arnOf(making, "rds", `pg:${making.name}`) },
  })),
  "aws:rds/subnetGroup:SubnetGroup": named((making) => ({
    id: making.name,
    outputs: { arn: arnOf(making, "rds", `subgrp:${making.name}`) },
  })),
};

function cluster(making: Making): Made {
  const { name } = making;
  return {
    id: name,
    outputs: {
      arn: arnOf(making, "rds", `cluster:${name}`),
      clusterResourceId: `cluster-${capitals(making)}`,
      endpoint: rdsHost(making, `${name}.cluster`, "-"),
      port: 5432,
      readerEndpoint: rdsHost(making, `${name}.cluster-ro`, "-"),
    },
  };
}

/** A host name of RDS, in which all of an account and Region share a part that says nothing. */
function rdsHost({ account, region }: Making, name: string, joint = "."): string {
  return `${name}${joint}c${account.slice(-8)}.${region}.rds.amazonaws.com`;
}
