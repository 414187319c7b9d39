import type { Operation } from "./operation.js";
import { accountOperations } from "./operations/account.js";
import { failbackOperations } from "./operations/failback.js";
import { jobOperations } from "./operations/jobs.js";
import { launchActionOperations } from "./operations/launch-actions.js";
import { launchConfigurationOperations } from "./operations/launch-configurations.js";
import { launchTemplateOperations } from "./operations/launch-templates.js";
import { recoveryOperations } from "./operations/recovery.js";
import { recoveryInstanceOperations } from "./operations/recovery-instances.js";
import { replicationConfigurationOperations } from "./operations/replication-configurations.js";
import { replicationTemplateOperations } from "./operations/replication-templates.js";
import { sourceNetworkOperations } from "./operations/source-networks.js";
import { sourceServerLifeOperations } from "./operations/source-server-life.js";
import { sourceServerOperations } from "./operations/source-servers.js";
import { stagingOperations } from "./operations/staging.js";
import { tagOperations } from "./operations/tags.js";
import { recoveryPlanOperations } from "./plans/operations.js";

/** Every operation that is emulated, by family. */
export const operations: readonly Operation[] = [
  ...accountOperations,
  ...sourceServerOperations,
  ...sourceServerLifeOperations,
  ...stagingOperations,
  ...sourceNetworkOperations,
  ...recoveryOperations,
  ...jobOperations,
  ...recoveryInstanceOperations,
  ...replicationConfigurationOperations,
  ...replicationTemplateOperations,
  ...launchConfigurationOperations,
  ...launchTemplateOperations,
  ...launchActionOperations,
  ...failbackOperations,
  ...tagOperations,
  ...recoveryPlanOperations,
];

/** Whether an operation opens a job. */
export function startsJob(operation: string): boolean {
  return operations.some(({ name, startsJob: starts }) => name === operation && starts === true);
}

export interface Route {
  readonly operation: Operation;
  /** Decoded, of the tagging operations; empty for others. */
  readonly resourceArn: string;
}

/** Finds the operation of a method and path, or nothing when it is not emulated. */
export function routeOf(method: string, path: string): Route | undefined {
  const operation = operations.find((one) => one.method === method && matches(one.path, path));
  if (!operation) return undefined;
  const isTagging = operation.path.endsWith("/");
  return {
    operation,
    resourceArn: isTagging ? decoded(path.slice(operation.path.length)) : "",
  };
}

function matches(pattern: string, path: string): boolean {
  return pattern.endsWith("/") ? path.startsWith(pattern) : path === pattern;
}

/** An ARN out of a path; what no client encodes stays as it is, and names no resource. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
