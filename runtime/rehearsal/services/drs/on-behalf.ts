import { partitionOf } from "../../../core/partition.js";
import type { NeededRight, Principal } from "../service.js";
import { actionRights } from "./action-rights.js";
import { existingInstance } from "./existing-instance.js";
import type { LaunchAction } from "./launch-actions.js";
import {
  intoExistingRights,
  launchActionsRole,
  launchRights,
  type OnBehalf,
  passedRoles,
  terminateRights,
} from "./launch-rights.js";
import { launchSettingsOf } from "./launch-settings.js";
import type { Caller, LaneRecord, SourceServerRecord } from "./model.js";
import type { World } from "./world.js";

/** Tag of everything that DRS makes in EC2. */
const managedTag = "AWSElasticDisasterRecoveryManaged";
/** Of an instance whose owner lets DRS launch into it. Source: DRS user guide, launch into source instance. */
const openedTag = { "aws:ResourceTag/AWSDRS": "AllowLaunchingIntoThisInstance" };
const drs = "drs.amazonaws.com";

/** Why EC2 refuses a launch to this caller, in the words of DRS; nothing when it does not. */
export function launchDenial(
  world: World,
  lane: LaneRecord,
  server: SourceServerRecord,
  caller: Caller,
): string | undefined {
  const { postLaunchEnabled } = launchSettingsOf(server);
  const roles = [...passedRoles, ...(postLaunchEnabled ? [launchActionsRole] : [])];
  const isIntoExisting = existingInstance(world, server) !== undefined;
  const rights = [
    ...launchRights[world.switches.launchRights],
    ...(isIntoExisting ? intoExistingRights : []),
  ];
  return denial(world, caller, (principal) => [
    ...rights.map((one) => rightOf(one, lane, principal)),
    passRoles(roles, lane, principal),
  ]);
}

/** Why SSM refuses a launch action on an instance to this caller; nothing when it does not. */
export function actionDenial(
  world: World,
  { region }: LaneRecord,
  action: LaunchAction,
  instance: string,
  caller: Caller,
): string | undefined {
  if (!world.switches.launchActionsAskCaller) return undefined;
  return denial(world, caller, ({ account, roleArn }) => {
    const through = throughDrs(account, roleArn);
    return actionRights(world, action, { account, region, instance, through });
  });
}

/** Why EC2 refuses to end an instance to this caller; nothing when it does not. */
export function terminateDenial(
  world: World,
  lane: LaneRecord,
  caller: Caller,
): string | undefined {
  return denial(world, caller, (principal) =>
    terminateRights.map((one) => rightOf(one, lane, principal)),
  );
}

function denial(
  world: World,
  { principal }: Caller,
  rightsOf: (principal: Principal) => readonly NeededRight[],
): string | undefined {
  const { authorizeOnBehalf } = world.options;
  if (!principal || !authorizeOnBehalf) return undefined;
  const denied = rightsOf(principal).find((right) => !authorizeOnBehalf(principal, right).allowed);
  return denied && `Your IAM user do not have permission for ${denied.action}`;
}

function rightOf(
  { action, makes = [], uses = [], takes = [], opened = [], createAction }: OnBehalf,
  { region }: LaneRecord,
  { account, roleArn }: Principal,
): NeededRight {
  const service = action.split(":")[0] ?? "";
  const arnOf = (kind: string): string => {
    const owner = ownerless.has(kind) ? "" : account;
    return `arn:${partitionOf(region)}:${service}:${region}:${owner}:${kind}/rehearsed`;
  };
  const made = makes.map((kind) => [arnOf(kind), { [`aws:RequestTag/${managedTag}`]: drs }]);
  const used = uses.map((kind) => [arnOf(kind), { [`aws:ResourceTag/${managedTag}`]: drs }]);
  const owned = opened.map((kind) => [arnOf(kind), openedTag]);
  const resources = [...makes, ...uses, ...opened, ...takes].map(arnOf);
  return {
    action,
    resources: resources.length > 0 ? resources : ["*"],
    context: {
      ...throughDrs(account, roleArn),
      "aws:RequestedRegion": region,
      ...(createAction !== undefined && { "ec2:CreateAction": createAction }),
    },
    contextOf: Object.fromEntries([...made, ...used, ...owned]),
  };
}

/** Images and snapshots have no account in their ARNs. */
const ownerless = new Set(["image", "snapshot"]);

/** IAM is global: no Region of a lane is the requested one. */
function passRoles(
  roles: readonly string[],
  { region }: LaneRecord,
  { account, roleArn }: Principal,
): NeededRight {
  return {
    action: "iam:PassRole",
    resources: roles.map(
      (role) => `arn:${partitionOf(region)}:iam::${account}:role/service-role/${role}`,
    ),
    context: { ...throughDrs(account, roleArn), "iam:PassedToService": "ec2.amazonaws.com" },
  };
}

function throughDrs(account: string, roleArn: string): Readonly<Record<string, string>> {
  return {
    "aws:CalledVia": drs,
    "aws:PrincipalAccount": account,
    "aws:PrincipalArn": roleArn,
    "aws:SecureTransport": "true",
    "aws:ViaAWSService": "true",
  };
}
