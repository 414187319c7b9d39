import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { unchanged } from "../arguments.js";
import { cellPrefix } from "../cells/cell.js";
import { backupResources } from "../iam/backup-policy.js";
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
