import type { OrchestrationHub } from "../components/index.js";
import type { ServerEnvironment } from "../runtime/environment/schema.js";
import { type DeployedCapacity, deployCapacity } from "./capacity.js";
import { type DeploymentOptions, deployHub } from "./hub.js";
import { deployObservability } from "./observability.js";
import { deployPlans } from "./plans.js";
import type { AccountProviders } from "./providers.js";
import { type DeployedSpoke, deploySpokes } from "./spokes.js";

/** What recovers the servers of an environment. */
export interface DeployedServers {
  readonly environment: ServerEnvironment;
  readonly hub: OrchestrationHub;
  readonly capacity: DeployedCapacity;
  readonly spokes: readonly DeployedSpoke[];
}

export function deployServers(
  environment: ServerEnvironment,
  providerOf: AccountProviders,
  options: DeploymentOptions,
): DeployedServers {
  const hub = deployHub(environment, providerOf, options);
  const capacity = deployCapacity(environment, hub, providerOf, options);
  const spokes = deploySpokes(environment, hub, capacity, providerOf);
  deployPlans(environment, hub, providerOf);
  deployObservability(environment, providerOf);
  return { environment, hub, capacity, spokes };
}
