import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { ignoredAfterFailover } from "../../runtime/core/cells/drift-guards.js";
import type { Transform } from "../arguments.js";
import { inRegion } from "../cells/regional.js";
import { onceThere } from "../named.js";
import type { AuroraGlobalDatabaseArgs, AuroraSettings } from "./aurora-global-database.js";
import { memberOf } from "./aurora-names.js";
import { taggedForBackup } from "./backup-tag.js";
import { postgresMajor, postgresParameters } from "./database-parameters.js";
import { lagAlarms } from "./lag-alarms.js";
import { storeAccess } from "./store-access.js";

/** What a failover, a failback and the clients of one Region need to know of its member. */
export interface GlobalMember {
  readonly clusterIdentifier: pulumi.Output<string>;
  readonly clusterArn: pulumi.Output<string>;
  /** Leads to the writer while this member writes, and to nothing while it follows. */
  readonly clusterEndpoint: pulumi.Output<string>;
  readonly readerEndpoint: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;
  /** For an instance that a failover must make in a Region without any. */
  readonly instanceParameterGroupName: pulumi.Output<string>;
  /** Where `rds.global_db_rpo` is set, or not. */
  readonly clusterParameterGroupName: pulumi.Output<string>;
  /** The composite over this Region's alarms of lag. */
  readonly lagAlarmArn: pulumi.Output<string>;
}

interface MemberArgs {
  readonly args: AuroraGlobalDatabaseArgs;
  readonly settings: AuroraSettings;
  readonly region: string;
  readonly kmsKeyArn: pulumi.Output<string>;
  readonly logKeyArn: pulumi.Output<string> | undefined;
  readonly globalCluster: aws.rds.GlobalCluster;
  /** What must be there before: for a secondary the primary's instances. */
  readonly after: readonly pulumi.Resource[];
  readonly child: pulumi.CustomResourceOptions;
  /** As `child`, for what holds data. */
  readonly kept: pulumi.CustomResourceOptions;
  readonly transformCluster: Transform<aws.rds.ClusterArgs>;
  readonly transformInstance: Transform<aws.rds.ClusterInstanceArgs>;
}

const port = 5432;
const clusterType = "aws:rds/cluster:Cluster";
const instanceType = "aws:rds/clusterInstance:ClusterInstance";

/** Only creation reads them: a member that was demoted since refuses a password. */
const readOnce = ["masterPasswordWo", "masterPasswordWoVersion"];

/**
 * One Region's cluster with its own parameters, network, instances, logs and alarms: a promotion
 * carries none of these over. Both members are alike but for the credentials, which only the first
 * writer is given; a secondary takes them from it.
 */
export function auroraMember(
  name: string,
  given: MemberArgs,
): { readonly reference: GlobalMember; readonly instances: readonly aws.rds.ClusterInstance[] } {
  const { args, settings, region, child } = given;
  const { cell, placements } = args;
  const placement = inRegion(placements, region);
  const named = memberOf(args, region);
  const access = storeAccess(name, { storeName: named.name, region, port, placement }, child);
  const cluster = memberCluster(name, given, access);
  const parameterGroup = new aws.rds.ParameterGroup(
    `${name}-instances-${region}`,
    {
      region,
      name: `${named.name}-pg${postgresMajor(args.engineVersion)}`,
      family: familyOf(args),
      description: `Instances of ${named.name}`,
      parameters: postgresParameters(args.instanceParameters),
    },
    child,
  );
  const instances = memberInstances(name, given, cluster, parameterGroup);
  const dimensions = { DBClusterIdentifier: named.name };
  const metric = { namespace: "AWS/RDS", dimensions, threshold: settings.lagAlarmMilliseconds };
  const lagAlarmArn = lagAlarms(
    name,
    {
      storeName: named.name,
      account: cell.account,
      region,
      metrics: [
        { role: "rpo", metricName: "AuroraGlobalDBRPOLag", ...metric },
        { role: "storage", metricName: "AuroraGlobalDBReplicationLag", ...metric },
      ],
      topicArns: placement.notificationTopicArns ?? [],
    },
    child,
  );
  return {
    instances,
    reference: {
      clusterIdentifier: cluster.clusterIdentifier,
      clusterArn: onceThere(cluster.clusterIdentifier, named),
      clusterEndpoint: cluster.endpoint,
      readerEndpoint: cluster.readerEndpoint,
      securityGroupId: access.id,
      instanceParameterGroupName: parameterGroup.name,
      clusterParameterGroupName: cluster.dbClusterParameterGroupName,
      lagAlarmArn,
    },
  };
}

