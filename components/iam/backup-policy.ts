import { partitionOf } from "../../runtime/core/partition.js";
import { type Cell, regionsOf } from "../cells/cell.js";
import type { Named } from "../named.js";
import { allow, type PolicyDocument, policyDocument, type Statement } from "./document.js";

/** Kinds of stores that this package lets AWS Backup back up. */
export const backedUpStores = ["aurora", "dynamodb", "rds"] as const;

export type BackedUpStore = (typeof backedUpStores)[number];

/** The stores of one Region that a selection may find, by ARN. */
export function backupResources(
  cell: Cell,
  region: string,
  stores: readonly BackedUpStore[],
): string[] {
  const arn = (service: string, kind: string) =>
    `arn:${partitionOf(region)}:${service}:${region}:${cell.account}:${kind}*`;
  const arns: Readonly<Record<BackedUpStore, string>> = {
    aurora: arn("rds", "cluster:"),
    dynamodb: arn("dynamodb", "table/"),
    rds: arn("rds", "db:"),
  };
  return stores.map((store) => arns[store]);
}

/**
 * What AWS Backup needs of stores and vaults, for these kinds alone.
 * Source: the AWS managed policy AWSBackupServiceRolePolicyForBackup.
 */
export function backupPolicy(
  cell: Cell,
  stores: readonly BackedUpStore[],
  vaults: readonly Named[],
): PolicyDocument {
  const resources = (store: BackedUpStore) =>
    regionsOf(cell).flatMap((region) => backupResources(cell, region, [store]));
  return policyDocument(
    ...stores.flatMap((store) => statementsFor[store](resources(store), cell)),
    allow(
      "FillVaults",
      ["backup:CopyIntoBackupVault", "backup:DescribeBackupVault"],
      vaults.map(({ arn }) => arn),
    ),
    allow("FindTagged", ["tag:GetResources"], ["*"]),
  );
}

/** What it needs of the keys that stores and vaults are encrypted with. */
export function backupKeysPolicy(keyArns: readonly string[]): PolicyDocument {
  return policyDocument(
    allow("UseKeys", ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"], keyArns),
    allow("LendKeys", ["kms:CreateGrant"], keyArns, {
      Bool: { "kms:GrantIsForAWSResource": "true" },
    }),
  );
}

const statementsFor: Readonly<
  Record<BackedUpStore, (resources: readonly string[], cell: Cell) => readonly Statement[]>
> = {
  aurora: (clusters, cell) => {
    const snapshots = snapshotsOf(cell, "cluster-snapshot");
    return [
      allow(
        "BackUpAurora",
        [
          "rds:AddTagsToResource",
          "rds:CopyDBClusterSnapshot",
          "rds:CreateDBClusterSnapshot",
          "rds:DescribeDBClusterSnapshots",
          "rds:DescribeDBClusters",
          "rds:ListTagsForResource",
        ],
        [...clusters, ...snapshots],
      ),
      allow("ExpireAurora", ["rds:DeleteDBClusterSnapshot"], snapshots),
    ];
  },
  dynamodb: (tables) => [
    allow(
      "BackUpTables",
      [
        "dynamodb:CreateBackup",
        "dynamodb:DescribeTable",
        "dynamodb:ListTagsOfResource",
        "dynamodb:StartAwsBackupJob",
      ],
      tables,
    ),
    allow(
      "ExpireTables",
      ["dynamodb:DeleteBackup", "dynamodb:DescribeBackup"],
      tables.map((table) => `${table}/backup/*`),
    ),
  ],
  rds: (instances, cell) => {
    const snapshots = snapshotsOf(cell, "snapshot");
    return [
      allow(
        "BackUpInstances",
        [
          "rds:AddTagsToResource",
          "rds:CopyDBSnapshot",
          "rds:CreateDBSnapshot",
          "rds:DescribeDBInstances",
          "rds:DescribeDBSnapshots",
          "rds:ListTagsForResource",
        ],
        [...instances, ...snapshots],
      ),
      allow("ExpireInstances", ["rds:DeleteDBSnapshot"], snapshots),
    ];
  },
};

/** Snapshots of AWS Backup have names of its own. */
function snapshotsOf(cell: Cell, kind: string): readonly string[] {
  return regionsOf(cell).map(
    (region) => `arn:${partitionOf(region)}:rds:${region}:${cell.account}:${kind}:awsbackup:*`,
  );
}
