import { partitionOf } from "../../runtime/core/partition.js";
import { type Cell, cellPrefix, regionsOf } from "../cells/cell.js";
import { allow, type PolicyDocument, policyDocument } from "./document.js";

/**
 * What AWS Backup needs to restore tables of a cell under their own names, in either Region.
 * Source: the AWS managed policy AWSBackupServiceRolePolicyForRestores.
 */
export function restoreTablesPolicy(cell: Cell, names: readonly string[]): PolicyDocument {
  const tables = regionsOf(cell).flatMap((region) =>
    names.map(
      (name) =>
        `arn:${partitionOf(region)}:dynamodb:${region}:${cell.account}:table/${cellPrefix(cell)}-${name}`,
    ),
  );
  return policyDocument(
    allow(
      "RestoreTables",
      [
        "dynamodb:BatchWriteItem",
        "dynamodb:DeleteItem",
        "dynamodb:DescribeTable",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:Query",
        "dynamodb:RestoreTableFromAwsBackup",
        "dynamodb:Scan",
        "dynamodb:UpdateItem",
      ],
      tables,
    ),
    allow(
      "ReadBackups",
      ["dynamodb:RestoreTableFromBackup"],
      tables.map((table) => `${table}/backup/*`),
    ),
  );
}
