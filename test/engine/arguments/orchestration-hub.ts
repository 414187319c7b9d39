import type { OrchestrationHubArgs } from "../../../components/index.js";
import {
  type ArgumentTable,
  inPlace,
  refused,
  unchanged,
  untried,
} from "../support/argument-table.js";
import { hubAddress, lanes, moreLanes } from "./hub-values.js";

const kept = ["dynamodb:Table", "cloudwatch:LogGroup"];
const renames = "DynamoDB renames and moves no table";

export const orchestrationHub: ArgumentTable<OrchestrationHubArgs> = {
  component: "OrchestrationHub",
  sample: { ...hubAddress, lanes, externalId: "shop-111122223333" },
  unprotected: { keepTables: false },
  expendable: ["kms:Key"], // of the alarms' topic, which keeps nothing
  rows: {
    environment: refused("other", kept, renames),
    account: untried("another account has another provider, so it is another hub"),
    homeRegion: refused("eu-west-1", [...kept, "kms:Key"], renames),
    standbyRegion: [inPlace("us-west-2"), inPlace("eu-west-1", { from: "us-west-2" })],
    lanes: inPlace(moreLanes),
    externalId: inPlace("another"),
    notify: inPlace(["on-call@shop.example"]),
    logRetentionDays: inPlace(400),
    keepTables: inPlace(true),
    bundlesFolder: unchanged(
      "node_modules/pulumi-aws-dr/dist/bundles",
      "the same code from another folder is the same function",
    ),
    transformTable: inPlace((given) => ({ ...given, tableClass: "STANDARD_INFREQUENT_ACCESS" })),
    transformFunction: inPlace((given) => ({ ...given, memorySize: 2_048 })),
    transformMachine: inPlace((given) => ({ ...given, tracingConfiguration: { enabled: false } })),
  },
};
