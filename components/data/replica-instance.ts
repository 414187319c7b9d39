import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { ignoredAfterFailover } from "../../runtime/core/cells/drift-guards.js";
import { unchanged } from "../arguments.js";
import { cellPrefix } from "../cells/cell.js";
import { inRegion, namedIn } from "../cells/regional.js";
import { type Named, onceThere } from "../named.js";
import { taggedForBackup } from "./backup-tag.js";
import type { CrossRegionReplicaArgs, ReplicaSettings } from "./cross-region-replica.js";
import { postgresMajor, postgresParameters } from "./database-parameters.js";
import { type LagMetric, lagAlarms } from "./lag-alarms.js";
import { storeAccess } from "./store-access.js";

/** What a promotion and the clients of one Region need to know of its instance. */
export interface ReplicaInstance {
  readonly identifier: pulumi.Output<string>;
  readonly instanceArn: pulumi.Output<string>;
  /** Host name, the same before and after a promotion. */
  readonly address: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;
  readonly parameterGroupName: pulumi.Output<string>;
  /** The composite over this Region's alarms. */
  readonly lagAlarmArn: pulumi.Output<string>;
}

interface SideArgs {
  readonly args: CrossRegionReplicaArgs;
  readonly settings: ReplicaSettings;
  readonly region: string;
  readonly kmsKeyArn: pulumi.Output<string>;
  readonly logKeyArn: pulumi.Output<string> | undefined;
  /** Of a replica: what it follows, known at preview. */
  readonly sourceArn?: pulumi.Output<string>;
  readonly child: pulumi.CustomResourceOptions;
}

const port = 5432;
const bytesPerGibibyte = 1024 ** 3;

/** Only creation reads them; the password of today is in the secret. */
const readOnce = ["passwordWo", "passwordWoVersion"];

/** The instance of a Region. Identifiers end in the Region, because roles change. */
export function replicaInstanceOf(
  { cell, name }: Pick<CrossRegionReplicaArgs, "cell" | "name">,
  region: string,
): Named {
  return namedIn(cell, region, "rds", "db:", `${cellPrefix(cell)}-${name}-${region}`);
}

/** One Region's instance with its own parameters, network, logs and alarms. */
export function replicaSide(name: string, given: SideArgs): ReplicaInstance {
  const { args, settings, region, sourceArn, child } = given;
  const { cell, keepData = true, transformInstance = unchanged } = args;
  const placement = inRegion(args.placements, region);
  const named = replicaInstanceOf(args, region);
  const access = storeAccess(name, { storeName: named.name, region, port, placement }, child);
  const subnets = new aws.rds.SubnetGroup(
    `${name}-subnets-${region}`,
    {
      region,
      name: named.name,
      description: `Subnets of ${named.name}`,
      subnetIds: placement.subnetIds,
    },
    child,
  );
  const major = postgresMajor(args.engineVersion);
  const parameterGroup = new aws.rds.ParameterGroup(
    `${name}-parameters-${region}`,
    {
      region,
      name: `${named.name}-pg${major}`,
      family: `postgres${major}`,
      description: `Instance ${named.name}`,
      parameters: postgresParameters(args.parameters, { "rds.force_ssl": "1" }),
    },
    child,
  );
  // RDS makes the group itself, to be kept for ever, when it finds none.
  const logs = new aws.cloudwatch.LogGroup(
    `${name}-logs-${region}`,
    {
      region,
      name: `/aws/rds/instance/${named.name}/postgresql`,
      retentionInDays: settings.logRetentionDays,
      ...(given.logKeyArn !== undefined && { kmsKeyId: given.logKeyArn }),
    },
    child,
  );
  const instanceArgs = transformInstance({
    ...(sourceArn === undefined ? sourceArgs(given) : followingArgs(given, sourceArn)),
    region,
    identifier: named.name,
    engineVersion: args.engineVersion,
    dbSubnetGroupName: subnets.name,
    parameterGroupName: parameterGroup.name,
    vpcSecurityGroupIds: [access.id],
    deletionProtection: keepData,
    skipFinalSnapshot: !keepData,
    finalSnapshotIdentifier: `${named.name}-final`,
  });
  const instance = new aws.rds.Instance(`${name}-${region}`, instanceArgs, {
    ...child,
    protect: keepData,
    ignoreChanges: sourceArn === undefined ? readOnce : grownByHand(settings),
    dependsOn: [logs],
  });
  const lagAlarmArn = lagAlarms(
    name,
    {
      storeName: named.name,
      account: cell.account,
      region,
      metrics: [sourceArn === undefined ? slotLag(given, named) : replicaLag(given, named)],
      topicArns: placement.notificationTopicArns ?? [],
    },
    child,
  );
  return {
    identifier: instance.identifier,
    instanceArn: onceThere(instance.identifier, named),
    address: instance.address,
    securityGroupId: access.id,
    parameterGroupName: parameterGroup.name,
    lagAlarmArn,
  };
}

