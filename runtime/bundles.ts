import { lateArrival } from "./limits.js";

/** A Lambda function of this package: what it is for, and what it needs to run. */
export interface FunctionBundle {
  readonly description: string;
  readonly memoryMib: number;
  readonly timeoutSeconds: number;
  readonly reservedConcurrency: number;
  /** Names of the variables that its entry reads. Values are names and ARNs, never secrets. */
  readonly environment: readonly string[];
}

const library = ["EXECUTIONS_TABLE", "GROUPS_TABLE", "PLANS_TABLE"] as const;
const spokes = ["SPOKE_ROLE_NAME", "SPOKE_EXTERNAL_ID"] as const;

/** The functions of the hub, by name. */
export const hubBundles = {
  query: {
    description: "Reads servers, quotas, groups and plans over all lanes",
    memoryMib: 256,
    timeoutSeconds: 60,
    reservedConcurrency: 5,
    environment: [...library, ...spokes],
  },
  "data-management": {
    description: "Creates, changes and removes protection groups and recovery plans",
    memoryMib: 512,
    timeoutSeconds: 60,
    reservedConcurrency: 5,
    environment: library,
  },
  execution: {
    description: "Starts, advances and ends drills and recoveries",
    memoryMib: 512,
    timeoutSeconds: lateArrival.functionTimeoutSeconds,
    reservedConcurrency: 50,
    environment: [
      ...library,
      ...spokes,
      "RECOVER_PLAN_ARN",
      "RECOVER_LANE_ARN",
      "NOTIFICATION_TOPIC_ARN",
    ],
  },
} as const satisfies Record<string, FunctionBundle>;

/** Functions of other components, by name. */
const otherBundles = {
  "capacity-publisher": {
    description: "Counts what every lane has in use of its quotas, and publishes it",
    memoryMib: 256,
    timeoutSeconds: 120,
    reservedConcurrency: 1,
    environment: ["ENVIRONMENT", "EXECUTIONS_TABLE", ...spokes],
  },
} as const satisfies Record<string, FunctionBundle>;

/**
 * Every function of this package, by name. `dist/bundles/<name>/index.mjs` is the code, its `handler`
 * export the entry.
 */
export const bundles = { ...hubBundles, ...otherBundles } as const;

/** One of the functions of the hub. */
export type HubFunctionName = keyof typeof hubBundles;

/** One of the functions of this package. */
export type FunctionName = keyof typeof bundles;

/** A variable that an entry of this function may read. */
export type VariableOf<Name extends FunctionName> = (typeof bundles)[Name]["environment"][number];
