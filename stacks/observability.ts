import { ObservabilityLink, ObservabilitySink } from "../components/index.js";
import type { ServerEnvironment } from "../runtime/environment/schema.js";
import type { AccountProviders } from "./providers.js";

/**
 * A sink in the hub's account for each Region with lanes, and a link to it from each account that has
 * one there: nothing of CloudWatch reaches another Region.
 */
export function deployObservability(
  environment: ServerEnvironment,
  providerOf: AccountProviders,
): void {
  const { name, hub, accounts, observability } = environment;
  if (observability === undefined) return;
  const { shares } = observability;
  const observed = accounts.filter(({ id }) => id !== hub.account);
  const regions = new Set(observed.flatMap(({ lanes }) => lanes.map(({ region }) => region)));
  for (const region of regions) {
    const here = observed.filter(({ lanes }) => lanes.some((lane) => lane.region === region));
    const { sinkArn } = new ObservabilitySink(
      `observability-${region}`,
      {
        environment: name,
        account: hub.account,
        region,
        homeRegion: hub.regions.home,
        sourceAccounts: here.map(({ id }) => id),
        shares,
      },
      { provider: providerOf(hub.account) },
    );
    for (const { id, name: accountName } of here) {
      new ObservabilityLink(
        `observed-${accountName}-${region}`,
        { environment: name, account: id, accountName, region, sinkArn, shares },
        { provider: providerOf(id) },
      );
    }
  }
}
