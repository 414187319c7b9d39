import type { CellWatchArgs } from "../../../components/index.js";
import { orders, topicArns } from "../../support/cells.js";
import { type ArgumentTable, inPlace, replaces } from "../support/argument-table.js";
import { renamed } from "./values.js";

const canaries = { "us-east-1": "shop-orders", "us-west-2": "shop-orders" };
const lagAlarms = {
  "us-east-1": ["arn:aws:cloudwatch:us-east-1:111122223333:alarm:lag"],
  "us-west-2": ["arn:aws:cloudwatch:us-west-2:111122223333:alarm:lag"],
};

export const cellWatch: ArgumentTable<CellWatchArgs> = {
  component: "CellWatch",
  sample: { cell: orders, topicArns, canaries },
  rows: {
    cell: replaces(
      renamed,
      ["cloudwatch:CompositeAlarm", "cloudwatch:MetricAlarm"],
      "an alarm is its name",
    ),
    topicArns: inPlace({
      ...topicArns,
      "us-east-1": "arn:aws:sns:us-east-1:111122223333:other",
    }),
    canaries: inPlace({ ...canaries, "us-east-1": "shop-other" }),
    lagAlarms: inPlace(lagAlarms),
    loadBalancers: inPlace({ "us-east-1": "app/api/1", "us-west-2": "app/api/2" }),
    decideWhen: inPlace("unhealthy-and-lagging", { beside: { lagAlarms } }),
    unhealthyMinutes: inPlace(7),
    errorPercent: inPlace(9, {
      beside: { loadBalancers: { "us-east-1": "app/api/1", "us-west-2": "app/api/2" } },
    }),
    suspensionMinutes: inPlace(30),
    transformAlarm: inPlace((given) => ({ ...given, tags: { system: "shop" } })),
  },
};
