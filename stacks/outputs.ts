import type * as pulumi from "@pulumi/pulumi";
import type { CapacityAlarms } from "../components/index.js";
import type { Environment } from "../runtime/environment/schema.js";
import type { DeployedCapacity } from "./capacity.js";
import { cellOutputs, type PendingCellOutputs } from "./cell-outputs.js";
import type { DeployedCell } from "./cells/cell.js";
import type { DeployedServers } from "./servers.js";
import type { DeployedSpoke } from "./spokes.js";

/**
 * What a stack tells those who work with it: the command line, runbooks, other stacks. A change that
 * a reader could stumble over raises the schema version.
 */
export interface DisasterRecoveryOutputs {
  readonly schemaVersion: 2;
  readonly environment: string;
  /** E-mail address. */
  readonly owner: string;
  readonly contacts: Environment["contacts"];
  readonly responsibilities: Environment["responsibilities"];
  /** Absent, as the next one, where an environment recovers no servers. */
  readonly hub?: HubOutputs;
  readonly capacity?: CapacityOutputs;
  readonly spokes: readonly SpokeOutputs[];
  readonly groups: readonly string[];
  readonly plans: readonly PlanOutputs[];
  readonly cells: readonly PendingCellOutputs[];
}

export interface HubOutputs {
  readonly account: string;
  readonly homeRegion: string;
  readonly standbyRegion?: string;
  /** ARNs. */
  readonly functions: {
    readonly query: pulumi.Output<string>;
    readonly dataManagement: pulumi.Output<string>;
    readonly execution: pulumi.Output<string>;
  };
  /** ARNs. */
  readonly machines: {
    readonly recoverPlan: pulumi.Output<string>;
    readonly recoverLane: pulumi.Output<string>;
  };
  /** Names. */
  readonly tables: {
    readonly groups: pulumi.Output<string>;
    readonly plans: pulumi.Output<string>;
    readonly executions: pulumi.Output<string>;
  };
  /** ARN. */
  readonly notificationTopic: pulumi.Output<string>;
  /** ARN. */
  readonly alarmTopic: pulumi.Output<string>;
}

export interface CapacityOutputs {
  /** ARN. */
  readonly publisher: pulumi.Output<string>;
  /** CloudWatch namespace of what it publishes. */
  readonly namespace: pulumi.Output<string>;
  /** ARNs of the alarms over all lanes. */
  readonly alarms: CapacityAlarms["estateAlarmArns"];
  /** Name of the dashboard of lanes. */
  readonly dashboard: pulumi.Output<string>;
  /** Name of the dashboard of executions. */
  readonly executionDashboard: pulumi.Output<string>;
}

export interface SpokeOutputs {
  readonly account: string;
  readonly name: string;
  /** ARN. */
  readonly readRole: pulumi.Output<string>;
  /** ARN. */
  readonly recoveryRole: pulumi.Output<string>;
  readonly lanes: readonly { readonly region: string; readonly declaredServers: number }[];
}

export interface PlanOutputs {
  readonly name: string;
  readonly objectives: { readonly rtoMinutes: number; readonly rpoMinutes: number };
  readonly waves: readonly { readonly name: string; readonly dependsOn: readonly string[] }[];
  readonly drills: readonly {
    readonly cron: string;
    readonly timezone: string;
    readonly cleanUp: boolean;
  }[];
}

export function outputsOf(
  environment: Environment,
  servers: DeployedServers | undefined,
  cells: readonly DeployedCell[],
): DisasterRecoveryOutputs {
  return {
    schemaVersion: 2,
    environment: environment.name,
    owner: environment.owner,
    contacts: environment.contacts,
    responsibilities: environment.responsibilities,
    ...(servers && {
      hub: hubOutputs(servers),
      capacity: capacityOutputs(servers.capacity),
    }),
    spokes: (servers?.spokes ?? []).map(spokeOutputs),
    groups: environment.groups.map(({ name }) => name),
    plans: planOutputs(environment),
    cells: cells.map(cellOutputs),
  };
}

function hubOutputs({ environment, hub }: DeployedServers): HubOutputs {
  const { account, regions } = environment.hub;
  return {
    account,
    homeRegion: regions.home,
    ...(regions.standby !== undefined && { standbyRegion: regions.standby }),
    functions: {
      query: hub.queryFunctionArn,
      dataManagement: hub.dataManagementFunctionArn,
      execution: hub.executionFunctionArn,
    },
    machines: { recoverPlan: hub.recoverPlanArn, recoverLane: hub.recoverLaneArn },
    tables: { groups: hub.groupsTable, plans: hub.plansTable, executions: hub.executionsTable },
    notificationTopic: hub.notificationTopicArn,
    alarmTopic: hub.alarmTopicArn,
  };
}

function capacityOutputs(deployed: DeployedCapacity): CapacityOutputs {
  const { publisher, alarms, dashboard, executionDashboard } = deployed;
  return {
    publisher: publisher.functionArn,
    namespace: publisher.namespace,
    alarms: alarms.estateAlarmArns,
    dashboard: dashboard.dashboardName,
    executionDashboard: executionDashboard.dashboardName,
  };
}

function spokeOutputs({ declaration, spoke }: DeployedSpoke): SpokeOutputs {
  return {
    account: declaration.id,
    name: declaration.name,
    readRole: spoke.readRoleArn,
    recoveryRole: spoke.recoveryRoleArn,
    lanes: declaration.lanes.map(({ region, servers }) => ({ region, declaredServers: servers })),
  };
}

function planOutputs({ plans, drills }: Environment): readonly PlanOutputs[] {
  return plans.map(({ name, objectives, waves }) => ({
    name,
    objectives,
    waves: waves.map(({ name: wave, dependsOn }) => ({ name: wave, dependsOn })),
    drills: drills
      .filter(({ plan }) => plan === name)
      .map(({ cron, timezone, cleanUp }) => ({ cron, timezone, cleanUp })),
  }));
}
