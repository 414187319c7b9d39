import type { ReplicatedSecretArgs } from "../../../components/index.js";
import { keyArns, orders } from "../../support/cells.js";
import { type ArgumentTable, inPlace, refused, replaces } from "../support/argument-table.js";
import { objectives, otherKeyArns, renamed } from "./values.js";

const secret = ["secretsmanager:Secret"];
const rotation = (name: string) => `arn:aws:lambda:us-east-1:111122223333:function:${name}`;

export const replicatedSecret: ArgumentTable<ReplicatedSecretArgs> = {
  component: "ReplicatedSecret",
  sample: { cell: orders, name: "ledger", keyArns },
  unprotected: { keepData: false },
  rows: {
    cell: refused(renamed, secret, "Secrets Manager renames no secret"),
    name: refused("journal", secret, "Secrets Manager renames no secret"),
    keyArns: inPlace(otherKeyArns),
    rotationFunctionArn: [
      inPlace(rotation("rotate")),
      replaces(rotation("renew"), ["lambda:Permission"], "a permission is given for one function", {
        from: rotation("rotate"),
      }),
    ],
    rotateEveryDays: inPlace(7, { beside: { rotationFunctionArn: rotation("rotate") } }),
    recoveryWindowDays: inPlace(14),
    objectives: inPlace(objectives),
    keepData: inPlace(true),
    transformSecret: inPlace((given) => ({ ...given, description: "Ledger" })),
  },
};
