import {
  CapacityAlarms,
  CapacityDashboard,
  CapacityPublisher,
  type OrchestrationHub,
} from "../components/index.js";
import { estateLanes, hubExternalId } from "../runtime/environment/documents.js";
import type { Environment } from "../runtime/environment/schema.js";
import type { DeploymentOptions } from "./hub.js";
import type { AccountProviders } from "./providers.js";

/** What watches the capacity of the estate, in the hub's account. */
export interface DeployedCapacity {
  readonly publisher: CapacityPublisher;
  readonly alarms: CapacityAlarms;
  readonly dashboard: CapacityDashboard;
}

/** The publisher comes before the spokes, because IAM must know the roles they let in. */
export function deployCapacity(
  environment: Environment,
  hub: OrchestrationHub,
  providerOf: AccountProviders,
  options: DeploymentOptions,
): DeployedCapacity {
  const { name, hub: home, capacity } = environment;
  const lanes = estateLanes(environment);
  const inHub = { provider: providerOf(home.account) };
  const place = { environment: name, account: home.account, homeRegion: home.regions.home };
  const publisher = new CapacityPublisher(
    "capacity",
    {
      ...place,
      lanes,
      externalId: hubExternalId(environment),
      publishEveryMinutes: capacity.publishEveryMinutes,
      logRetentionDays: home.logRetentionDays,
      ...options,
    },
    inHub,
  );
  const alarms = new CapacityAlarms(
    "capacity-alarms",
    { ...place, ...capacity, lanes, alarmTopicArn: hub.alarmTopicArn },
    inHub,
  );
  const dashboard = new CapacityDashboard(
    "capacity-dashboard",
    { ...place, ...capacity, lanes },
    inHub,
  );
  return { publisher, alarms, dashboard };
}
