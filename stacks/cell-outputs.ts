import * as pulumi from "@pulumi/pulumi";
import { backupTagOf } from "../components/index.js";
import type { StoreCopy } from "../runtime/core/cells/copies.js";
import { promiseOf } from "../runtime/environment/cells/promise.js";
import type { CellDeclaration } from "../runtime/environment/schema.js";
import type { CellOutputs } from "../runtime/runbook/outputs/cell.js";
import type { DeployedCell } from "./cells/cell.js";
import { imagesName, inCell } from "./cells/named.js";

/** A value of which any part may not be known yet. */
type Pending<T> =
  | pulumi.Output<T>
  | (T extends readonly (infer Item)[]
      ? readonly Pending<Item>[]
      : T extends object
        ? { readonly [Key in keyof T]: Pending<T[Key]> }
        : T);

/** What a cell tells of itself, before it is deployed. */
export type PendingCellOutputs = Pending<CellOutputs>;

/** All of a deployed cell that an operator must know in a disaster. */
export function cellOutputs(deployed: DeployedCell): PendingCellOutputs {
  const { declaration, storesKey, topics, watch } = deployed;
  const { name, account, residency, regions, strategy, objectives } = declaration;
  return {
    name,
    account,
    residency,
    regions,
    strategy,
    objectives,
    copies: promiseOf(declaration).stores.map(copyOutputs),
    keyArns: bothOf(declaration, storesKey.keyArns),
    topicArns: bothOf(declaration, topics.topicArns),
    ...(watch &&
      declaration.watch && {
        watch: {
          decisionAlarmArns: bothOf(declaration, watch.alarms.decisionAlarmArns),
          detectionSeconds: declaration.watch.unhealthyMinutes * 60,
        },
      }),
    ...computeOutputs(deployed),
    ...databaseOutputs(deployed),
    ...storeOutputs(deployed),
    ...trafficOutputs(deployed),
  };
}

type Copy = CellOutputs["copies"][number];

/** A copy with what decides of its objectives. Its mechanism is one of ours: the schema reads no other. */
function copyOutputs({ name, mechanism, ...settings }: StoreCopy): Copy {
  const { activationSeconds, onPartition, enforcedRpoSeconds, stores, keptDays } = settings;
  const { backedUpEverySeconds } = settings;
  return {
    name,
    mechanism: mechanism as Copy["mechanism"],
    ...(activationSeconds !== undefined && { activationSeconds }),
    ...(onPartition !== undefined && { onPartition }),
    ...(enforcedRpoSeconds !== undefined && { enforcedRpoSeconds }),
    ...(backedUpEverySeconds !== undefined && { backedUpEverySeconds }),
    ...(stores !== undefined && { stores: [...stores] }),
    ...(keptDays !== undefined && { keptDays }),
  };
}

/** What there is of a thing in each Region, by the side that the Region has. */
function bothOf<T>({ regions }: CellDeclaration, made: Readonly<Record<string, T>>) {
  return { primary: at(made, regions.primary), recovery: at(made, regions.recovery) };
}

function at<T>(made: Readonly<Record<string, T>>, region: string): T {
  const found = made[region];
  if (found === undefined) throw new Error(`there must be something in ${region}, got nothing`);
  return found;
}

function computeOutputs({ declaration, compute }: DeployedCell) {
  const { regions } = declaration;
  const services = declaration.services.map(({ name, healthCheckPath, tasks }) => {
    const made = compute.services.get(name) ?? {};
    const side = (region: string, counted: typeof tasks.primary) => {
      const { clusterName, serviceName, scalableResourceId, loadBalancerDnsName } = at(
        made,
        region,
      );
      return { clusterName, serviceName, scalableResourceId, loadBalancerDnsName, tasks: counted };
    };
    return {
      name,
      healthCheckPath,
      primary: side(regions.primary, tasks.primary),
      ...(tasks.recovery && { recovery: side(regions.recovery, tasks.recovery) }),
    };
  });
  const clusters = declaration.clusters.map(({ name, nodes }) => {
    const made = bothOf(declaration, compute.clusters.get(name) ?? {});
    const side = (key: "primary" | "recovery") => {
      const { clusterName, nodeGroupName } = made[key];
      return { clusterName, nodeGroupName, nodes: nodes[key] };
    };
    return { name, primary: side("primary"), recovery: side("recovery") };
  });
  return { services, clusters };
}

