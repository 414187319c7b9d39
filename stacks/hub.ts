import { OrchestrationHub } from "../components/index.js";
import { estateLanes, hubExternalId } from "../runtime/environment/documents.js";
import type { ServerEnvironment } from "../runtime/environment/schema.js";
import type { AccountProviders } from "./providers.js";

/** How a stack differs from what its environment says. */
export interface DeploymentOptions {
  /** Folder of the functions' code; by default that of this package. */
  readonly bundlesFolder?: string;
}

/** The hub of the environment, in the hub's account. */
export function deployHub(
  environment: ServerEnvironment,
  providerOf: AccountProviders,
  options: DeploymentOptions,
): OrchestrationHub {
  const { name, hub } = environment;
  const { home, standby } = hub.regions;
  return new OrchestrationHub(
    "hub",
    {
      environment: name,
      account: hub.account,
      homeRegion: home,
      ...(standby !== undefined && { standbyRegion: standby }),
      lanes: estateLanes(environment),
      externalId: hubExternalId(environment),
      notify: hub.notify,
      logRetentionDays: hub.logRetentionDays,
      ...options,
    },
    { provider: providerOf(hub.account) },
  );
}
