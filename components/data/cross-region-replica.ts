import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { mechanisms } from "../../runtime/core/cells/mechanisms.js";
import {
  backupRetentionDays,
  databaseGibibytes,
  logRetentionDays,
  replicaLagSeconds,
  slotLagGibibytes,
} from "../../runtime/limits.js";
import type { Transform } from "../arguments.js";
import { type Cell, cellContract } from "../cells/cell.js";
import { checkedKeyArn, type KeyArns } from "../cells/keys.js";
import type { PerRegion } from "../cells/regional.js";
import type { BackupTag } from "./backup-tag.js";
import type { StoreObjectives } from "./objectives.js";
import type { StorePlacements } from "./placement.js";
import { type ReplicaInstance, replicaSide } from "./replica-instance.js";
import { replicaProblems } from "./replica-problems.js";

/** What a {@link CrossRegionReplica} needs to know. */
export interface CrossRegionReplicaArgs {
  readonly cell: Cell;
  /** Name of the database within its cell; all identifiers begin `<environment>-<cell>-<name>`. */
  readonly name: string;
  /** Where it stands in each of the two Regions, under the Region's name. */
  readonly placements: StorePlacements;
  /** Key that encrypts in each Region, such as `keyArns` of a CellKey. AWS takes no key of another Region. */
  readonly keyArns: KeyArns;
  /** Version of PostgreSQL, such as `16.6`, of source and replica. */
  readonly engineVersion: string;

  /**
   * Class of the source.
   *
   * @defaultValue "db.r6g.large"
   */
  readonly instanceClass?: string;

  /**
   * Class of the replica. A smaller one must grow after the promotion, which takes a restart; then
   * deployments leave the replica's class alone.
   *
   * @defaultValue the source's
   */
  readonly replicaInstanceClass?: string;

  /**
   * Whether the replica stands in two zones from the first day. Otherwise that is a second, later
   * modification, after the promotion, which deployments leave alone.
   *
   * @defaultValue true
   */
  readonly replicaMultiAz?: boolean;

  /**
   * Storage to begin with.
   *
   * @unit GiB
   * @defaultValue 100
   */
  readonly allocatedGibibytes?: number;

  /**
   * Storage up to which RDS grows by itself.
   *
   * @unit GiB
   * @defaultValue twice `allocatedGibibytes`
   */
  readonly maxAllocatedGibibytes?: number;

  /**
   * How long automatic backups are kept in each Region.
   *
   * @unit days
   * @defaultValue 35
   */
  readonly backupRetentionDays?: number;

  /**
   * When the replica is backed up, in UTC. RDS refuses a promotion meanwhile: keep it away from drills.
   *
   * @defaultValue "03:00-03:30"
   */
  readonly replicaBackupWindow?: string;

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
  /** Database that the instance is born with; none when absent. */
  readonly databaseName?: string;

  /**
   * Replica lag at which the recovery Region's alarm goes off. An idle source shows up to five
   * minutes: let something write every few seconds.
   *
   * @unit seconds
   * @defaultValue 60
   */
  readonly lagAlarmSeconds?: number;

  /**
   * What the source keeps for a replica that does not follow, before its alarm goes off.
   *
   * @unit GiB
   * @defaultValue 10
   */
  readonly slotLagAlarmGibibytes?: number;

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

  /** Parameters of source and replica beside TLS. Static ones wait for a reboot. */
  readonly parameters?: Readonly<Record<string, string>>;
  /**
   * Tag by which a BackupVaultPair finds the source, which alone carries it: RDS refuses to promote a
   * replica while it is backed up. None by default.
   */
  readonly backupTag?: BackupTag;
  /** What is promised of this database; policies compare it with what the settings can hold. */
  readonly objectives?: StoreObjectives;

  /**
   * Whether the data outlives a mistake: then Pulumi and RDS refuse to delete source and replica. To
   * remove them for good, deploy once with `false`, then destroy.
   *
   * @defaultValue true
   */
  readonly keepData?: boolean;

