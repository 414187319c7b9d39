import type { ProviderType } from "./provider-type.js";

/** Backups and images. */
export const backups: Readonly<Record<string, ProviderType>> = {
  "aws:backup/plan:Plan": { registryType: "AWS::Backup::BackupPlan" },
  "aws:backup/restoreTestingPlan:RestoreTestingPlan": {
    registryType: "AWS::Backup::RestoreTestingPlan",
  },
  "aws:backup/restoreTestingSelection:RestoreTestingSelection": {
    registryType: "AWS::Backup::RestoreTestingSelection",
  },
  "aws:backup/selection:Selection": {
    alsoReplacing: [
      "conditions",
      "iamRoleArn",
      "name",
      "notResources",
      "planId",
      "resources",
      "selectionTags",
    ],
  },
  "aws:backup/vault:Vault": {
    registryType: "AWS::Backup::BackupVault",
    inputs: { BackupVaultName: ["name"], EncryptionKeyArn: ["kmsKeyArn"] },
  },
  "aws:backup/vaultLockConfiguration:VaultLockConfiguration": {
    alsoReplacing: ["backupVaultName", "changeableForDays", "maxRetentionDays", "minRetentionDays"],
  },
  "aws:backup/vaultPolicy:VaultPolicy": { alsoReplacing: ["backupVaultName"] },
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": { alsoReplacing: ["policy", "repository"] },
  "aws:ecr/replicationConfiguration:ReplicationConfiguration": {
    registryType: "AWS::ECR::ReplicationConfiguration",
  },
  "aws:ecr/repository:Repository": {
    registryType: "AWS::ECR::Repository",
    inputs: { EncryptionConfiguration: ["encryptionConfigurations"] },
  },
  "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate": {
    registryType: "AWS::ECR::RepositoryCreationTemplate",
  },
};
