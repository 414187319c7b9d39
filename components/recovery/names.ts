import { type HubFunctionName, hubBundles } from "../../runtime/bundles.js";
import { type Named, regionalNames, roleNamed } from "../named.js";

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
  readonly functions: Readonly<Record<HubFunctionName, Named>>;
  readonly functionRoles: Readonly<Record<HubFunctionName, Named>>;
  readonly functionLogs: Readonly<Record<HubFunctionName, Named>>;
  readonly machines: { readonly recoverPlan: Named; readonly recoverLane: Named };
  readonly machineLogs: Named;
  readonly workflowsRole: Named;
  readonly schedulesRole: Named;
  readonly scheduleGroup: Named;
  readonly notifications: Named;
  readonly alarms: Named;
  /** Alias of the key that encrypts what alarms tell. */
  readonly alarmsKey: Named;
}

export interface SpokeNames {
  readonly readRole: Named;
  readonly recoveryRole: Named;
}

/** The names of the hub's functions, in the order in which they are deployed. */
const functionNames = Object.keys(hubBundles) as readonly HubFunctionName[];

/** One value for each function of the hub. */
export function perFunction<T>(make: (fn: HubFunctionName) => T): Record<HubFunctionName, T> {
  return Object.fromEntries(functionNames.map((fn) => [fn, make(fn)])) as Record<
    HubFunctionName,
    T
  >;
}

/** Names and ARNs of everything that a hub consists of. */
export function hubNames({ environment, account, homeRegion }: HubAddress): HubNames {
  const prefix = `dr-${environment}`;
  const named = regionalNames(homeRegion, account);
  const role = (suffix: string): Named => roleNamed(homeRegion, account, `${prefix}-${suffix}`);

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
    alarms: named("sns", "", `${prefix}-alarms`),
    alarmsKey: named("kms", "", `alias/${prefix}-alarms`),
  };
}

/** Names of the roles that the hub takes in an account. */
export function spokeNames(environment: string, account: string, region: string): SpokeNames {
  return {
    readRole: roleNamed(region, account, `dr-${environment}-spoke-read`),
    recoveryRole: roleNamed(region, account, `dr-${environment}-spoke-recovery`),
  };
}
