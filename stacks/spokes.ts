import { type OrchestrationHub, SpokeAccount } from "../components/index.js";
import { hubExternalId } from "../runtime/environment/documents.js";
import type { AccountDeclaration, ServerEnvironment } from "../runtime/environment/schema.js";
import type { DeployedCapacity } from "./capacity.js";
import type { AccountProviders } from "./providers.js";

/** A spoke and what the environment says of its account. */
export interface DeployedSpoke {
  readonly declaration: AccountDeclaration;
  readonly spoke: SpokeAccount;
}

/** A spoke in every account. They come after the hub, because IAM must know the roles they let in. */
export function deploySpokes(
  environment: ServerEnvironment,
  hub: OrchestrationHub,
  { publisher }: DeployedCapacity,
  providerOf: AccountProviders,
): readonly DeployedSpoke[] {
  const { capacity } = environment;
  return environment.accounts.map((declaration) => {
    const { id, name, lanes } = declaration;
    const spoke = new SpokeAccount(
      `spoke-${name}`,
      {
        environment: environment.name,
        account: id,
        accountName: name,
        hubAccount: environment.hub.account,
        externalId: hubExternalId(environment),
        lanes: lanes.map(({ region, servers }) => ({ region, declaredServers: servers })),
        warnAtServers: capacity.warnAtServers,
        criticalAtServers: capacity.criticalAtServers,
        hasPublisher: true,
      },
      { provider: providerOf(id), dependsOn: [hub, publisher] },
    );
    return { declaration, spoke };
  });
}