function sourceArgs({ args, settings, kmsKeyArn }: SideArgs): aws.rds.InstanceArgs {
  return {
    ...commonArgs(settings, kmsKeyArn),
    engine: "postgres",
    instanceClass: settings.instanceClass,
    multiAz: true,
    allocatedStorage: settings.allocatedGibibytes,
    ...taggedForBackup(args.backupTag),
    username: args.masterUsername ?? "postgres",
    passwordWo: args.firstPassword,
    passwordWoVersion: 1,
    ...(args.databaseName !== undefined && { dbName: args.databaseName }),
  };
}

/** What a failover changes of a replica: its source, and its size where it must grow to serve. */
function grownByHand(settings: ReplicaSettings): string[] {
  const isSmaller = settings.replicaInstanceClass !== settings.instanceClass;
  return [
    ...ignoredAfterFailover("aws:rds/instance:Instance"),
    ...(isSmaller ? ["instanceClass"] : []),
    ...(settings.replicaMultiAz ? [] : ["multiAz"]),
  ];
}

/** Engine, storage and credentials are the source's; RDS refuses them here. */
function followingArgs(
  { settings, kmsKeyArn }: SideArgs,
  sourceArn: pulumi.Output<string>,
): aws.rds.InstanceArgs {
  return {
    ...commonArgs(settings, kmsKeyArn),
    replicateSourceDb: sourceArn,
    instanceClass: settings.replicaInstanceClass,
    multiAz: settings.replicaMultiAz,
    backupWindow: settings.replicaBackupWindow,
  };
}

function commonArgs(settings: ReplicaSettings, kmsKeyArn: pulumi.Output<string>) {
  return {
    storageType: "gp3",
    maxAllocatedStorage: settings.maxAllocatedGibibytes,
    storageEncrypted: true,
    kmsKeyId: kmsKeyArn,
    port,
    publiclyAccessible: false,
    iamDatabaseAuthenticationEnabled: true,
    autoMinorVersionUpgrade: false,
    backupRetentionPeriod: settings.backupRetentionDays,
    copyTagsToSnapshot: true,
    enabledCloudwatchLogsExports: ["postgresql"],
    performanceInsightsEnabled: true,
    performanceInsightsKmsKeyId: kmsKeyArn,
    performanceInsightsRetentionPeriod: 7, // days; more is paid for
  };
}

function replicaLag({ settings }: SideArgs, { name }: Named): LagMetric {
  return {
    role: "replica",
    namespace: "AWS/RDS",
    metricName: "ReplicaLag",
    dimensions: { DBInstanceIdentifier: name },
    threshold: settings.lagAlarmSeconds,
  };
}

function slotLag({ settings }: SideArgs, { name }: Named): LagMetric {
  return {
    role: "slot",
    namespace: "AWS/RDS",
    metricName: "OldestReplicationSlotLag",
    dimensions: { DBInstanceIdentifier: name },
    threshold: settings.slotLagAlarmGibibytes * bytesPerGibibyte,
  };
}
