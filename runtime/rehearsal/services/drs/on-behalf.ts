import type { Caller, LaneRecord } from "./model.js";
import type { World } from "./world.js";

/**
 * What DRS does in EC2 under the identity of the caller who starts a recovery. A part of the set in
 * AWSElasticDisasterRecoveryConsoleFullAccess_v2: actions without which no launch can succeed.
 */
const launchActions = [
  "ec2:CreateSecurityGroup",
  "ec2:CreateVolume",
  "ec2:CreateNetworkInterface",
  "ec2:CreateFleet",
  "ec2:RunInstances",
  "ec2:AttachVolume",
] as const;

const terminateActions = ["ec2:TerminateInstances", "ec2:DeleteVolume"] as const;

/** Why EC2 refuses a launch to this caller, in the words of DRS; nothing when it does not. */
export function launchDenial(world: World, lane: LaneRecord, caller: Caller): string | undefined {
  return denial(world, lane, caller, launchActions);
}

/** Why EC2 refuses to end an instance to this caller; nothing when it does not. */
export function terminateDenial(
  world: World,
  lane: LaneRecord,
  caller: Caller,
): string | undefined {
  return denial(world, lane, caller, terminateActions);
}

function denial(
  world: World,
  lane: LaneRecord,
  { principal }: Caller,
  actions: readonly string[],
): string | undefined {
  const { authorizeOnBehalf } = world.options;
  if (!principal || !authorizeOnBehalf) return undefined;
  const context = {
    "aws:CalledVia": "drs.amazonaws.com",
    "aws:PrincipalAccount": principal.account,
    "aws:PrincipalArn": principal.roleArn,
    "aws:RequestedRegion": lane.region,
    "aws:RequestTag/AWSElasticDisasterRecoveryManaged": "drs.amazonaws.com",
    "aws:ResourceTag/AWSElasticDisasterRecoveryManaged": "drs.amazonaws.com",
    "aws:ViaAWSService": "true",
  };
  const denied = actions.find(
    (action) => !authorizeOnBehalf(principal, { action, resources: ["*"], context }).allowed,
  );
  return denied && `Your IAM user do not have permission for ${denied}`;
}
