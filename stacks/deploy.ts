import { type Environment, hasServers } from "../runtime/environment/schema.js";
import { deployCell } from "./cells/cell.js";
import type { DeploymentOptions } from "./hub.js";
import { type DisasterRecoveryOutputs, outputsOf } from "./outputs.js";
import { accountProviders } from "./providers.js";
import { deployServers } from "./servers.js";

/** Deploys all that an environment declares, and answers the stack's output. */
export function deploy(
  environment: Environment,
  options: DeploymentOptions = {},
): DisasterRecoveryOutputs {
  const providerOf = accountProviders(environment);
  const servers = hasServers(environment)
    ? deployServers(environment, providerOf, options)
    : undefined;
  const cells = environment.cells.map((declaration) =>
    deployCell(environment, declaration, providerOf(declaration.account)),
  );
  return outputsOf(environment, servers, cells);
}
