import type { BackupVaultPairArgs } from "../../../components/index.js";
import { keyArns, orders } from "../../support/cells.js";
import { type ArgumentTable, inPlace, refused, replaces } from "../support/argument-table.js";
import { backupTag, objectives, otherKeyArns, renamed } from "./values.js";

const vault = ["backup:Vault"];
const selection = ["backup:Selection"];
const noChange = "AWS Backup changes no selection; backups that were made stay";
const lock = ["backup:VaultLockConfiguration"];
const noOther = "the provider changes no lock; for a moment the vault has none";
const longKept = { keepBackupsDays: 3_650 };

export const backupVaultPair: ArgumentTable<BackupVaultPairArgs> = {
  component: "BackupVaultPair",
  sample: { cell: orders, name: "backups", keyArns, stores: ["rds"] },
  unprotected: { keepData: false },
  rows: {
    cell: refused(renamed, vault, "AWS Backup renames no vault"),
    name: refused("copies", vault, "AWS Backup renames no vault"),
    keyArns: refused(otherKeyArns, vault, "a vault keeps the key that it was made with"),
    stores: replaces(["rds", "aurora"], selection, noChange),
    tag: replaces(backupTag, selection, noChange),
    schedule: inPlace("cron(0 7 ? * * *)"),
    keepBackupsDays: inPlace(90),
    lockMode: inPlace("governance", { beside: longKept }),
    lockMinDays: replaces(90, lock, noOther, { beside: { ...longKept, lockMode: "governance" } }),
    lockChangeableDays: replaces(14, lock, noOther, {
      beside: { ...longKept, lockMode: "compliance" },
    }),
    restoredTables: inPlace(["carts"], { beside: { stores: ["dynamodb"] } }),
    restoreRoleArn: inPlace("arn:aws:iam::111122223333:role/restores"),
    restoreSchedule: inPlace("cron(0 6 2 * ? *)", {
      beside: { restoreRoleArn: "arn:aws:iam::111122223333:role/restores" },
    }),
    objectives: inPlace(objectives),
    keepData: inPlace(true),
    transformVault: inPlace((given) => ({ ...given, tags: { system: "shop" } })),
    transformPlan: inPlace((given) => ({ ...given, tags: { system: "shop" } })),
  },
};
