import { partitionOf } from "../../../../core/partition.js";
import type { NeededRight } from "../../service.js";
import { type Operation, postOperation, right } from "../operation.js";

const initializeService: Operation = {
  ...postOperation("InitializeService", {
    rights: ({ world, lane }) => [
      right("drs:InitializeService"),
      ...(world.switches.initializeAsksIam ? setupRights(lane.account, lane.region) : []),
    ],
    run({ lane }) {
      lane.isInitialised = true;
      return { status: 204 };
    },
  }),
  needsInitialisedAccount: false,
};

/** Operations on DRS as a whole in an account and Region. */
export const accountOperations: readonly Operation[] = [initializeService];

/**
 * What DRS sets up under the identity of the caller: its own role, and the profiles of the servers
 * that it launches. Actions: Service Authorization Reference, dependent actions of InitializeService
 * (December 2025). Names: the roles of the managed policies of DRS, whose profiles have them, too.
 */
function setupRights(account: string, region: string): readonly NeededRight[] {
  const iam = `arn:${partitionOf(region)}:iam::${account}`;
  const profiles = ["ReplicationServer", "ConversionServer", "RecoveryInstance"].map(
    (name) => `${iam}:instance-profile/AWSElasticDisasterRecovery${name}Role`,
  );
  const serviceRole = `${iam}:role/aws-service-role/drs.amazonaws.com/AWSServiceRoleForElasticDisasterRecovery`;
  return [
    {
      ...right("iam:CreateServiceLinkedRole", [serviceRole]),
      context: { "iam:AWSServiceName": "drs.amazonaws.com" },
    },
    right("iam:CreateInstanceProfile", profiles),
    right("iam:AddRoleToInstanceProfile", profiles),
    right("iam:GetInstanceProfile", profiles),
  ];
}
