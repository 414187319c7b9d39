import type { ProtectionGroupArgs } from "../../../components/index.js";
import { type ArgumentTable, inPlace, replaces } from "../support/argument-table.js";
import { hub, hubParts, otherHub } from "./hub-values.js";

const member = { account: "444455556666", region: "us-east-1", tags: { System: "shop" } };
const item = ["dynamodb:TableItem"];

export const protectionGroup: ArgumentTable<ProtectionGroupArgs> = {
  component: "ProtectionGroup",
  sample: { hub, group: { name: "shop", members: [member] } },
  needs: hubParts,
  rows: {
    hub: replaces(otherHub, item, "the other hub gets what the first one loses"),
    group: [
      inPlace({ name: "shop", members: [{ ...member, tags: {} }] }),
      inPlace({ name: "bank", members: [member] }),
    ],
  },
};
