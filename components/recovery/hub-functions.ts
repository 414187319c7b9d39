import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type HubFunctionName, hubBundles, type VariableOf } from "../../runtime/bundles.js";
import type { Lane } from "../../runtime/core/lane.js";
import type { Transform } from "../arguments.js";
import { bundleFunction } from "../bundle-function.js";
import { functionPolicy } from "../iam/hub-policies.js";
import { type HubAddress, hubNames, perFunction, spokeNames } from "./names.js";

/** What the functions of the hub need to know. */
export interface HubFunctionsArgs {
  readonly address: HubAddress;
  readonly lanes: readonly Lane[];
  readonly externalId: string;
  readonly codeOf: Readonly<Record<HubFunctionName, pulumi.asset.Archive>>;
  readonly logRetentionDays: pulumi.Input<number>;
  readonly transformFunction?: Transform<aws.lambda.FunctionArgs>;
}

/** The functions of the hub, each with its role and its log group, as `bundles.ts` describes them. */
export function hubFunctions(
  name: string,
  args: HubFunctionsArgs,
  child: pulumi.CustomResourceOptions,
): Record<HubFunctionName, aws.lambda.Function> {
  return perFunction((fn) => hubFunction(name, fn, args, child));
}

function hubFunction(
  name: string,
  fn: HubFunctionName,
  args: HubFunctionsArgs,
  child: pulumi.CustomResourceOptions,
): aws.lambda.Function {
  const { address, lanes, codeOf, logRetentionDays, transformFunction } = args;
  const names = hubNames(address);
  return bundleFunction(
    `${name}-${fn}`,
    {
      fn,
      region: address.homeRegion,
      names: {
        fn: names.functions[fn],
        role: names.functionRoles[fn],
        logs: names.functionLogs[fn],
      },
      code: codeOf[fn],
      policy: functionPolicy(fn, names, spokeRolesOf(fn, address, lanes)),
      variables: functionVariables(fn, args),
      logRetentionDays,
      ...(transformFunction && { transformFunction }),
    },
    child,
  );
}

/** Exactly the variables that the function's entry reads; all are names, known at preview. */
function functionVariables(
  fn: HubFunctionName,
  { address, externalId }: Pick<HubFunctionsArgs, "address" | "externalId">,
): Record<string, string> {
  const { tables, machines, notifications } = hubNames(address);
  const spoke = spokeNames(address.environment, address.account, address.homeRegion);
  const role = fn === "execution" ? spoke.recoveryRole : spoke.readRole;
  const values: Record<VariableOf<HubFunctionName>, string> = {
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
    hubBundles[fn].environment.map((variable) => [variable, values[variable]]),
  );
}

/** The role that a function takes in each account. Data management never leaves the hub. */
function spokeRolesOf(
  fn: HubFunctionName,
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
