import type {
  AuroraGlobalDatabaseArgs,
  GlobalCacheArgs,
  StorePlacement,
  StorePlacements,
} from "../../components/index.js";
import { orders } from "./cells.js";

/** Where the sample cell's databases and caches stand. */
export const placements: StorePlacements = {
  "us-east-1": placement("1", "10.2.0.0/16"),
  "us-west-2": placement("2", "10.1.0.0/16"),
};

/** A key for each Region of the sample cell. */
export const keyArns = {
  "us-east-1": keyArn("us-east-1"),
  "us-west-2": keyArn("us-west-2"),
} as const;

/** A database of the sample cell, with nothing said that has a default. */
export const ledger: AuroraGlobalDatabaseArgs = {
  cell: orders,
  name: "ledger",
  placements,
  keyArns,
  engineVersion: "16.6",
  onPartition: "keep-committing",
  firstPassword: "first-and-soon-changed",
  masterSecretName: "shop-orders-ledger",
};

/** A cache of the sample cell, with nothing said that has a default. */
export const sessions: GlobalCacheArgs = {
  cell: orders,
  name: "sessions",
  placements,
  keyArns,
  userGroupIds: { "us-east-1": "users-1", "us-west-2": "users-2" },
  engine: "valkey",
  engineVersion: "8.0",
};

export function keyArn(region: string): string {
  return `arn:aws:kms:${region}:${orders.account}:key/11111111-2222-3333-4444-555555555555`;
}

function placement(digit: string, otherRegion: string): StorePlacement {
  return {
    vpcId: `vpc-${digit}`,
    subnetIds: ["a", "b", "c"].map((zone) => `subnet-${digit}${zone}`),
    allowedSecurityGroupIds: { api: `sg-api-${digit}` },
    allowedCidrBlocks: [otherRegion],
    notificationTopicArns: [
      `arn:aws:sns:us-${digit === "1" ? "east-1" : "west-2"}:${orders.account}:alarms`,
    ],
  };
}
