import type { ProviderType } from "./provider-type.js";

/** Roles, keys and parameters. */
export const identity: Readonly<Record<string, ProviderType>> = {
  "aws:iam/role:Role": { registryType: "AWS::IAM::Role" },
  "aws:iam/rolePolicy:RolePolicy": {
    registryType: "AWS::IAM::RolePolicy",
    inputs: { PolicyName: ["name"], RoleName: ["role"] },
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    alsoReplacing: ["policyArn", "role"],
  },
  "aws:kms/alias:Alias": { registryType: "AWS::KMS::Alias" },
  "aws:kms/key:Key": {
    registryType: "AWS::KMS::Key",
    alsoReplacing: [
      "customKeyStoreId",
      "customerMasterKeySpec",
      "keyUsage",
      "multiRegion",
      "xksKeyId",
    ],
  },
  "aws:kms/replicaKey:ReplicaKey": { registryType: "AWS::KMS::ReplicaKey" },
  "aws:ssm/parameter:Parameter": { registryType: "AWS::SSM::Parameter" },
};
