import * as aws from "@pulumi/aws";
import { partitionOf } from "../runtime/core/partition.js";
import type { Environment } from "../runtime/environment/schema.js";

/** The provider of each account of the environment. */
export type AccountProviders = (account: string) => aws.Provider;

/**
 * One provider an account, the hub's among them. Each works only in its own account, so that wrong
 * credentials fail before anything is changed. Resources name their Region themselves.
 */
export function accountProviders(environment: Environment): AccountProviders {
  const regions = new Map(environment.cells.map((cell) => [cell.account, cell.regions.primary]));
  for (const { id, lanes } of environment.accounts) {
    const [lane] = lanes;
    if (lane) regions.set(id, lane.region);
  }
  const { hub } = environment;
  if (hub) regions.set(hub.account, hub.regions.home);
  const providers = new Map(
    [...regions].map(([account, region]) => [
      account,
      accountProvider(environment, account, region),
    ]),
  );
  return (account) => {
    const provider = providers.get(account);
    if (!provider) throw new Error(`no provider was made for account ${account}`);
    return provider;
  };
}

function accountProvider(environment: Environment, account: string, region: string): aws.Provider {
  const { name, owner, deployment } = environment;
  const role = deployment && {
    roleArn: `arn:${partitionOf(region)}:iam::${account}:role/${deployment.role}`,
    sessionName: `pulumi-aws-dr-${name}`,
  };
  return new aws.Provider(`account-${account}`, {
    region,
    allowedAccountIds: [account],
    ...(role && { assumeRoles: [role] }),
    defaultTags: { tags: { owner, environment: name, "managed-by": "pulumi-aws-dr" } },
  });
}
