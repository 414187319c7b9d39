import { partitionOf } from "../../runtime/core/partition.js";
import { type Cell, regionsOf } from "../cells/cell.js";
import { allow, type PolicyDocument, policyDocument } from "./document.js";

/**
 * What ECR needs to make a repository from a template.
 * Source: ECR User Guide, "Creating an IAM role for repository creation templates".
 */
export function creationPolicy(cell: Cell, prefix: string): PolicyDocument {
  const repositories = regionsOf(cell).map(
    (region) => `arn:${partitionOf(region)}:ecr:${region}:${cell.account}:repository/${prefix}*`,
  );
  return policyDocument(
    allow(
      "MakeRepositories",
      ["ecr:CreateRepository", "ecr:ReplicateImage", "ecr:TagResource"],
      repositories,
    ),
  );
}

/** What it needs of the keys, so that the repository can use one from then on. */
export function creationKeysPolicy(keyArns: readonly string[]): PolicyDocument {
  return policyDocument(
    allow("LendKeys", ["kms:CreateGrant", "kms:DescribeKey", "kms:RetireGrant"], keyArns),
  );
}
