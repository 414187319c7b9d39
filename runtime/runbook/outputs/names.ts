import { partitionOf } from "../../core/partition.js";
import type { Path } from "../../environment/path.js";
import type { HubOutputs, ServerOutputs } from "./schema.js";

/** A name or ARN of the outputs, and what it must be. */
export interface KnownName {
  readonly path: Path;
  readonly value: string;
  readonly expected: string;
}

/**
 * Every name and ARN that follows from the environment's name, accounts and Regions: components name
 * what they make, so an output that says otherwise was changed by hand or mixed with another's.
 */
export function knownNames(outputs: ServerOutputs): readonly KnownName[] {
  return [...hubNames(outputs), ...capacityNames(outputs), ...spokeNames(outputs)];
}

function hubNames({ environment, hub }: ServerOutputs): readonly KnownName[] {
  const { functions, machines, tables } = hub;
  const prefix = `dr-${environment}`;
  const arn = (service: string, resource: string) => regional(hub, service, resource);
  const at = (path: Path, value: string, expected: string) =>
    ({ path: ["hub", ...path], value, expected }) satisfies KnownName;
  const machine = (name: string) => arn("states", `stateMachine:${prefix}-${name}`);
  const fn = (name: string) => arn("lambda", `function:${prefix}-${name}`);
  return [
    at(["functions", "query"], functions.query, fn("query")),
    at(["functions", "dataManagement"], functions.dataManagement, fn("data-management")),
    at(["functions", "execution"], functions.execution, fn("execution")),
    at(["machines", "recoverPlan"], machines.recoverPlan, machine("recover-plan")),
    at(["machines", "recoverLane"], machines.recoverLane, machine("recover-lane")),
    at(["tables", "groups"], tables.groups, `${prefix}-protection-groups`),
    at(["tables", "plans"], tables.plans, `${prefix}-recovery-plans`),
    at(["tables", "executions"], tables.executions, `${prefix}-executions`),
    at(["notificationTopic"], hub.notificationTopic, arn("sns", `${prefix}-notifications`)),
    at(["alarmTopic"], hub.alarmTopic, arn("sns", `${prefix}-alarms`)),
  ];
}

function capacityNames({ environment, hub, capacity }: ServerOutputs): readonly KnownName[] {
  const prefix = `dr-${environment}-capacity`;
  const kinds = ["warning", "critical", "busy", "silent"] as const;
  const publisher = regional(hub, "lambda", `function:${prefix}-publisher`);
  return [
    { path: ["capacity", "publisher"], value: capacity.publisher, expected: publisher },
    ...kinds.map((kind) => ({
      path: ["capacity", "alarms", kind],
      value: capacity.alarms[kind],
      expected: regional(hub, "cloudwatch", `alarm:${prefix}-${kind}`),
    })),
  ];
}

function spokeNames({ environment, hub, spokes }: ServerOutputs): readonly KnownName[] {
  const partition = partitionOf(hub.homeRegion);
  return spokes.flatMap(({ account, readRole, recoveryRole }, index) => {
    const role = (name: string) =>
      `arn:${partition}:iam::${account}:role/dr-${environment}-${name}`;
    const at = ["spokes", index];
    return [
      { path: [...at, "readRole"], value: readRole, expected: role("spoke-read") },
      { path: [...at, "recoveryRole"], value: recoveryRole, expected: role("spoke-recovery") },
    ];
  });
}

function regional({ account, homeRegion }: HubOutputs, service: string, resource: string) {
  return `arn:${partitionOf(homeRegion)}:${service}:${homeRegion}:${account}:${resource}`;
}
