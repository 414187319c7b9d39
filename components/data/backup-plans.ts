import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { unchanged } from "../arguments.js";
import { cellPrefix, regionsOf } from "../cells/cell.js";
import { type PerRegion, roleOf } from "../cells/regional.js";
import { backupKeysPolicy, backupPolicy, backupResources } from "../iam/backup-policy.js";
import { trustService } from "../iam/document.js";
import type { Named } from "../named.js";
import type { BackupTag } from "./backup-tag.js";
import type { BackupVaultPairArgs } from "./backup-vault-pair.js";

/** What is settled about the plans, defaults filled in. */
export interface PlanSettings {
  readonly tag: BackupTag;
  readonly schedule: string;
  readonly keepBackupsDays: number;
}

/** From where to where the backups of a plan go. */
interface Course {
  readonly region: string;
  readonly vaultName: pulumi.Input<string>;
  readonly copyTo: pulumi.Input<string>;
  readonly roleArn: pulumi.Input<string>;
}

/** The plan of one Region: what carries the tag is backed up there, and copied to the other Region. */
export function backUp(
  name: string,
  { region, vaultName, copyTo, roleArn }: Course,
  { cell, name: pair, stores, transformPlan = unchanged }: BackupVaultPairArgs,
  { tag, schedule, keepBackupsDays }: PlanSettings,
  child: pulumi.CustomResourceOptions,
): void {
  const lifecycle = { deleteAfter: keepBackupsDays };
  const planArgs = {
    region,
    name: `${cellPrefix(cell)}-${pair}`,
    rules: [
      {
        ruleName: "scheduled",
        targetVaultName: vaultName,
        schedule,
        lifecycle,
        copyActions: [{ destinationVaultArn: copyTo, lifecycle }],
      },
    ],
  };
  const plan = new aws.backup.Plan(`${name}-plan-${region}`, transformPlan(planArgs), child);
  const stringEquals = [{ key: `aws:ResourceTag/${tag.key}`, value: tag.value }];
  const selection = {
    region,
    planId: plan.id,
    name: "tagged",
    iamRoleArn: roleArn,
    resources: backupResources(cell, region, stores),
    conditions: [{ stringEquals }],
  };
  new aws.backup.Selection(`${name}-selection-${region}`, selection, child);
}

/** The role with which AWS Backup backs up and copies in both Regions. */
export function backupRole(
  name: string,
  { cell, name: pair, keyArns, stores }: BackupVaultPairArgs,
  vaults: PerRegion<Named>,
  child: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const named = roleOf(cell, `${cellPrefix(cell)}-${pair}-backup`);
  const role = new aws.iam.Role(
    `${name}-role`,
    {
      name: named.name,
      description: `Cell ${cellPrefix(cell)}: AWS Backup backs up and copies`,
      assumeRolePolicy: JSON.stringify(trustService("backup.amazonaws.com")),
    },
    child,
  );
  const policy = new aws.iam.RolePolicy(
    `${name}-role-policy`,
    {
      role: role.name,
      name: "back-up",
      policy: JSON.stringify(backupPolicy(cell, stores, Object.values(vaults))),
    },
    child,
  );
  const keysPolicy = new aws.iam.RolePolicy(
    `${name}-role-keys`,
    {
      role: role.name,
      name: "use-keys",
      policy: pulumi
        .all(regionsOf(cell).map((region) => keyArns[region] ?? ""))
        .apply((arns) => JSON.stringify(backupKeysPolicy(arns))),
    },
    child,
  );
  return pulumi.all([policy.role, keysPolicy.role]).apply(() => named.arn);
}
