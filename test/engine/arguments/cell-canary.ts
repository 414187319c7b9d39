import type { CellCanaryArgs } from "../../../components/index.js";
import { keyArns, orders } from "../../support/cells.js";
import { type ArgumentTable, inPlace, replaces } from "../support/argument-table.js";
import { otherKeyArns, renamed } from "./values.js";

const all = [
  "iam:Role",
  "iam:RolePolicy",
  "s3:Bucket",
  "s3:BucketLifecycleConfiguration",
  "s3:BucketObjectv2",
  "s3:BucketPolicy",
  "s3:BucketPublicAccessBlock",
  "s3:BucketServerSideEncryptionConfiguration",
  "s3:BucketVersioning",
  "synthetics:Canary",
];
const renames = "a canary and its bucket are known by their names; the records of its runs go";
const healthUrls = {
  "us-east-1": "https://east.orders.example.com/health",
  "us-west-2": "https://west.orders.example.com/health",
};

export const cellCanary: ArgumentTable<CellCanaryArgs> = {
  component: "CellCanary",
  sample: { cell: orders, healthUrls, keyArns },
  expendable: ["s3:Bucket"],
  rows: {
    cell: replaces(renamed, all, renames),
    healthUrls: inPlace({ ...healthUrls, "us-east-1": "https://other.orders.example.com/health" }),
    keyArns: inPlace(otherKeyArns),
    canaryName: replaces("shop-other", all, renames),
    answerSeconds: inPlace(20),
    canaryKeptDays: inPlace(62),
    runtimeVersion: inPlace("syn-nodejs-puppeteer-16.0"),
    transformCanary: inPlace((given) => ({ ...given, successRetentionPeriod: 7 })),
    transformBucket: inPlace((given) => ({ ...given, tags: { system: "shop" } })),
  },
};
