import { declaredFleet } from "../environment/fleet.js";
import type { DeployedLibrary, Deployment } from "./deployment.js";
import type { RehearsedServer } from "./rehearse.js";

/**
 * The servers that a program speaks of: as many in each lane as its spokes declare, carrying the
 * tags and ids by which groups and waves select, so that every wave has some.
 */
export function impliedFleet(
  { hub, spokes }: Deployment,
  { groups, plans }: DeployedLibrary,
): readonly RehearsedServer[] {
  return declaredFleet({
    name: hub.environment,
    accounts: spokes.map(({ account, accountName, lanes }) => ({
      id: account,
      name: accountName,
      lanes: lanes.map(({ region, declaredServers }) => ({ region, servers: declaredServers })),
    })),
    groups,
    plans,
  });
}
