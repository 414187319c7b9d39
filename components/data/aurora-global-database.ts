import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { headlessInstanceSeconds, mechanisms } from "../../runtime/core/cells/mechanisms.js";
import {
  backupRetentionDays,
  databaseInstances,
  enforcedRpoSeconds,
  lagAlarmMilliseconds,
  logRetentionDays,
} from "../../runtime/limits.js";
import { type Transform, unchanged } from "../arguments.js";
import { type Cell, cellContract } from "../cells/cell.js";
import { checkedKeyArn, type KeyArns } from "../cells/keys.js";
import type { PerRegion } from "../cells/regional.js";
import { onceThere } from "../named.js";
import { auroraMember, type GlobalMember } from "./aurora-member.js";
import { globalClusterOf } from "./aurora-names.js";
import { auroraProblems } from "./aurora-problems.js";
import type { BackupTag } from "./backup-tag.js";
import type { StoreObjectives } from "./objectives.js";
import type { StorePlacements } from "./placement.js";

/** What an {@link AuroraGlobalDatabase} needs to know. */
export interface AuroraGlobalDatabaseArgs {
  readonly cell: Cell;
  /** Name of the database within its cell; all identifiers begin `<environment>-<cell>-<name>`. */
  readonly name: string;
  /** Where it stands in each of the two Regions, under the Region's name. */
  readonly placements: StorePlacements;
  /** Key that encrypts in each Region, such as `keyArns` of a CellKey. AWS takes no key of another Region. */
  readonly keyArns: KeyArns;
  /** Version of Aurora PostgreSQL, such as `16.6`. Raised in the global cluster, which takes its members along. */
  readonly engineVersion: string;

  /**
   * What happens when the Regions cannot reach each other: `block-commits` enforces
   * `enforcedRpoSeconds` and refuses writes instead of losing more; `keep-committing` stays available,
   * and what is lost in a failover is only observed. There is no default: it is the business that chooses.
   */
  readonly onPartition: "block-commits" | "keep-committing";

  /**
   * With `block-commits`: how far the other Region may lag before commits wait.
   *
   * @unit seconds
   * @defaultValue 60
   */
  readonly enforcedRpoSeconds?: number;

  /**
   * With `block-commits`: Region whose member enforces it, that which writes. The other one keeps
   * Aurora's default, because a new writer whose only secondary is lost would block every commit.
   * Name the other Region once the global database is whole again after a failover, and deploy.
   *
   * @defaultValue the cell's primary Region
   */
  readonly rpoEnforcedIn?: string;

  /**
   * First password of the master user. Change it as soon as the database stands, and keep the new one
   * in `masterSecretName`: Pulumi keeps what it was given in its state, encrypted, write-only or not.
   * Later deployments ignore it.
   */
  readonly firstPassword: pulumi.Input<string>;
  /** Secret of Secrets Manager, replicated to both Regions, that holds the master user's password of today. */
  readonly masterSecretName: string;
  /** @defaultValue "postgres" */
  readonly masterUsername?: string;
  /** Database that the cluster is born with; none when absent. */
  readonly databaseName?: string;

  /**
   * Class of every instance. A global database takes no burstable (T) classes.
   *
   * @defaultValue "db.r6g.large"
   */
  readonly instanceClass?: string;

  /**
   * Instances in each Region.
   *
   * @unit instances in a Region
   * @defaultValue 2
   */
  readonly instancesPerRegion?: number;

  /**
   * Whether the recovery Region holds storage alone. It costs no instances, and a failover must make
   * one first, which takes some ten minutes where AWS has the capacity.
   *
   * @defaultValue false
   */
  readonly headless?: boolean;

  /**
   * Whether readers take writes and forward them to the writer's Region: at least one round trip a
   * statement, and no DDL.
   *
   * @defaultValue false
   */
  readonly writeForwarding?: boolean;

  /**
   * How long automatic backups are kept in each Region, and the snapshot of a lost primary with them.
   *
   * @unit days
   * @defaultValue 35
   */
  readonly backupRetentionDays?: number;

  /**
   * Lag at which the alarms of both Regions go off.
   *
   * @unit milliseconds
   * @defaultValue 5000
   */
  readonly lagAlarmMilliseconds?: number;

  /**
   * How long PostgreSQL's logs are kept.
   *
   * @unit days, one of the periods that CloudWatch Logs knows
   * @defaultValue 365
   */
  readonly logRetentionDays?: number;

  /**
   * Key that encrypts the database's logs in each Region. Its policy must let CloudWatch Logs use it,
   * as the caller `logs` of a CellKey does. CloudWatch Logs' own when absent.
   */
  readonly logKeyArns?: KeyArns;

  /** Parameters of every member beside TLS and the RPO. Static ones wait for a reboot. */
  readonly clusterParameters?: Readonly<Record<string, string>>;
  /** Parameters of every instance. Static ones wait for a reboot. */
  readonly instanceParameters?: Readonly<Record<string, string>>;
  /** Tag of the cluster of each Region, by which a BackupVaultPair finds both. None by default. */
  readonly backupTag?: BackupTag;
  /** What is promised of this database; policies compare it with what the settings can hold. */
  readonly objectives?: StoreObjectives;

  /**
   * Whether the data outlives a mistake: then Pulumi and RDS refuse to delete clusters and instances.
   * To remove the database for good, deploy it once with `false`, then destroy it.
   *
   * @defaultValue true
   */
  readonly keepData?: boolean;

