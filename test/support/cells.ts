import type { Cell } from "../../components/cells/cell.js";

/** A cell of two Regions for tests of components. */
export const orders: Cell = {
  environment: "shop",
  name: "orders",
  account: "111122223333",
  residency: "us",
  regions: { primary: "us-east-1", recovery: "us-west-2" },
};

/** A key of that cell in each of its Regions. */
export const keyArns: Readonly<Record<string, string>> = {
  "us-east-1": "arn:aws:kms:us-east-1:111122223333:key/11111111-1111-4111-8111-111111111111",
  "us-west-2": "arn:aws:kms:us-west-2:111122223333:key/22222222-2222-4222-8222-222222222222",
};

/** A topic of that cell in each of its Regions. */
export const topicArns: Readonly<Record<string, string>> = {
  "us-east-1": "arn:aws:sns:us-east-1:111122223333:on-call",
  "us-west-2": "arn:aws:sns:us-west-2:111122223333:on-call",
};