function databaseOutputs({ declaration, databases }: DeployedCell) {
  const auroraDatabases = declaration.auroraDatabases.flatMap((declared) => {
    const { name, headless, onPartition, instanceClass } = declared;
    const made = databases.auroraDatabases.get(name);
    if (made === undefined) return [];
    const { globalClusterIdentifier, writerEndpoint } = made;
    const members = mapped(bothOf(declaration, made.members), (member) => ({
      clusterIdentifier: member.clusterIdentifier,
      clusterArn: member.clusterArn,
      clusterEndpoint: member.clusterEndpoint,
      instanceParameterGroupName: member.instanceParameterGroupName,
      clusterParameterGroupName: member.clusterParameterGroupName,
    }));
    const settings = { name, headless, onPartition, instanceClass };
    return [{ ...settings, globalClusterIdentifier, writerEndpoint, members }];
  });
  const replicatedDatabases = declaration.replicatedDatabases.flatMap((declared) => {
    const { name } = declared;
    const made = databases.replicatedDatabases.get(name);
    if (made === undefined) return [];
    const { instanceClass, replicaInstanceClass, backupRetentionDays } = made.settings;
    const { replicaBackupWindow: backupWindow, maxAllocatedGibibytes } = made.settings;
    const { primary, recovery } = bothOf(declaration, made.instances);
    const side = (instance: typeof primary, ofClass: string) => ({
      identifier: instance.identifier,
      instanceArn: instance.instanceArn,
      address: instance.address,
      instanceClass: ofClass,
      securityGroupId: instance.securityGroupId,
      parameterGroupName: instance.parameterGroupName,
    });
    const instances = {
      primary: side(primary, instanceClass),
      recovery: side(recovery, replicaInstanceClass),
    };
    const { keepData } = declaration;
    const backups = { backupRetentionDays, backupWindow };
    return [{ name, ...backups, maxAllocatedGibibytes, keepData, instances }];
  });
  const caches = declaration.caches.flatMap(({ name }) => {
    const made = databases.caches.get(name);
    if (made === undefined) return [];
    const { globalReplicationGroupId } = made;
    const members = mapped(bothOf(declaration, made.members), (member) => ({
      replicationGroupId: member.replicationGroupId,
      configurationEndpoint: member.configurationEndpoint,
    }));
    return [{ name, globalReplicationGroupId, members }];
  });
  return { auroraDatabases, replicatedDatabases, caches };
}

function mapped<T, R>(
  { primary, recovery }: { readonly primary: T; readonly recovery: T },
  make: (side: T) => R,
) {
  return { primary: make(primary), recovery: make(recovery) };
}

/** A table, and of one without a replica what a restore leaves out of it. */
function tableOutputs({ declaration, cell, stores }: DeployedCell) {
  const { keepData } = declaration;
  return declaration.tables.flatMap(({ name, replicated, ttlAttribute }) => {
    const made = stores.tables.get(name);
    if (made === undefined) return [];
    const { tableName } = made;
    if (replicated) return [{ name, tableName }];
    const left = { keepData, backupTag: backupTagOf(cell) };
    return [
      {
        name,
        tableName,
        restored: { ...left, ...(ttlAttribute !== undefined && { ttlAttribute }) },
      },
    ];
  });
}

function storeOutputs(deployed: DeployedCell) {
  const { declaration, cell, stores } = deployed;
  const { backups } = stores;
  return {
    tables: tableOutputs(deployed),
    buckets: [...stores.buckets].map(([name, made]) => ({
      name,
      bucketNames: bothOf(declaration, made.bucketNames),
    })),
    queues: declaration.queues.flatMap(({ name, pattern, onRecovery }) => {
      const made = stores.queues.get(name);
      if (made === undefined) return [];
      const queueUrls = bothOf(declaration, made.queueUrls);
      return [
        { name, pattern, onRecovery, queueUrls, queueArns: bothOf(declaration, made.queueArns) },
      ];
    }),
    secrets: [...stores.secrets].map(([name, { secretName }]) => ({ name, secretName })),
    repositories: (declaration.images?.repositories ?? []).map(
      (repository) => `${inCell(cell, imagesName)}/${repository}`,
    ),
    ...(backups && { backupVault: backups.vaultName }),
    ...(backups?.restoreRoleArn && {
      backupRoles: { backUp: backups.backupRoleArn, restore: backups.restoreRoleArn },
    }),
  };
}

function trafficOutputs({ declaration, traffic: made }: DeployedCell) {
  const { traffic } = declaration;
  const promised = promiseOf(declaration).traffic;
  if (traffic === undefined || promised === undefined) return {};
  const { turnsBy, routing, records } = traffic;
  const { requestIntervalSeconds, failureThreshold, ttlSeconds } = promised.dns;
  const { takeOver, controls } = made;
  return {
    traffic: {
      turnsBy,
      routing,
      records,
      dns: { requestIntervalSeconds, failureThreshold, ttlSeconds },
      ...(takeOver && { flags: bothOf(declaration, takeOver.flags) }),
      ...(controls && {
        controls: {
          controlArns: bothOf(declaration, controls.controlArns),
          endpoints: pulumi.output(controls.cluster.endpoints).apply((known) => [...known]),
        },
      }),
    },
  };
}
