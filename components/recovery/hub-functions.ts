import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { bundles, type FunctionName, type VariableOf } from "../../runtime/bundles.js";
import type { Lane } from "../../runtime/core/lane.js";
import { type Transform, unchanged } from "../arguments.js";
import { trustService } from "../iam/document.js";
import { functionPolicy } from "../iam/hub-policies.js";
import { type HubAddress, hubNames, perFunction, spokeNames } from "./names.js";

/** What the functions of the hub need to know. */
export interface HubFunctionsArgs {
  readonly address: HubAddress;
  readonly lanes: readonly Lane[];
  readonly externalId: string;
  readonly codeOf: Readonly<Record<FunctionName, pulumi.asset.Archive>>;
  readonly logRetentionDays: pulumi.Input<number>;
  readonly transformFunction?: Transform<aws.lambda.FunctionArgs>;
}

/** The functions of the hub, each with its role and its log group, as `bundles.ts` describes them. */
export function hubFunctions(
  name: string,
  args: HubFunctionsArgs,
  child: pulumi.CustomResourceOptions,
): Record<FunctionName, aws.lambda.Function> {
  return perFunction((fn) => hubFunction(name, fn, args, child));
}

function hubFunction(
  name: string,
  fn: FunctionName,
  args: HubFunctionsArgs,
  child: pulumi.CustomResourceOptions,
): aws.lambda.Function {
  const { homeRegion: region } = args.address;
  const names = hubNames(args.address);
  const bundle = bundles[fn];
  const { transformFunction = unchanged } = args;

  const logs = new aws.cloudwatch.LogGroup(
    `${name}-${fn}-logs`,
    { region, name: names.functionLogs[fn].name, retentionInDays: args.logRetentionDays },
    child,
  );
  const { role, policy } = functionRole(name, fn, args, child);
  const functionArgs = transformFunction({
    region,
    name: names.functions[fn].name,
    description: bundle.description,
    architectures: ["arm64"],
    runtime: aws.lambda.Runtime.NodeJS22dX,
    handler: "index.handler",
    code: args.codeOf[fn],
    memorySize: bundle.memoryMib,
    timeout: bundle.timeoutSeconds,
    reservedConcurrentExecutions: bundle.reservedConcurrency,
    role: names.functionRoles[fn].arn,
    tracingConfig: { mode: "Active" },
    loggingConfig: { logFormat: "JSON", logGroup: names.functionLogs[fn].name },
    environment: { variables: functionVariables(fn, args) },
  });
  return new aws.lambda.Function(`${name}-${fn}`, functionArgs, {
    ...child,
    dependsOn: [role, policy, logs],
  });
}

/** Exactly the variables that the function's entry reads; all are names, known at preview. */
function functionVariables(
  fn: FunctionName,
  { address, externalId }: Pick<HubFunctionsArgs, "address" | "externalId">,
): Record<string, string> {
  const { tables, machines, notifications } = hubNames(address);
  const spoke = spokeNames(address.environment, address.account, address.homeRegion);
  const role = fn === "execution" ? spoke.recoveryRole : spoke.readRole;
  const values: Record<VariableOf<FunctionName>, string> = {
    EXECUTIONS_TABLE: tables.executions.name,
    GROUPS_TABLE: tables.groups.name,
    PLANS_TABLE: tables.plans.name,
    SPOKE_ROLE_NAME: role.name,
    SPOKE_EXTERNAL_ID: externalId,
    RECOVER_PLAN_ARN: machines.recoverPlan.arn,
    RECOVER_LANE_ARN: machines.recoverLane.arn,
    NOTIFICATION_TOPIC_ARN: notifications.arn,
  };
  return Object.fromEntries(
    bundles[fn].environment.map((variable) => [variable, values[variable]]),
  );
}

function functionRole(
  name: string,
  fn: FunctionName,
  { address, lanes }: HubFunctionsArgs,
  child: pulumi.CustomResourceOptions,
) {
  const names = hubNames(address);
  const role = new aws.iam.Role(
    `${name}-${fn}-role`,
    {
      name: names.functionRoles[fn].name,
      description: `Function ${names.functions[fn].name}`,
      assumeRolePolicy: JSON.stringify(trustService("lambda.amazonaws.com")),
    },
    child,
  );
  const policy = new aws.iam.RolePolicy(
    `${name}-${fn}-policy`,
    {
      role: role.name,
      name: "own-work",
      policy: JSON.stringify(functionPolicy(fn, names, spokeRolesOf(fn, address, lanes))),
    },
    child,
  );
  return { role, policy };
}

/** The role that a function takes in each account. Data management never leaves the hub. */
function spokeRolesOf(
  fn: FunctionName,
  { environment, homeRegion }: HubAddress,
  lanes: readonly Lane[],
): readonly string[] {
  if (fn === "data-management") return [];
  const accounts = [...new Set(lanes.map((lane) => lane.account))];
  return accounts.map((account) => {
    const { readRole, recoveryRole } = spokeNames(environment, account, homeRegion);
    return (fn === "execution" ? recoveryRole : readRole).arn;
  });
}