  /** Last word on each member's arguments. Identifiers must stay. */
  readonly transformCluster?: Transform<aws.rds.ClusterArgs>;
  /** Last word on each instance's arguments. Identifiers must stay. */
  readonly transformInstance?: Transform<aws.rds.ClusterInstanceArgs>;
}

/**
 * One Aurora PostgreSQL database over two Regions: a member that writes and one that follows. AWS
 * moves the writer when it is told to, never by itself; nothing of this component puts it back.
 */
export class AuroraGlobalDatabase extends pulumi.ComponentResource {
  /** What FailoverGlobalCluster and SwitchoverGlobalCluster take first. */
  readonly globalClusterIdentifier: pulumi.Output<string>;
  readonly globalClusterArn: pulumi.Output<string>;
  /** Always leads to the member that writes, within the reach of its private addresses. */
  readonly writerEndpoint: pulumi.Output<string>;
  /** The member in each Region, under the Region's name. */
  readonly members: PerRegion<GlobalMember>;

  constructor(
    name: string,
    args: AuroraGlobalDatabaseArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    const settings = settingsOf(args);
    const contract = contractOf(args, settings);
    super("aws-dr:data:AuroraGlobalDatabase", name, contract, opts);
    auroraProblems(args, settings).refuse(this);
    const { cell, keepData = true } = args;
    const { primary, recovery } = cell.regions;
    const child = { parent: this };
    const kept = { ...child, protect: keepData };

    const named = globalClusterOf(args);
    const globalCluster = new aws.rds.GlobalCluster(
      `${name}-global`,
      {
        region: primary,
        globalClusterIdentifier: named.name,
        engine: "aurora-postgresql",
        engineVersion: args.engineVersion,
        storageEncrypted: true,
        deletionProtection: keepData,
      },
      kept,
    );
    const member = (region: string, after: readonly pulumi.Resource[]) =>
      auroraMember(name, {
        args,
        settings,
        region,
        kmsKeyArn: checkedKeyArn(this, cell, args.keyArns, region),
        logKeyArn:
          args.logKeyArns && checkedKeyArn(this, cell, args.logKeyArns, region, "logKeyArns"),
        globalCluster,
        after,
        child,
        kept,
        transformCluster: args.transformCluster ?? unchanged,
        transformInstance: args.transformInstance ?? unchanged,
      });
    const writer = member(primary, []);
    const follower = member(recovery, writer.instances);

    this.globalClusterIdentifier = globalCluster.globalClusterIdentifier;
    this.globalClusterArn = onceThere(this.globalClusterIdentifier, named);
    this.writerEndpoint = globalCluster.endpoint;
    this.members = { [primary]: writer.reference, [recovery]: follower.reference };
    this.registerOutputs({
      ...contract,
      globalClusterIdentifier: this.globalClusterIdentifier,
      globalClusterArn: this.globalClusterArn,
      writerEndpoint: this.writerEndpoint,
      members: this.members,
    });
  }
}

/** What holds where the user said nothing. */
export interface AuroraSettings {
  readonly enforcedRpoSeconds: number;
  readonly rpoEnforcedIn: string;
  readonly instanceClass: string;
  readonly instancesPerRegion: number;
  readonly backupRetentionDays: number;
  readonly lagAlarmMilliseconds: number;
  readonly logRetentionDays: number;
}

function settingsOf(args: AuroraGlobalDatabaseArgs): AuroraSettings {
  return {
    enforcedRpoSeconds: args.enforcedRpoSeconds ?? enforcedRpoSeconds.default,
    rpoEnforcedIn: args.rpoEnforcedIn ?? args.cell.regions.primary,
    instanceClass: args.instanceClass ?? "db.r6g.large",
    instancesPerRegion: args.instancesPerRegion ?? databaseInstances.default,
    backupRetentionDays: args.backupRetentionDays ?? backupRetentionDays.default,
    lagAlarmMilliseconds: args.lagAlarmMilliseconds ?? lagAlarmMilliseconds.default,
    logRetentionDays: args.logRetentionDays ?? logRetentionDays.default,
  };
}

function contractOf(args: AuroraGlobalDatabaseArgs, settings: AuroraSettings) {
  const { cell, headless = false, onPartition, objectives } = args;
  const mechanism = "aurora-global-database" as const;
  const { activationSeconds } = mechanisms[mechanism];
  const { instanceClass, instancesPerRegion, lagAlarmMilliseconds } = settings;
  return {
    ...cellContract(cell),
    name: args.name,
    mechanism,
    activationSeconds: activationSeconds + (headless ? headlessInstanceSeconds : 0),
    engineVersion: args.engineVersion,
    onPartition,
    ...(onPartition === "block-commits" && {
      enforcedRpoSeconds: settings.enforcedRpoSeconds,
      rpoEnforcedIn: settings.rpoEnforcedIn,
    }),
    instanceClass,
    instances: {
      [cell.regions.primary]: instancesPerRegion,
      [cell.regions.recovery]: headless ? 0 : instancesPerRegion,
    },
    headless,
    writeForwarding: args.writeForwarding ?? false,
    backupRetentionDays: settings.backupRetentionDays,
    lagAlarmMilliseconds,
    masterSecretName: args.masterSecretName,
    keepData: args.keepData ?? true,
    ...(objectives && { objectives }),
  };
}
