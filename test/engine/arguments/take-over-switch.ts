import type { TakeOverSwitchArgs } from "../../../components/index.js";
import { keyArns, orders } from "../../support/cells.js";
import { type ArgumentTable, inPlace, replaces } from "../support/argument-table.js";
import { renamed } from "./values.js";

const all = [
  "apigateway:Deployment",
  "apigateway:RestApi",
  "apigateway:Stage",
  "iam:Role",
  "iam:RolePolicy",
  "s3:Bucket",
  "s3:BucketPolicy",
  "s3:BucketPublicAccessBlock",
];

export const takeOverSwitch: ArgumentTable<TakeOverSwitchArgs> = {
  component: "TakeOverSwitch",
  sample: { cell: orders },
  expendable: ["s3:Bucket"],
  rows: {
    cell: replaces(
      renamed,
      all,
      "buckets and roles are known by their names; a flag that is set goes",
    ),
    keyArns: inPlace(keyArns),
    transformBucket: inPlace((given) => ({ ...given, tags: { system: "shop" } })),
    transformApi: inPlace((given) => ({ ...given, description: "Flag of the shop" })),
    transformCheck: inPlace((given) => ({ ...given, tags: { system: "shop" } })),
  },
};
