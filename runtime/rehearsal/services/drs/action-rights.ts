import { partitionOf } from "../../../core/partition.js";
import type { NeededRight } from "../service.js";
import { isCommand, type LaunchAction } from "./launch-actions.js";
import type { World } from "./world.js";

/** Where a launch action runs, and for whom. */
export interface ActionPlace {
  readonly account: string;
  readonly region: string;
  readonly instance: string;
  /** Condition keys of a call that DRS makes under its caller's identity. */
  readonly through: Readonly<Record<string, string>>;
}

/** Names that SSM keeps for AWS's own documents, which have no account in their ARNs. */
const ofAws = /^(aws|amazon|amzn)/i;

const managed = { "aws:ResourceTag/AWSElasticDisasterRecoveryManaged": "drs.amazonaws.com" };

/**
 * What a launch action asks in SSM of who called StartRecovery: the launch's part of
 * AWSElasticDisasterRecoveryLaunchActionsPolicy, version 7, whose other part is for who edits actions.
 * Source: DRS user guide, post-launch actions, for whose credentials these are.
 */
export function actionRights(
  { switches }: World,
  action: LaunchAction,
  place: ActionPlace,
): readonly NeededRight[] {
  const start = isCommand(switches, action) ? command(action, place) : automation(action, place);
  if (switches.launchRights === "essential") return start.slice(0, 1);
  return [
    ask(place, "ssm:DescribeInstanceInformation", ["*"]),
    ask(place, "ssm:DescribeParameters", ["*"]),
    ...start,
    ...storedParameters(action, place),
  ];
}

function command(action: LaunchAction, place: ActionPlace): readonly NeededRight[] {
  const { account, region, instance } = place;
  const machine = `arn:${partitionOf(region)}:ec2:${region}:${account}:instance/${instance}`;
  const document = documentArn(action, place, "document");
  return [
    ask(place, "ssm:SendCommand", [document, machine], { [machine]: managed }),
    ask(place, "ssm:ListCommandInvocations", ["*"]),
  ];
}

function automation(action: LaunchAction, place: ActionPlace): readonly NeededRight[] {
  const execution = ownArn(place, "automation-execution/rehearsed");
  const definition = `${documentArn(action, place, "automation-definition")}:${action.actionVersion}`;
  const started = [documentArn(action, place, "document"), definition, execution];
  return [
    ask(place, "ssm:StartAutomationExecution", started),
    ask(place, "ssm:GetAutomationExecution", [execution], { [execution]: managed }),
  ];
}

/** SSM itself reads them, for the call that DRS makes. */
function storedParameters(
  { parameters = {} }: LaunchAction,
  place: ActionPlace,
): readonly NeededRight[] {
  const names = Object.values(parameters).flatMap(({ type, value = "" }) =>
    type === "SSM_STORE" ? [ownArn(place, `parameter/${value}`)] : [],
  );
  if (names.length === 0) return [];
  const through = {
    ...place.through,
    "aws:CalledVia": `${place.through["aws:CalledVia"]},ssm.amazonaws.com`,
  };
  return [ask({ ...place, through }, "ssm:GetParameters", names)];
}

function documentArn(
  { actionCode }: LaunchAction,
  { account, region }: ActionPlace,
  kind: "document" | "automation-definition",
): string {
  if (actionCode.startsWith("arn:")) return actionCode.replace(":document/", `:${kind}/`);
  const owner = ofAws.test(actionCode) ? "" : account;
  return `arn:${partitionOf(region)}:ssm:${region}:${owner}:${kind}/${actionCode}`;
}

function ownArn({ account, region }: ActionPlace, resource: string): string {
  return `arn:${partitionOf(region)}:ssm:${region}:${account}:${resource}`;
}

function ask(
  { region, through }: ActionPlace,
  action: string,
  resources: readonly string[],
  contextOf?: NeededRight["contextOf"],
): NeededRight {
  const context = { ...through, "aws:RequestedRegion": region };
  return { action, resources, context, ...(contextOf && { contextOf }) };
}
