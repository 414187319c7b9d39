import { bundles, type FunctionName } from "../../runtime/bundles.js";
import { partitionOf } from "../../runtime/core/partition.js";
import type { Named } from "../named.js";

/** Where a hub stands. Every name and ARN of the hub follows from it. */
export interface HubAddress {
  /** Name of the environment; part of every resource's name. */
  readonly environment: string;
  readonly account: string;
  readonly homeRegion: string;
}

/** Names of a hub's resources, known before anything is deployed. */
export interface HubNames {
  readonly tables: { readonly groups: Named; readonly plans: Named; readonly executions: Named };
  readonly functions: Readonly<Record<FunctionName, Named>>;
  readonly functionRoles: Readonly<Record<FunctionName, Named>>;
  readonly functionLogs: Readonly<Record<FunctionName, Named>>;
  readonly machines: { readonly recoverPlan: Named; readonly recoverLane: Named };
  readonly machineLogs: Named;
  readonly workflowsRole: Named;
  readonly schedulesRole: Named;
  readonly scheduleGroup: Named;
  readonly notifications: Named;
}

export interface SpokeNames {
  readonly readRole: Named;
  readonly recoveryRole: Named;
}

/** The names of the hub's functions, in the order in which they are deployed. */
const functionNames = Object.keys(bundles) as readonly FunctionName[];

/** One value for each function of the hub. */
export function perFunction<T>(make: (fn: FunctionName) => T): Record<FunctionName, T> {
  return Object.fromEntries(functionNames.map((fn) => [fn, make(fn)])) as Record<FunctionName, T>;
}

/** Names and ARNs of everything that a hub consists of. */
export function hubNames({ environment, account, homeRegion }: HubAddress): HubNames {
  const partition = partitionOf(homeRegion);
  const prefix = `dr-${environment}`;
  const named = (service: string, kind: string, name: string): Named => ({
    name,
    arn: `arn:${partition}:${service}:${homeRegion}:${account}:${kind}${name}`,
  });
  const role = (suffix: string): Named => roleNamed(partition, account, `${prefix}-${suffix}`);

  return {
    tables: {
      groups: named("dynamodb", "table/", `${prefix}-protection-groups`),
      plans: named("dynamodb", "table/", `${prefix}-recovery-plans`),
      executions: named("dynamodb", "table/", `${prefix}-executions`),
    },
    functions: perFunction((fn) => named("lambda", "function:", `${prefix}-${fn}`)),
    functionRoles: perFunction((fn) => role(fn)),
    functionLogs: perFunction((fn) => named("logs", "log-group:", `/aws/lambda/${prefix}-${fn}`)),
    machines: {
      recoverPlan: named("states", "stateMachine:", `${prefix}-recover-plan`),
      recoverLane: named("states", "stateMachine:", `${prefix}-recover-lane`),
    },
    // Under this prefix Step Functions' log delivery does not grow the account's log resource policy.
    machineLogs: named("logs", "log-group:", `/aws/vendedlogs/states/${prefix}-workflows`),
    workflowsRole: role("workflows"),
    schedulesRole: role("schedules"),
    scheduleGroup: named("scheduler", "schedule-group/", prefix),
    notifications: named("sns", "", `${prefix}-notifications`),
  };
}

/** Names of the roles that the hub takes in an account. Roles are global; the Region tells the partition. */
export function spokeNames(environment: string, account: string, region: string): SpokeNames {
  const partition = partitionOf(region);
  return {
    readRole: roleNamed(partition, account, `dr-${environment}-spoke-read`),
    recoveryRole: roleNamed(partition, account, `dr-${environment}-spoke-recovery`),
  };
}

function roleNamed(partition: string, account: string, name: string): Named {
  return { name, arn: `arn:${partition}:iam::${account}:role/${name}` };
}
