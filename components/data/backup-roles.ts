import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { cellPrefix, regionsOf } from "../cells/cell.js";
import { type PerRegion, roleOf } from "../cells/regional.js";
import { backupKeysPolicy, backupPolicy } from "../iam/backup-policy.js";
import { type PolicyDocument, trustService } from "../iam/document.js";
import { restoreTablesPolicy } from "../iam/restore-policy.js";
import type { Named } from "../named.js";
import type { BackupVaultPairArgs } from "./backup-vault-pair.js";

/** The role with which AWS Backup backs up and copies in both Regions. */
export function backupRole(
  name: string,
  args: BackupVaultPairArgs,
  vaults: PerRegion<Named>,
  child: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const duty = {
    resource: `${name}-role`,
    role: "backup",
    does: "backs up and copies",
    policyName: "back-up",
    policy: backupPolicy(args.cell, args.stores, Object.values(vaults)),
  };
  return roleOfBackup(duty, args, child);
}

/** The role with which it restores tables of which backups are the only copy, and nothing else. */
export function restoreRole(
  name: string,
  args: BackupVaultPairArgs,
  tables: readonly string[],
  child: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const duty = {
    resource: `${name}-restore-role`,
    role: "restore",
    does: "restores tables",
    policyName: "restore",
    policy: restoreTablesPolicy(args.cell, tables),
  };
  return roleOfBackup(duty, args, child);
}

/** What a role is for, and what it is called. */
interface Duty {
  readonly resource: string;
  readonly role: string;
  readonly does: string;
  readonly policyName: string;
  readonly policy: PolicyDocument;
}

function roleOfBackup(
  { resource, role: kind, does, policyName, policy }: Duty,
  { cell, name: pair, keyArns }: BackupVaultPairArgs,
  child: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const named = roleOf(cell, `${cellPrefix(cell)}-${pair}-${kind}`);
  const role = new aws.iam.Role(
    resource,
    {
      name: named.name,
      description: `Cell ${cellPrefix(cell)}: AWS Backup ${does}`,
      assumeRolePolicy: JSON.stringify(trustService("backup.amazonaws.com")),
    },
    child,
  );
  const rights = new aws.iam.RolePolicy(
    `${resource}-policy`,
    { role: role.name, name: policyName, policy: JSON.stringify(policy) },
    child,
  );
  const keys = new aws.iam.RolePolicy(
    `${resource}-keys`,
    {
      role: role.name,
      name: "use-keys",
      policy: pulumi
        .all(regionsOf(cell).map((region) => keyArns[region] ?? ""))
        .apply((arns) => JSON.stringify(backupKeysPolicy(arns))),
    },
    child,
  );
  return pulumi.all([rights.role, keys.role]).apply(() => named.arn);
}
