import {
  CapacityAlarms,
  CapacityDashboard,
  CapacityPublisher,
  ExecutionDashboard,
  type OrchestrationHub,
} from "../components/index.js";
import { estateLanes, hubExternalId } from "../runtime/environment/documents.js";
import type { ServerEnvironment } from "../runtime/environment/schema.js";
import type { DeploymentOptions } from "./hub.js";
import type { AccountProviders } from "./providers.js";

/** What watches the estate's capacity and its executions, in the hub's account. */
export interface DeployedCapacity {
  readonly publisher: CapacityPublisher;
  readonly alarms: CapacityAlarms;
  readonly dashboard: CapacityDashboard;
  readonly executionDashboard: ExecutionDashboard;
}

/** The publisher comes before the spokes, because IAM must know the roles they let in. */
export function deployCapacity(
  environment: ServerEnvironment,
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
  const { busy, silent } = alarms.estateAlarmArns;
  const executionDashboard = new ExecutionDashboard(
    "execution-dashboard",
    {
      ...place,
      ...(home.regions.standby !== undefined && { standbyRegion: home.regions.standby }),
      lanes,
      alarmArns: [busy, silent],
      publishEveryMinutes: capacity.publishEveryMinutes,
    },
    inHub,
  );
  return { publisher, alarms, dashboard, executionDashboard };
}
