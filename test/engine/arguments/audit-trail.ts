import type { AuditTrailArgs } from "../../../components/index.js";
import { keyArns, orders, topicArns } from "../../support/cells.js";
import { type ArgumentTable, inPlace, refused } from "../support/argument-table.js";
import { otherKeyArns, renamed } from "./values.js";

const elsewhere = "arn:aws:cloudtrail:us-east-1:999988887777:trail/organization";
const locked = { retentionYears: 1 } as const;

export const auditTrail: ArgumentTable<AuditTrailArgs> = {
  component: "AuditTrail",
  sample: { cell: orders },
  unprotected: { keepData: false },
  rows: {
    cell: refused(renamed, ["s3:Bucket"], "S3 renames no bucket"),
    covers: inPlace("cell"),
    elsewhere: refused(elsewhere, ["kms:Key", "s3:Bucket"], "nothing is made beside such a trail"),
    keyArns: inPlace(otherKeyArns, { from: keyArns }),
    retentionYears: [inPlace(7), inPlace(7, { from: 1 })],
    retentionMode: inPlace("GOVERNANCE", { beside: locked }),
    topicArns: inPlace(topicArns),
    keepData: inPlace(true),
    transformTrail: inPlace((given) => ({ ...given, enableLogging: false })),
  },
};
