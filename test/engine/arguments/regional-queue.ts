import type { RegionalQueueArgs } from "../../../components/index.js";
import { keyArns, orders, topicArns } from "../../support/cells.js";
import { type ArgumentTable, inPlace, refused } from "../support/argument-table.js";
import { objectives, otherKeyArns, renamed } from "./values.js";

const queue = ["sqs:Queue"];
const noRename = "SQS renames no queue";
const consumer = (name: string) => ({
  "us-east-1": `arn:aws:lambda:us-east-1:111122223333:function:${name}`,
  "us-west-2": `arn:aws:lambda:us-west-2:111122223333:function:${name}`,
});

export const regionalQueue: ArgumentTable<RegionalQueueArgs> = {
  component: "RegionalQueue",
  sample: { cell: orders, name: "payments", keyArns, pattern: "outbox", onRecovery: "purge" },
  unprotected: { keepData: false },
  rows: {
    cell: refused(renamed, queue, noRename),
    name: refused("refunds", queue, noRename),
    keyArns: inPlace(otherKeyArns),
    pattern: inPlace("fan-out"),
    onRecovery: inPlace("reprocess"),
    consumerArns: [
      inPlace(consumer("pay")),
      inPlace(consumer("refund"), { from: consumer("pay") }),
    ],
    messageRetentionDays: inPlace(7),
    visibilitySeconds: inPlace(600),
    maxReceives: inPlace(9),
    warnAtMessageAgeSeconds: inPlace(600),
    topicArns: inPlace(topicArns),
    objectives: inPlace(objectives),
    keepData: inPlace(true),
    transformQueue: inPlace((given) => ({ ...given, maxMessageSize: 65_536 })),
    transformMapping: inPlace((given) => ({ ...given, batchSize: 5 }), {
      beside: { consumerArns: consumer("pay") },
    }),
    transformAlarm: inPlace((given) => ({ ...given, evaluationPeriods: 5 })),
  },
};
