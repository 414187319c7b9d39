import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { unchanged } from "../arguments.js";
import { resourcePolicy } from "../iam/document.js";
import type { Named } from "../named.js";
import type { BackupVaultPairArgs } from "./backup-vault-pair.js";

/** What is settled about the vaults, defaults filled in. */
export interface VaultSettings {
  readonly keepData: boolean;
  readonly lockMode?: string;
  readonly lockMinDays?: number;
  readonly lockChangeableDays?: number;
}

/** The vault of one Region with its lock, and a policy that lets nobody delete by hand. */
export function backupVault(
  name: string,
  named: Named,
  region: string,
  { keyArns, transformVault = unchanged }: BackupVaultPairArgs,
  { keepData, lockMode, lockMinDays, lockChangeableDays }: VaultSettings,
  child: pulumi.CustomResourceOptions,
): aws.backup.Vault {
  const kmsKeyArn = keyArns[region];
  // Nobody can empty a vault under compliance, so destroying the stack leaves it where it is.
  const kept = { ...child, protect: keepData, retainOnDelete: lockMode === "compliance" };
  const vault = new aws.backup.Vault(
    `${name}-${region}`,
    transformVault({
      region,
      name: named.name,
      forceDestroy: !keepData,
      ...(kmsKeyArn !== undefined && { kmsKeyArn }),
    }),
    kept,
  );
  const of = { region, backupVaultName: vault.name };
  if (keepData) {
    const policy = JSON.stringify(keepBackups(named));
    new aws.backup.VaultPolicy(`${name}-policy-${region}`, { ...of, policy }, child);
  }
  if (lockMode !== undefined) {
    const lock = {
      ...of,
      ...(lockMinDays !== undefined && { minRetentionDays: lockMinDays }),
      ...(lockChangeableDays !== undefined && { changeableForDays: lockChangeableDays }),
    };
    new aws.backup.VaultLockConfiguration(`${name}-lock-${region}`, lock, kept);
  }
  return vault;
}

/** Backups still end by their age: the service itself asks no policy. */
function keepBackups({ arn }: Named) {
  return resourcePolicy(
    {
      Sid: "NobodyDeletes",
      Effect: "Deny",
      Principal: "*",
      Action: ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"],
      Resource: ["*"],
    },
    {
      Sid: "NobodyRemovesTheVault",
      Effect: "Deny",
      Principal: "*",
      Action: ["backup:DeleteBackupVault"],
      Resource: [arn],
    },
  );
}