function memberCluster(
  name: string,
  { args, settings, region, kmsKeyArn, globalCluster, after, child, kept, ...given }: MemberArgs,
  access: aws.ec2.SecurityGroup,
): aws.rds.Cluster {
  const { cell, keepData = true } = args;
  const identifier = memberOf(args, region).name;
  const subnets = new aws.rds.SubnetGroup(
    `${name}-subnets-${region}`,
    {
      region,
      name: identifier,
      description: `Subnets of ${identifier}`,
      subnetIds: inRegion(args.placements, region).subnetIds,
    },
    child,
  );
  const parameterGroup = new aws.rds.ClusterParameterGroup(
    `${name}-cluster-${region}`,
    {
      region,
      name: `${identifier}-pg${postgresMajor(args.engineVersion)}`,
      family: familyOf(args),
      description: `Member ${identifier}`,
      parameters: postgresParameters(args.clusterParameters, ownParameters(args, settings, region)),
    },
    child,
  );
  // RDS makes the group itself, to be kept for ever, when it finds none.
  const logs = new aws.cloudwatch.LogGroup(
    `${name}-logs-${region}`,
    {
      region,
      name: `/aws/rds/cluster/${identifier}/postgresql`,
      retentionInDays: settings.logRetentionDays,
      ...(given.logKeyArn !== undefined && { kmsKeyId: given.logKeyArn }),
    },
    child,
  );
  const cluster = given.transformCluster({
    region,
    clusterIdentifier: identifier,
    globalClusterIdentifier: globalCluster.id,
    engine: "aurora-postgresql",
    engineVersion: args.engineVersion,
    ...(region === cell.regions.primary
      ? credentials(args)
      : { sourceRegion: cell.regions.primary }),
    dbSubnetGroupName: subnets.name,
    dbClusterParameterGroupName: parameterGroup.name,
    vpcSecurityGroupIds: [access.id],
    port,
    storageEncrypted: true,
    kmsKeyId: kmsKeyArn,
    iamDatabaseAuthenticationEnabled: true,
    enableGlobalWriteForwarding: args.writeForwarding ?? false,
    backupRetentionPeriod: settings.backupRetentionDays,
    ...taggedForBackup(args.backupTag),
    copyTagsToSnapshot: true,
    enabledCloudwatchLogsExports: ["postgresql"],
    deletionProtection: keepData,
    skipFinalSnapshot: !keepData,
    finalSnapshotIdentifier: `${identifier}-final`,
  });
  return new aws.rds.Cluster(`${name}-${region}`, cluster, {
    ...kept,
    ignoreChanges: [...ignoredAfterFailover(clusterType), ...readOnce],
    dependsOn: [logs, ...after],
  });
}

function memberInstances(
  name: string,
  { args, settings, region, kmsKeyArn, kept, ...given }: MemberArgs,
  cluster: aws.rds.Cluster,
  parameterGroup: aws.rds.ParameterGroup,
): readonly aws.rds.ClusterInstance[] {
  const isHeadless = (args.headless ?? false) && region === args.cell.regions.recovery;
  const count = isHeadless ? 0 : settings.instancesPerRegion;
  const options = { ...kept, ignoreChanges: ignoredAfterFailover(instanceType) };
  return Array.from({ length: count }, (_, index) => {
    const instance = given.transformInstance({
      region,
      identifier: `${memberOf(args, region).name}-${index + 1}`,
      clusterIdentifier: cluster.id,
      engine: "aurora-postgresql",
      instanceClass: settings.instanceClass,
      dbParameterGroupName: parameterGroup.name,
      publiclyAccessible: false,
      autoMinorVersionUpgrade: false,
      performanceInsightsEnabled: true,
      performanceInsightsKmsKeyId: kmsKeyArn,
      performanceInsightsRetentionPeriod: 7, // days; more is paid for
      copyTagsToSnapshot: true,
    });
    return new aws.rds.ClusterInstance(`${name}-${region}-${index + 1}`, instance, options);
  });
}

/** A secondary that is given these is refused by RDS. */
function credentials(args: AuroraGlobalDatabaseArgs): Partial<aws.rds.ClusterArgs> {
  return {
    masterUsername: args.masterUsername ?? "postgres",
    masterPasswordWo: args.firstPassword,
    masterPasswordWoVersion: 1,
    ...(args.databaseName !== undefined && { databaseName: args.databaseName }),
  };
}

function ownParameters(
  { onPartition }: AuroraGlobalDatabaseArgs,
  { rpoEnforcedIn, enforcedRpoSeconds }: AuroraSettings,
  region: string,
): Readonly<Record<string, string>> {
  const isEnforced = onPartition === "block-commits" && region === rpoEnforcedIn;
  return {
    "rds.force_ssl": "1",
    ...(isEnforced && { "rds.global_db_rpo": String(enforcedRpoSeconds) }),
  };
}

function familyOf({ engineVersion }: AuroraGlobalDatabaseArgs): string {
  return `aurora-postgresql${postgresMajor(engineVersion)}`;
}
