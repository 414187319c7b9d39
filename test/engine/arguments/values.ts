import type {
  BackupTag,
  Cell,
  RegionNetwork,
  StoreObjectives,
  StorePlacements,
} from "../../../components/index.js";
import { keyArns, orders } from "../../support/cells.js";
import { placements } from "../../support/placements.js";

/** The sample cell under another name. */
export const renamed: Cell = { ...orders, name: "returns" };

/** Another key of the primary Region, and the same of the recovery Region. */
export const otherKeyArns = {
  ...keyArns,
  "us-east-1": "arn:aws:kms:us-east-1:111122223333:key/33333333-3333-4333-8333-333333333333",
};

export const objectives: StoreObjectives = { rtoMinutes: 60, rpoSeconds: 900 };

export const backupTag: BackupTag = { key: "backup", value: "daily" };

const primary = { vpcId: "vpc-1", subnetIds: ["subnet-1a", "subnet-1b", "subnet-1c"] };

/** The sample placements with another subnet in the primary Region. */
export const widened: StorePlacements = {
  ...placements,
  "us-east-1": {
    ...placements["us-east-1"],
    ...primary,
    subnetIds: [...primary.subnetIds, "subnet-1d"],
  },
};

/** The sample placements with another VPC in the primary Region. */
export const moved: StorePlacements = {
  ...placements,
  "us-east-1": { ...placements["us-east-1"], ...primary, vpcId: "vpc-3" },
};

/** What lets clients into a store, and lies in its VPC. */
export const accessGroup = ["ec2:SecurityGroup", "vpc:SecurityGroupIngressRule"];

/** A network in the primary Region. */
export const network: RegionNetwork = {
  region: "us-east-1",
  vpcId: "vpc-1",
  publicSubnetIds: ["subnet-1a", "subnet-1b", "subnet-1c"],
  privateSubnetIds: ["subnet-2a", "subnet-2b", "subnet-2c"],
};

/** The same with other subnets. */
export const networkMoved: RegionNetwork = {
  ...network,
  publicSubnetIds: ["subnet-1a", "subnet-1b", "subnet-1d"],
  privateSubnetIds: ["subnet-2a", "subnet-2b", "subnet-2d"],
};

/** A network in the recovery Region. */
export const networkElsewhere: RegionNetwork = {
  region: "us-west-2",
  vpcId: "vpc-2",
  publicSubnetIds: ["subnet-3a", "subnet-3b", "subnet-3c"],
  privateSubnetIds: ["subnet-4a", "subnet-4b", "subnet-4c"],
};

export const logKeyArn: string = keyArns["us-east-1"] ?? "";
