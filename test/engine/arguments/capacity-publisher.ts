import type { CapacityPublisherArgs } from "../../../components/index.js";
import {
  type ArgumentTable,
  inPlace,
  replaces,
  unchanged,
  untried,
} from "../support/argument-table.js";
import { hubAddress, lanes, moreLanes } from "./hub-values.js";

const inRegion = [
  "cloudwatch:LogGroup",
  "lambda:Function",
  "scheduler:Schedule",
  "scheduler:ScheduleGroup",
];

export const capacityPublisher: ArgumentTable<CapacityPublisherArgs> = {
  component: "CapacityPublisher",
  sample: { ...hubAddress, lanes, externalId: "shop-111122223333" },
  rows: {
    environment: replaces(
      "other",
      [...inRegion, "iam:Role", "iam:RolePolicy"],
      "all of it is known by its name; what it published stays",
    ),
    account: untried("another account has another provider, so it is another publisher"),
    homeRegion: replaces(
      "eu-west-1",
      inRegion,
      "all of it lies in one Region; what it published stays",
    ),
    lanes: inPlace(moreLanes),
    externalId: inPlace("another"),
    publishEveryMinutes: inPlace(10),
    logRetentionDays: inPlace(400),
    bundlesFolder: unchanged(
      "node_modules/pulumi-aws-dr/dist/bundles",
      "the same code from another folder is the same function",
    ),
    transformFunction: inPlace((given) => ({ ...given, memorySize: 2_048 })),
  },
};
