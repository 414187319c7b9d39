import { lateArrival } from "./limits.js";

/** A Lambda function of the hub: what it is for, and what it needs to run. */
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

/**
 * The functions of the hub, by name. `dist/bundles/<name>/index.mjs` is the code, its `handler`
 * export the entry.
 */
export const bundles = {
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

/** One of the functions of the hub. */
export type FunctionName = keyof typeof bundles;

/** A variable that an entry of this function may read. */
export type VariableOf<Name extends FunctionName> = (typeof bundles)[Name]["environment"][number];