  /** Last word on the arguments of source and replica. Identifiers must stay. */
  readonly transformInstance?: Transform<aws.rds.InstanceArgs>;
}

/**
 * An RDS PostgreSQL database in two zones of the primary Region, and its physical replica in the
 * recovery Region. A promotion is for good: the way back is another replica.
 */
export class CrossRegionReplica extends pulumi.ComponentResource {
  /** Source and replica, under the name of the Region. */
  readonly instances: PerRegion<ReplicaInstance>;
  /** Sizes, storage and backups, with what holds where nothing was said: those of a new replica too. */
  readonly settings: ReplicaSettings;

  constructor(name: string, args: CrossRegionReplicaArgs, opts?: pulumi.ComponentResourceOptions) {
    const settings = settingsOf(args);
    const contract = contractOf(args, settings);
    super("aws-dr:data:CrossRegionReplica", name, contract, opts);
    replicaProblems(args, settings).refuse(this);
    const { cell, keyArns, logKeyArns } = args;
    const { primary, recovery } = cell.regions;
    const side = (region: string, sourceArn?: pulumi.Output<string>) =>
      replicaSide(name, {
        args,
        settings,
        region,
        kmsKeyArn: checkedKeyArn(this, cell, keyArns, region),
        logKeyArn: logKeyArns && checkedKeyArn(this, cell, logKeyArns, region, "logKeyArns"),
        ...(sourceArn && { sourceArn }),
        child: { parent: this },
      });
    const source = side(primary);
    const replica = side(recovery, source.instanceArn);

    this.settings = settings;
    this.instances = { [primary]: source, [recovery]: replica };
    this.registerOutputs({ ...contract, instances: this.instances });
  }
}

/** What holds where the user said nothing. */
export interface ReplicaSettings {
  readonly instanceClass: string;
  readonly replicaInstanceClass: string;
  readonly replicaMultiAz: boolean;
  readonly allocatedGibibytes: number;
  readonly maxAllocatedGibibytes: number;
  readonly backupRetentionDays: number;
  readonly replicaBackupWindow: string;
  readonly lagAlarmSeconds: number;
  readonly slotLagAlarmGibibytes: number;
  readonly logRetentionDays: number;
}

function settingsOf(args: CrossRegionReplicaArgs): ReplicaSettings {
  const { instanceClass = "db.r6g.large", allocatedGibibytes = databaseGibibytes.default } = args;
  return {
    instanceClass,
    replicaInstanceClass: args.replicaInstanceClass ?? instanceClass,
    replicaMultiAz: args.replicaMultiAz ?? true,
    allocatedGibibytes,
    maxAllocatedGibibytes: args.maxAllocatedGibibytes ?? 2 * allocatedGibibytes,
    backupRetentionDays: args.backupRetentionDays ?? backupRetentionDays.default,
    replicaBackupWindow: args.replicaBackupWindow ?? "03:00-03:30",
    lagAlarmSeconds: args.lagAlarmSeconds ?? replicaLagSeconds.default,
    slotLagAlarmGibibytes: args.slotLagAlarmGibibytes ?? slotLagGibibytes.default,
    logRetentionDays: args.logRetentionDays ?? logRetentionDays.default,
  };
}

function contractOf(args: CrossRegionReplicaArgs, settings: ReplicaSettings) {
  const { cell, objectives } = args;
  const { primary, recovery } = cell.regions;
  const mechanism = "rds-cross-region-replica" as const;
  return {
    ...cellContract(cell),
    name: args.name,
    mechanism,
    mode: "physical" as const,
    activationSeconds: mechanisms[mechanism].activationSeconds,
    engineVersion: args.engineVersion,
    instanceClass: settings.instanceClass,
    replicaInstanceClass: settings.replicaInstanceClass,
    multiAz: { [primary]: true, [recovery]: settings.replicaMultiAz },
    backupRetentionDays: settings.backupRetentionDays,
    lagAlarmSeconds: settings.lagAlarmSeconds,
    masterSecretName: args.masterSecretName,
    keepData: args.keepData ?? true,
    ...(objectives && { objectives }),
  };
}
