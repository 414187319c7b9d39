import type { Cell } from "../../components/cells/cell.js";

/** A cell of two Regions for tests of components. */
export const orders: Cell = {
  environment: "shop",
  name: "orders",
  account: "111122223333",
  residency: "us",
  regions: { primary: "us-east-1", recovery: "us-west-2" },
};
