import type { HubFunctionName } from "../../runtime/bundles.js";
import type { Named } from "../named.js";
import type { HubNames } from "../recovery/names.js";
import { allow, type PolicyDocument, policyDocument, type Statement } from "./document.js";
import { functionBasics, takeRoles, tracing } from "./function-statements.js";

/**
 * What a function of the hub may do.
 *
 * `spokeRoleArns` are the roles it takes, one in each account, named one by one; none for a function
 * that stays in the hub.
 */
export function functionPolicy(
  fn: HubFunctionName,
  names: HubNames,
  spokeRoleArns: readonly string[],
): PolicyDocument {
  const own: Record<HubFunctionName, (names: HubNames) => readonly Statement[]> = {
    query: queryStatements,
    "data-management": dataManagementStatements,
    execution: executionStatements,
  };
  return policyDocument(
    ...own[fn](names),
    ...takeRoles(spokeRoleArns),
    ...functionBasics(names.functionLogs[fn]),
  );
}

/**
 * What the state machines may do: invoke the execution function and log. Above the inline limit,
 * the map over lanes runs as child executions of `recover-plan`, so that machine may start itself.
 */
export function workflowsPolicy(names: HubNames, isDistributed: boolean): PolicyDocument {
  return policyDocument(
    allow("InvokeExecution", ["lambda:InvokeFunction"], [names.functions.execution.arn]),
    ...(isDistributed ? distributedMap(names) : []),
    logDelivery,
    tracing,
  );
}

/** What EventBridge Scheduler may do: start drills. */
export function schedulesPolicy(names: HubNames): PolicyDocument {
  return policyDocument(
    allow("StartDrills", ["lambda:InvokeFunction"], [names.functions.execution.arn]),
  );
}

function queryStatements({ tables }: HubNames): readonly Statement[] {
  return [
    allow(
      "ReadLibrary",
      ["dynamodb:GetItem", "dynamodb:Scan"],
      [tables.groups.arn, tables.plans.arn],
    ),
    allow("ReadEstate", ["dynamodb:GetItem"], [tables.executions.arn]),
  ];
}

function dataManagementStatements({ tables }: HubNames): readonly Statement[] {
  return [
    allow(
      "KeepLibrary",
      ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Scan"],
      [tables.groups.arn, tables.plans.arn],
    ),
    allow("ReadEstate", ["dynamodb:GetItem"], [tables.executions.arn]),
  ];
}

function executionStatements({ tables, machines, notifications }: HubNames): readonly Statement[] {
  return [
    allow("ReadLibrary", ["dynamodb:GetItem"], [tables.groups.arn, tables.plans.arn]),
    allow(
      "KeepJournal",
      ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"],
      [tables.executions.arn],
    ),
    allow(
      "StartMachines",
      ["states:StartExecution"],
      [machines.recoverPlan.arn, machines.recoverLane.arn],
    ),
    allow(
      "LookAtExecutions",
      ["states:DescribeExecution"],
      [`${executionsOf(machines.recoverPlan)}:*`],
    ),
    // No resource types: Service Authorization Reference, "Actions, resources, and condition keys
    // for AWS Step Functions". The task token is the capability.
    allow("AnswerTasks", ["states:SendTaskHeartbeat", "states:SendTaskSuccess"], ["*"]),
    allow("Notify", ["sns:Publish"], [notifications.arn]),
  ];
}

/** Source: "Using Distributed Map", section on IAM policies, Step Functions developer guide. */
function distributedMap({ machines }: HubNames): readonly Statement[] {
  const executions = executionsOf(machines.recoverPlan);
  return [
    allow("StartMapRuns", ["states:StartExecution"], [machines.recoverPlan.arn]),
    allow(
      "FollowMapRuns",
      ["states:DescribeExecution", "states:StopExecution"],
      [`${executions}:*`, `${executions}/*:*`],
    ),
    allow("RedriveMapRuns", ["states:RedriveExecution"], [`${executions}/*:*`]),
  ];
}

/** What the ARNs of a machine's executions begin with. */
function executionsOf({ arn }: Named): string {
  return arn.replace(":stateMachine:", ":execution:");
}

/** No resource types. Source: "Logging using CloudWatch Logs", Step Functions developer guide. */
const logDelivery = allow(
  "DeliverLogs",
  [
    "logs:CreateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:DescribeLogGroups",
    "logs:DescribeResourcePolicies",
    "logs:GetLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:UpdateLogDelivery",
  ],
  ["*"],
);
