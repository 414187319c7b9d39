import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { backupIntervalSeconds } from "../../runtime/core/cells/backup-interval.js";
import { keepBackupsDays, lockChangeableDays, lockMinDays } from "../../runtime/limits.js";
import type { Transform } from "../arguments.js";
import { type Cell, cellContract, cellPrefix } from "../cells/cell.js";
import type { KeyArns } from "../cells/keys.js";
import { inRegion, namedIn, type PerRegion, perRegion } from "../cells/regional.js";
import type { BackedUpStore } from "../iam/backup-policy.js";
import { onceThere } from "../named.js";
import { backUp } from "./backup-plans.js";
import { backupProblems } from "./backup-problems.js";
import { testRestores } from "./backup-restore-tests.js";
import { backupRole, restoreRole } from "./backup-roles.js";
import { type BackupTag, backupTagOf } from "./backup-tag.js";
import { backupVault } from "./backup-vaults.js";
import type { StoreObjectives } from "./objectives.js";

/** What a {@link BackupVaultPair} needs to know. */
export interface BackupVaultPairArgs {
  readonly cell: Cell;
  /** What the vaults are called within the cell; their name in both Regions is `<environment>-<cell>-<name>`. */
  readonly name: string;
  /** Customer key of each Region, by the Region's name: `keyArns` of a CellKey. */
  readonly keyArns: KeyArns;
  /** Kinds of stores that are backed up. The role may back up these and nothing else. */
  readonly stores: readonly BackedUpStore[];

  /** Tag of the stores that are backed up: their `backupTag`. That of `backupTagOf(cell)` by default. */
  readonly tag?: BackupTag;

  /** When backups are made, in UTC. Daily at five by default: `cron(0 5 ? * * *)`. */
  readonly schedule?: string;

  /**
   * How long a backup is kept, and as long its copy in the other Region.
   *
   * @unit days since a backup was made
   * @defaultValue 35
   */
  readonly keepBackupsDays?: number;

  /**
   * Whether the vaults refuse to delete early. Not by default. `governance`: until somebody with the
   * permission takes the lock off. `compliance`: nobody ever can, once `lockChangeableDays` are over.
   */
  readonly lockMode?: "governance" | "compliance";

  /**
   * Shortest time for which a locked vault takes backups.
   *
   * @unit days that a locked backup is kept at least
   * @defaultValue 2557
   */
  readonly lockMinDays?: number;

  /**
   * How long a lock of `compliance` can still be taken off.
   *
   * @unit days until a lock can no longer be taken off
   * @defaultValue 30
   */
  readonly lockChangeableDays?: number;

  /**
   * Names, within the cell, of GlobalTables without a replica: a role is made that restores them
   * under their own names in either Region, and nothing else. None by default.
   */
  readonly restoredTables?: readonly string[];

  /** ARN of the role with which copies are restored on trial in the recovery Region. No trials without it. */
  readonly restoreRoleArn?: pulumi.Input<string>;

  /** When copies are restored on trial, in UTC. Monthly by default: `cron(0 6 1 * ? *)`. */
  readonly restoreSchedule?: string;

  /** What is promised of what is backed up; policies compare it with what the kind of copy can hold. */
  readonly objectives?: StoreObjectives;

  /** Whether the vaults outlive a mistake, and refuse to delete backups by hand. True by default. */
  readonly keepData?: boolean;

  /** Last word on each vault's arguments. Names must stay. */
  readonly transformVault?: Transform<aws.backup.VaultArgs>;

  /** Last word on each plan's arguments. */
  readonly transformPlan?: Transform<aws.backup.PlanArgs>;
}

/** A vault in each Region of a cell, and plans by which each holds copies of the other's backups. */
export class BackupVaultPair extends pulumi.ComponentResource {
  /** Name of the vaults, the same in both Regions. */
  readonly vaultName: pulumi.Output<string>;
  /** ARN of the vault in each Region, by the Region's name. */
  readonly vaultArns: PerRegion<pulumi.Output<string>>;
  /** ARN of the role with which AWS Backup backs up, and copies from Region to Region. */
  readonly backupRoleArn: pulumi.Output<string>;
  /** ARN of the role with which it restores `restoredTables`; absent where there are none. */
  readonly restoreRoleArn?: pulumi.Output<string>;

  constructor(name: string, args: BackupVaultPairArgs, opts?: pulumi.ComponentResourceOptions) {
    const { cell, lockMode, restoreRoleArn, restoredTables = [] } = args;
    const schedule = args.schedule ?? "cron(0 5 ? * * *)";
    const backedUpEverySeconds = backupIntervalSeconds(schedule);
    const contract = {
      ...cellContract(cell),
      name: args.name,
      mechanism: "backup-copy",
      stores: args.stores,
      tag: args.tag ?? backupTagOf(cell),
      schedule,
      ...(backedUpEverySeconds !== undefined && { backedUpEverySeconds }),
      keepBackupsDays: args.keepBackupsDays ?? keepBackupsDays.default,
      keepData: args.keepData ?? true,
      ...(lockMode !== undefined && {
        lockMode,
        lockMinDays: args.lockMinDays ?? lockMinDays.default,
      }),
      ...(lockMode === "compliance" && {
        lockChangeableDays: args.lockChangeableDays ?? lockChangeableDays.default,
      }),
      ...(restoredTables.length > 0 && { restoredTables }),
      ...(restoreRoleArn !== undefined && {
        restoreSchedule: args.restoreSchedule ?? "cron(0 6 1 * ? *)",
      }),
      ...(args.objectives && { objectives: args.objectives }),
    };
    super("aws-dr:data:BackupVaultPair", name, contract, opts);
    backupProblems(args, contract).refuse(this);
    const child = { parent: this };

    const named = perRegion(cell, (region) =>
      namedIn(cell, region, "backup", "backup-vault:", `${cellPrefix(cell)}-${args.name}`),
    );
    const vaults = perRegion(cell, (region) =>
      backupVault(name, inRegion(named, region), region, args, contract, child),
    );
    this.vaultArns = perRegion(cell, (region) =>
      onceThere(inRegion(vaults, region).name, inRegion(named, region)),
    );
    const roleArn = backupRole(name, args, named, child);
    this.backupRoleArn = roleArn;
    if (restoredTables.length > 0) {
      this.restoreRoleArn = restoreRole(name, args, restoredTables, child);
    }
    perRegion(cell, (from, to) => {
      const vaultName = inRegion(vaults, from).name;
      const copyTo = inRegion(this.vaultArns, to);
      return backUp(name, { region: from, vaultName, copyTo, roleArn }, args, contract, child);
    });
    if (contract.restoreSchedule !== undefined && restoreRoleArn !== undefined) {
      testRestores(
        name,
        {
          cell,
          name: args.name,
          stores: args.stores,
          roleArn: restoreRoleArn,
          schedule: contract.restoreSchedule,
          vaultArn: inRegion(this.vaultArns, cell.regions.recovery),
        },
        child,
      );
    }

    this.vaultName = inRegion(vaults, cell.regions.primary).name;
    this.registerOutputs({
      ...contract,
      vaultName: this.vaultName,
      vaultArns: this.vaultArns,
      backupRoleArn: this.backupRoleArn,
      ...(this.restoreRoleArn && { restoreRoleArn: this.restoreRoleArn }),
    });
  }
}
