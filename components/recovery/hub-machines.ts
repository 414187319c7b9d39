import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { maxInlineLanes } from "../../runtime/limits.js";
import { recoverLaneDefinition, recoverPlanDefinition } from "../../runtime/workflows/index.js";
import { type Transform, unchanged } from "../arguments.js";
import { trustService } from "../iam/document.js";
import { workflowsPolicy } from "../iam/hub-policies.js";
import type { Named } from "../named.js";
import { type HubAddress, hubNames } from "./names.js";

/** What the hub's state machines need to know. */
export interface HubMachinesArgs {
  readonly address: HubAddress;
  readonly laneCount: number;
  readonly logRetentionDays: pulumi.Input<number>;
  /** The machines call it, so it comes first. */
  readonly executionFunction: aws.lambda.Function;
  readonly transformMachine?: Transform<aws.sfn.StateMachineArgs>;
}

export interface HubMachines {
  readonly recoverPlan: aws.sfn.StateMachine;
  readonly recoverLane: aws.sfn.StateMachine;
}

/** The two machines that run a plan and its lanes, with the role and the log that they share. */
export function hubMachines(
  name: string,
  args: HubMachinesArgs,
  child: pulumi.CustomResourceOptions,
): HubMachines {
  const { homeRegion: region } = args.address;
  const names = hubNames(args.address);
  const { laneCount, transformMachine = unchanged } = args;
  const executionFunctionArn = names.functions.execution.arn;

  const logs = new aws.cloudwatch.LogGroup(
    `${name}-workflows-logs`,
    { region, name: names.machineLogs.name, retentionInDays: args.logRetentionDays },
    child,
  );
  const { role, policy } = workflowsRole(name, args, child);
  const after = { ...child, dependsOn: [role, policy, logs, args.executionFunction] };
  const machine = (key: string, named: Named, definition: object) =>
    new aws.sfn.StateMachine(
      `${name}-${key}`,
      transformMachine({
        region,
        name: named.name,
        type: "STANDARD",
        definition: JSON.stringify(definition),
        roleArn: names.workflowsRole.arn,
        loggingConfiguration: {
          level: "ALL",
          includeExecutionData: false,
          logDestination: `${names.machineLogs.arn}:*`,
        },
        tracingConfiguration: { enabled: true },
      }),
      after,
    );

  return {
    recoverPlan: machine(
      "recover-plan",
      names.machines.recoverPlan,
      recoverPlanDefinition({ executionFunctionArn, laneCount }),
    ),
    recoverLane: machine(
      "recover-lane",
      names.machines.recoverLane,
      recoverLaneDefinition({ executionFunctionArn }),
    ),
  };
}

function workflowsRole(
  name: string,
  { address, laneCount }: HubMachinesArgs,
  child: pulumi.CustomResourceOptions,
) {
  const names = hubNames(address);
  const { recoverPlan, recoverLane } = names.machines;
  const trust = trustService("states.amazonaws.com", {
    StringEquals: { "aws:SourceAccount": address.account },
    ArnLike: { "aws:SourceArn": [recoverPlan.arn, recoverLane.arn] },
  });
  const role = new aws.iam.Role(
    `${name}-workflows-role`,
    {
      name: names.workflowsRole.name,
      description: `State machines ${recoverPlan.name} and ${recoverLane.name}`,
      assumeRolePolicy: JSON.stringify(trust),
    },
    child,
  );
  const policy = new aws.iam.RolePolicy(
    `${name}-workflows-policy`,
    {
      role: role.name,
      name: "own-work",
      policy: JSON.stringify(workflowsPolicy(names, laneCount > maxInlineLanes)),
    },
    child,
  );
  return { role, policy };
}
