import type { Environment } from "../runtime/environment/schema.js";
import { deployCapacity } from "./capacity.js";
import { type DeploymentOptions, deployHub } from "./hub.js";
import { type DisasterRecoveryOutputs, outputsOf } from "./outputs.js";
import { deployPlans } from "./plans.js";
import { accountProviders } from "./providers.js";
import { deploySpokes } from "./spokes.js";

/** Deploys all that an environment declares, and answers the stack's output. */
export function deploy(
  environment: Environment,
  options: DeploymentOptions = {},
): DisasterRecoveryOutputs {
  const providerOf = accountProviders(environment);
  const hub = deployHub(environment, providerOf, options);
  const capacity = deployCapacity(environment, hub, providerOf, options);
  const spokes = deploySpokes(environment, hub, capacity, providerOf);
  deployPlans(environment, hub, providerOf);
  return outputsOf(environment, hub, spokes, capacity);
}
