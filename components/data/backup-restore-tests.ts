import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type Cell, cellPrefix } from "../cells/cell.js";
import type { BackedUpStore } from "../iam/backup-policy.js";

/** What is restored on trial, and by whom. */
interface RestoreTests {
  readonly cell: Cell;
  readonly name: string;
  readonly stores: readonly BackedUpStore[];
  readonly roleArn: pulumi.Input<string>;
  readonly schedule: string;
  readonly vaultArn: pulumi.Input<string>;
}

/** What AWS Backup calls the kinds of stores. */
const resourceTypes: Readonly<Record<BackedUpStore, string>> = {
  aurora: "Aurora",
  dynamodb: "DynamoDB",
  rds: "RDS",
};

/** Restores the newest copies of the recovery Region on trial; AWS Backup deletes what it restored. */
export function testRestores(
  name: string,
  { cell, name: pair, stores, roleArn, schedule, vaultArn }: RestoreTests,
  child: pulumi.CustomResourceOptions,
): void {
  const region = cell.regions.recovery;
  const plan = new aws.backup.RestoreTestingPlan(
    `${name}-restores-${region}`,
    {
      region,
      name: restorePlanName(cell, pair),
      scheduleExpression: schedule,
      recoveryPointSelection: {
        algorithm: "LATEST_WITHIN_WINDOW",
        includeVaults: [vaultArn],
        recoveryPointTypes: ["SNAPSHOT"],
      },
    },
    child,
  );
  for (const store of stores) {
    new aws.backup.RestoreTestingSelection(
      `${name}-restores-${store}-${region}`,
      {
        region,
        restoreTestingPlanName: plan.name,
        name: store,
        iamRoleArn: roleArn,
        protectedResourceType: resourceTypes[store],
        protectedResourceArns: ["*"],
      },
      child,
    );
  }
}

/** AWS Backup takes no hyphens there. */
function restorePlanName(cell: Cell, name: string): string {
  return `${cellPrefix(cell)}-${name}`.replaceAll("-", "_");
}
