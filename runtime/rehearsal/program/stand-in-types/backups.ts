import { arnOf, named, type StandInType, text, uuid } from "./making.js";

/** Backups and images. */
export const backupTypes: Readonly<Record<string, StandInType>> = {
  "aws:backup/plan:Plan": named((making) => {
    const id = uuid(making);
    return { id, outputs: { arn: arnOf(making, "backup", `backup-plan:${id}`), version: id } };
  }),
  "aws:backup/restoreTestingPlan:RestoreTestingPlan": named((making) => ({
    id: making.name,
    outputs: { arn: arnOf(making, "backup", `restore-testing-plan:${making.name}`) },
  })),
  "aws:backup/restoreTestingSelection:RestoreTestingSelection": named(({ inputs, name }) => ({
    id: `${name}:${text(inputs.restoreTestingPlanName)}`,
    outputs: {},
  })),
  "aws:backup/selection:Selection": {
    make: (making) => ({ id: uuid(making), outputs: {} }),
  },
  "aws:backup/vault:Vault": named((making) => ({
    id: making.name,
    outputs: { arn: arnOf(making, "backup", `backup-vault:${making.name}`), recoveryPoints: 0 },
  })),
  "aws:backup/vaultLockConfiguration:VaultLockConfiguration": {
    make: ({ inputs }) => ({ id: text(inputs.backupVaultName), outputs: {} }),
  },
  "aws:backup/vaultPolicy:VaultPolicy": {
    make: ({ inputs }) => ({ id: text(inputs.backupVaultName), outputs: {} }),
  },
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": {
    make: ({ inputs, account }) => ({
      id: text(inputs.repository),
      outputs: { registryId: account },
    }),
  },
  "aws:ecr/replicationConfiguration:ReplicationConfiguration": {
    make: ({ account }) => ({ id: account, outputs: { registryId: account } }),
  },
  "aws:ecr/repository:Repository": named((making) => {
    const { account, region, name } = making;
    const repositoryUrl = `${account}.dkr.ecr.${region}.amazonaws.com/${name}`;
    const arn = arnOf(making, "ecr", `repository/${name}`);
    return { id: name, outputs: { arn, registryId: account, repositoryUrl } };
  }),
  "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate": {
    make: ({ inputs, account }) => ({
      id: text(inputs.prefix),
      outputs: { registryId: account },
    }),
  },
};
