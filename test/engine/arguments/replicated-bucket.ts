import type { ReplicatedBucketArgs } from "../../../components/index.js";
import { keyArns, orders, topicArns } from "../../support/cells.js";
import { type ArgumentTable, inPlace, refused } from "../support/argument-table.js";
import { objectives, otherKeyArns, renamed } from "./values.js";

const bucket = ["s3:Bucket"];
const noRename = "S3 renames no bucket";
const locked = { retentionYears: 1 } as const;

export const replicatedBucket: ArgumentTable<ReplicatedBucketArgs> = {
  component: "ReplicatedBucket",
  sample: { cell: orders, name: "records", keyArns },
  unprotected: { keepData: false },
  rows: {
    cell: refused(renamed, bucket, noRename),
    name: refused("invoices", bucket, noRename),
    keyArns: inPlace(otherKeyArns),
    replicateDeleteMarkers: inPlace(false),
    retentionYears: [inPlace(7), inPlace(7, { from: 1 })],
    retentionMode: inPlace("GOVERNANCE", { beside: locked }),
    archiveAfterDays: inPlace(90),
    archiveClass: inPlace("DEEP_ARCHIVE", { beside: { archiveAfterDays: 90 } }),
    expireAfterDays: inPlace(3_650),
    versionDays: inPlace(400),
    warnAtLatencySeconds: inPlace(600),
    topicArns: inPlace(topicArns),
    objectives: inPlace(objectives),
    keepData: inPlace(true),
    transformBucket: inPlace((given) => ({ ...given, tags: { system: "shop" } })),
    transformPolicy: inPlace((given) => ({ ...given, policy: "{}" })),
    transformReplication: inPlace((given) => ({ ...given, token: "given-by-support" })),
    transformAlarm: inPlace((given) => ({ ...given, evaluationPeriods: 5 })),
  },
};
