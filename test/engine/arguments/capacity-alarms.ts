import type { CapacityAlarmsArgs } from "../../../components/index.js";
import { type ArgumentTable, inPlace, replaces, untried } from "../support/argument-table.js";
import { hubAddress, lanes, moreLanes } from "./hub-values.js";

const alarms = ["cloudwatch:CompositeAlarm", "cloudwatch:MetricAlarm"];
const topic = (name: string) => `arn:aws:sns:us-east-1:111122223333:${name}`;

export const capacityAlarms: ArgumentTable<CapacityAlarmsArgs> = {
  component: "CapacityAlarms",
  sample: { ...hubAddress, lanes, alarmTopicArn: topic("dr-shop-alarms") },
  rows: {
    environment: replaces("other", alarms, "an alarm is its name"),
    account: untried("another account has another provider, so it has alarms of its own"),
    homeRegion: replaces("eu-west-1", alarms, "an alarm lies in one Region"),
    lanes: [inPlace(moreLanes), inPlace(lanes, { from: moreLanes })],
    alarmTopicArn: inPlace(topic("other")),
    warnAtServers: inPlace(240),
    criticalAtServers: inPlace(270),
    busyAtPercent: inPlace(80),
    publishEveryMinutes: inPlace(10),
    transformAlarm: inPlace((given) => ({ ...given, tags: { system: "shop" } })),
  },
};
