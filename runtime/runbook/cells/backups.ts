import { restingOn } from "../../core/cells/copies.js";
import { partitionOf } from "../../core/partition.js";
import type { Command, Step, TimeBound } from "../model.js";
import type { CellOutputs } from "../outputs/cell.js";
import { variable, type Word } from "../words.js";
import { boundOf } from "./objectives.js";
import { restoredTables } from "./restored-tables.js";
import { callIn, regionOf, type Turn } from "./turn.js";

const recoveryPoint = variable("RECOVERY_POINT");
const byRole: readonly Word[] = ["--iam-role-arn", [variable("RESTORE_ROLE")]];

/** Stores of which backups are the only copy, and the vaults that hold them. */
interface OnlyBackups {
  readonly vault: string;
  readonly bound: TimeBound;
  /** Kinds of stores that they hold. */
  readonly kinds: readonly string[];
}

function onlyBackups(cell: CellOutputs): OnlyBackups | undefined {
  const backup = restingOn(cell.copies).find(({ mechanism }) => mechanism === "backup-copy");
  if (cell.backupVault === undefined || backup === undefined) return undefined;
  const { name, stores: kinds = [] } = backup;
  return { vault: cell.backupVault, bound: boundOf(cell, name), kinds };
}

/** Whether stores of the cell are restored, and so must be carried back. */
export function isRestored({ cell }: Turn): boolean {
  return onlyBackups(cell) !== undefined || restoredTables(cell).length > 0;
}

/** Backups are restored only where they are a store's only copy. */
export function restore(turn: Turn): readonly Step[] {
  const only = onlyBackups(turn.cell);
  return only === undefined ? [] : [restoreFrom(turn, only)];
}

function restoreFrom(turn: Turn, { vault, bound, kinds }: OnlyBackups): Step {
  const region = regionOf(turn, turn.to);
  return {
    title: `Restore from the copies in ${region}`,
    why: "The backups are the only copy there: everything since the last one is lost.",
    plane: "regional",
    commands: restoring(turn, vault),
    checks: [
      "The newest point of each store was restored beside what is there, under a new name.",
      "Each job is `COMPLETED`, and what it made was written down: the way back begins with it.",
      // Source: AWS Backup Developer Guide, restoring an Aurora cluster: no instance is made.
      ...(kinds.includes("aurora")
        ? ["Each Aurora cluster was given an instance: AWS Backup restores it without any."]
        : []),
      "Whoever reads and writes these stores was told their new names.",
    ],
    takesAtMost: bound,
    back: `Delete what was restored in ${region}.`,
  };
}

function restoring(turn: Turn, vault: string): readonly Command[] {
  const named: readonly Word[] = ["--backup-vault-name", vault];
  const newestFirst =
    "reverse(sort_by(RecoveryPoints,&CreationDate))[].[RecoveryPointArn,CreationDate,Status]";
  const point: readonly Word[] = ["--recovery-point-arn", [recoveryPoint]];
  const metadata: readonly Word[] = ["--metadata", [variable("RESTORE_METADATA")]];
  const jobs =
    "RestoreJobs[].{point:RecoveryPointArn,status:Status,made:CreatedResourceArn,message:StatusMessage}";
  const call = (note: string, operation: string, ...options: readonly Word[]) =>
    callIn(turn, turn.to, note, "backup", operation, ...options);
  return [
    call("newest first", "list-recovery-points-by-backup-vault", ...named, "--query", newestFirst),
    call("with what it was made", "get-recovery-point-restore-metadata", ...named, ...point),
    call("the restore", "start-restore-job", ...point, ...byRole, ...metadata),
    call("what became of it", "list-restore-jobs", "--query", jobs),
  ];
}

/** What was written to restored stores goes home as it came: nothing replicates it. */
export function carryBack(turn: Turn): readonly Step[] {
  const only = onlyBackups(turn.cell);
  if (only === undefined) return [];
  return [
    backUpAndCopy(turn, only.vault),
    {
      ...restoreFrom(turn, only),
      why: "The point that was just copied holds every write. What the Region held before it was lost is of another past: leave it beside.",
    },
  ];
}

function backUpAndCopy(turn: Turn, vault: string): Step {
  const { cell, from, to } = turn;
  const [active, home] = [regionOf(turn, from), regionOf(turn, to)];
  const call = (note: string, operation: string, ...options: readonly Word[]) =>
    callIn(turn, from, note, "backup", operation, ...options);
  const destination = `arn:${partitionOf(home)}:backup:${home}:${cell.account}:backup-vault:${vault}`;
  const status = (kind: "Backup" | "Copy", made: string) =>
    `${kind}Jobs[].{made:${made},state:State,message:StatusMessage}`;
  return {
    title: `Back up what was restored, and copy it to ${home}`,
    why: `Everything that was written since the failover is in ${active} alone. Nobody writes from here on until traffic is turned.`,
    plane: "regional",
    commands: [
      call(
        "each store that was restored",
        "start-backup-job",
        ...["--backup-vault-name", vault, "--resource-arn", [variable("RESTORED")], ...byRole],
      ),
      call(
        "until it is COMPLETED",
        "list-backup-jobs",
        ...["--query", status("Backup", "RecoveryPointArn")],
      ),
      call(
        "its copy",
        "start-copy-job",
        ...["--recovery-point-arn", [recoveryPoint], "--source-backup-vault-name", vault],
        ...["--destination-backup-vault-arn", destination, ...byRole],
      ),
      call(
        "until it is COMPLETED",
        "list-copy-jobs",
        ...["--query", status("Copy", "DestinationRecoveryPointArn")],
      ),
    ],
    checks: [
      "Before: nobody writes, neither a task nor a consumer.",
      `A point of each store that was restored lies in the vault of ${home}.`,
      "It was measured in a drill how long that takes: nobody publishes it.",
    ],
    back: `Let what writes in ${active} go on.`,
  };
}
