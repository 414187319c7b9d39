import type { GlobalTableArgs } from "../../../components/index.js";
import { keyArns, orders, topicArns } from "../../support/cells.js";
import { type ArgumentTable, inPlace, refused, refusedByAws } from "../support/argument-table.js";
import { backupTag, objectives, otherKeyArns, renamed } from "./values.js";

const table = ["dynamodb:Table"];
const noRename = "DynamoDB renames no table";
const keysStay = "the keys of a table are its own for ever";

/** Source: DynamoDB Developer Guide, "Multi-Region strong consistency". */
const onlyEmpty = "it is settled with the first replica of a table, while that is empty";

export const globalTable: ArgumentTable<GlobalTableArgs> = {
  component: "GlobalTable",
  sample: { cell: orders, name: "sessions", keyArns, hashKey: "session" },
  unprotected: { keepData: false },
  rows: {
    cell: refused(renamed, table, noRename),
    name: refused("visits", table, noRename),
    keyArns: inPlace(otherKeyArns),
    hashKey: refused("visitor", table, keysStay),
    rangeKey: refused("startedAt", table, keysStay),
    attributeTypes: refusedByAws({ session: "N" }, keysStay),
    indexes: inPlace([{ name: "by-customer", hashKey: "customer" }]),
    ttlAttribute: inPlace("expiresAt"),
    replicated: inPlace(true, { from: false, beside: { backupTag } }),
    consistency: refusedByAws("strong", onlyEmpty, { also: { witnessRegion: "us-east-2" } }),
    witnessRegion: refusedByAws("us-east-2", onlyEmpty, { also: { consistency: "strong" } }),
    warnAtLagSeconds: inPlace(9),
    topicArns: inPlace(topicArns),
    backupTag: inPlace(backupTag),
    objectives: inPlace(objectives),
    keepData: inPlace(true),
    transformTable: inPlace((given) => ({ ...given, tableClass: "STANDARD_INFREQUENT_ACCESS" })),
    transformAlarm: inPlace((given) => ({ ...given, evaluationPeriods: 5 })),
  },
};
