import type {
  BackupTag,
  Cell,
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
