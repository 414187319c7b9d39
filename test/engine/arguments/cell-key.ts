import type { CellKeyArgs } from "../../../components/index.js";
import { orders } from "../../support/cells.js";
import { type ArgumentTable, inPlace, refused, replaces } from "../support/argument-table.js";
import { renamed } from "./values.js";

const alias = ["kms:Alias"];

export const cellKey: ArgumentTable<CellKeyArgs> = {
  component: "CellKey",
  sample: { cell: orders, name: "stores", services: ["rds"] },
  unprotected: { keepData: false },
  rows: {
    cell: replaces(renamed, alias, "an alias is its name; the keys stay"),
    name: replaces("caches", alias, "an alias is its name; the keys stay"),
    services: inPlace(["rds", "dynamodb"]),
    callers: inPlace(["logs"]),
    users: inPlace(["arn:aws:iam::111122223333:role/auditor"]),
    multiRegion: refused(true, ["kms:Key"], "KMS settles it when it makes the key"),
    deletionWindowDays: inPlace(14),
    rotationDays: inPlace(180),
    keepData: inPlace(true),
    transformKey: inPlace((given) => ({ ...given, description: "Stores" })),
  },
};
