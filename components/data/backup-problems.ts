import { keepBackupsDays, lockChangeableDays, lockMinDays } from "../../runtime/limits.js";
import { Problems, type Rule, resourceName, within } from "../arguments.js";
import { cellPrefix, checkCell } from "../cells/cell.js";
import { checkKeyArns } from "../cells/keys.js";
import { backedUpStores } from "../iam/backup-policy.js";
import type { BackupVaultPairArgs } from "./backup-vault-pair.js";
import { checkObjectives } from "./objectives.js";

/** Source: AWS Backup API Reference, names of vaults, plans and restore testing plans. */
const maxNameCharacters = 50;

const schedule: Rule<string> = (expression) =>
  /^cron\(\S+( \S+){5}\)$/.test(expression)
    ? undefined
    : `must be a cron expression of six fields, such as "cron(0 5 ? * * *)", got "${expression}"`;

/** Everything that is wrong with the vaults' arguments, before anything is created. */
export function backupProblems(
  args: BackupVaultPairArgs,
  settings: {
    readonly schedule: string;
    readonly keepBackupsDays: number;
    readonly lockMinDays?: number;
    readonly lockChangeableDays?: number;
    readonly restoreSchedule?: string;
  },
): Problems {
  const problems = new Problems();
  const { cell, stores } = args;
  checkCell(problems, cell);
  problems.check("name", resourceName, args.name);
  const vault = `${cellPrefix(cell)}-${args.name}`;
  if (vault.length > maxNameCharacters) {
    problems.add(
      "name",
      `must give vault names of up to ${maxNameCharacters} characters, got "${vault}" with ${vault.length}. Take a shorter one`,
    );
  }
  checkKeyArns(problems, cell, args.keyArns);
  checkObjectives(problems, args.objectives);
  const known: readonly string[] = backedUpStores;
  for (const [index, store] of stores.entries()) {
    if (!known.includes(store)) {
      problems.add(`stores[${index}]`, `must be one of ${known.join(", ")}, got "${store}"`);
    }
  }
  if (stores.length === 0) problems.add("stores", "must name a kind of store, got none. Name one");
  const { restoredTables = [] } = args;
  for (const [index, table] of restoredTables.entries()) {
    problems.check(`restoredTables[${index}]`, resourceName, table);
  }
  if (restoredTables.length > 0 && !stores.includes("dynamodb")) {
    const given = restoredTables.map((table) => `"${table}"`).join(", ");
    problems.add(
      "restoredTables",
      `must be none where stores does not name "dynamodb", got ${given}. Back tables up`,
    );
  }
  problems.check("schedule", schedule, settings.schedule);
  if (settings.restoreSchedule !== undefined) {
    problems.check("restoreSchedule", schedule, settings.restoreSchedule);
  } else if (args.restoreSchedule !== undefined) {
    problems.add(
      "restoreSchedule",
      `must not be set without restoreRoleArn, got "${args.restoreSchedule}". Say who restores`,
    );
  }
  problems.check("keepBackupsDays", within(keepBackupsDays), settings.keepBackupsDays);
  lockProblems(problems, args, settings);
  return problems;
}

function lockProblems(
  problems: Problems,
  args: BackupVaultPairArgs,
  settings: {
    readonly keepBackupsDays: number;
    readonly lockMinDays?: number;
    readonly lockChangeableDays?: number;
  },
): void {
  const { lockMinDays: least, lockChangeableDays: changeable } = settings;
  if (least === undefined) {
    if (args.lockMinDays !== undefined) {
      problems.add(
        "lockMinDays",
        `must not be set without lockMode, got ${args.lockMinDays}. Say how the vaults are locked`,
      );
    }
  } else {
    problems.check("lockMinDays", within(lockMinDays), least);
    if (settings.keepBackupsDays < least) {
      problems.add(
        "keepBackupsDays",
        `must be at least the lock's ${least} days, got ${settings.keepBackupsDays}. A locked vault takes no backup that ends earlier`,
      );
    }
  }
  if (changeable !== undefined) {
    problems.check("lockChangeableDays", within(lockChangeableDays), changeable);
  } else if (args.lockChangeableDays !== undefined) {
    problems.add(
      "lockChangeableDays",
      `must not be set but for a lock of compliance, got ${args.lockChangeableDays}. It alone becomes final`,
    );
  }
}
