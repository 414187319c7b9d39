import { partitionOf } from "../../core/partition.js";
import type { Command, Step } from "../model.js";
import type { CellOutputs, Side } from "../outputs/cell.js";
import { jsonWord, variable, type Word } from "../words.js";
import { boundOf } from "./objectives.js";
import { callIn, regionOf, type Turn } from "./turn.js";

type Restored = NonNullable<CellOutputs["tables"][number]["restored"]>;

/** A table of one Region, with what restores it. */
interface RestoredTable {
  readonly name: string;
  readonly tableName: string;
  readonly left: Restored;
}

const recoveryPoint = variable("RECOVERY_POINT");

/** The tables of the cell of which the other Region has nothing but backups. */
export function restoredTables({ tables }: CellOutputs): readonly RestoredTable[] {
  return tables.flatMap(({ name, tableName, restored }) =>
    restored === undefined ? [] : [{ name, tableName, left: restored }],
  );
}

/** Each such table from the newest copy in the Region that takes over, under its own name. */
export function restoreTables(turn: Turn): readonly Step[] {
  const tables = restoredTables(turn.cell);
  if (tables.length === 0) return [];
  return [restore(turn, tables), complete(turn, tables)];
}

function restore(turn: Turn, tables: readonly RestoredTable[]): Step {
  const { cell, from, to } = turn;
  const region = regionOf(turn, to);
  return {
    title: `Restore the tables in ${region} from the copies there`,
    why: "The copies of backups are all that the Region has of them: everything since the last one is lost. Each table bears the name that it had, so nothing that uses it need be told.",
    plane: "regional",
    commands: [
      ...tables.flatMap((table) => [
        points(turn, table, from),
        callIn(
          turn,
          to,
          `${table.name}: the newest of them`,
          "backup",
          "start-restore-job",
          ...["--recovery-point-arn", [recoveryPoint]],
          ...["--iam-role-arn", cell.backupRoles?.restore ?? ""],
          ...["--resource-type", "DynamoDB", "--metadata", metadata(cell.keyArns[to], table)],
        ),
      ]),
      jobs(turn, to, "what became of them", "list-restore-jobs", "Restore", "CreatedResourceArn"),
      ...tables.map((table) => look(turn, to, table)),
    ],
    checks: [
      "Each job is `COMPLETED`, each table `ACTIVE`, and an item that you know is in it.",
      "The point that was taken is the newest one of its table, and it was written down when it was made.",
    ],
    takesAtMost: boundOf(cell, tables[0]?.name ?? ""),
    back: `Delete what was restored in ${region}.`,
  };
}

/**
 * Source: AWS Backup Developer Guide, restore testing inferred metadata, for the keys. That a
 * customer key goes with `KMS` is inferred from DynamoDB's own word for it.
 */
function metadata(kmsMasterKeyArn: string, { tableName }: RestoredTable): Word {
  return jsonWord({ targetTableName: tableName, encryptionType: "KMS", kmsMasterKeyArn });
}

function points(turn: Turn, { name, tableName }: RestoredTable, madeIn: Side): Command {
  const query =
    "reverse(sort_by(RecoveryPoints,&CreationDate))[].[RecoveryPointArn,CreationDate,Status]";
  return callIn(
    turn,
    turn.to,
    `copies of ${name}, newest first`,
    "backup",
    "list-recovery-points-by-backup-vault",
    ...["--backup-vault-name", turn.cell.backupVault ?? ""],
    ...["--by-resource-arn", tableArn(turn, madeIn, tableName), "--query", query],
  );
}

/**
 * Source: DynamoDB Developer Guide, restoring a table: time to live, recovery to a point in time,
 * protection from deletion and tags are set by hand afterwards.
 */
function complete(turn: Turn, tables: readonly RestoredTable[]): Step {
  return {
    title: `Give the tables in ${regionOf(turn, turn.to)} what a restore leaves out`,
    why: "A restored table is not recovered to a point in time, not kept from deletion, not backed up, and lets nothing expire.",
    plane: "regional",
    commands: tables.flatMap((table) => completing(turn, table)),
    checks: ["Before: each table is `ACTIVE`.", "Each call is answered without an error."],
    back: "Nothing need be: the table is as it was deployed.",
  };
}

function completing(turn: Turn, { name, tableName, left }: RestoredTable): readonly Command[] {
  const of: readonly Word[] = ["--table-name", tableName];
  const { key, value } = left.backupTag;
  const call = (note: string, operation: string, ...options: readonly Word[]) =>
    callIn(turn, turn.to, `${name}: ${note}`, "dynamodb", operation, ...options);
  return [
    call(
      "recovery to a point in time",
      "update-continuous-backups",
      ...of,
      ...["--point-in-time-recovery-specification", "PointInTimeRecoveryEnabled=true"],
    ),
    ...(left.keepData
      ? [call("kept from deletion", "update-table", ...of, "--deletion-protection-enabled")]
      : []),
    ...(left.ttlAttribute === undefined
      ? []
      : [
          call(
            "time to live",
            "update-time-to-live",
            ...of,
            "--time-to-live-specification",
            jsonWord({ Enabled: true, AttributeName: left.ttlAttribute }),
          ),
        ]),
    call(
      "found by the plan of backups",
      "tag-resource",
      ...["--resource-arn", tableArn(turn, turn.to, tableName)],
      ...["--tags", `Key=${key},Value=${value}`],
    ),
  ];
}

/** What was written to restored tables goes home as it came: backed up, copied, restored. */
export function carryTablesBack(turn: Turn): readonly Step[] {
  const tables = restoredTables(turn.cell);
  if (tables.length === 0) return [];
  return [
    backUpAndCopy(turn, tables),
    makeRoom(turn, tables),
    ...restoreTables(turn).map((step) => ({
      ...step,
      ...(step.takesAtMost && {
        why: "The points that were just copied hold every write. Older ones lack what was written since the failover.",
      }),
    })),
  ];
}

function backUpAndCopy(turn: Turn, tables: readonly RestoredTable[]): Step {
  const { cell, from, to } = turn;
  const [active, home] = [regionOf(turn, from), regionOf(turn, to)];
  const vault = cell.backupVault ?? "";
  const role: readonly Word[] = ["--iam-role-arn", cell.backupRoles?.backUp ?? ""];
  const destination = `arn:${partitionOf(home)}:backup:${home}:${cell.account}:backup-vault:${vault}`;
  return {
    title: `Back the tables up in both Regions, and copy those of ${active} to ${home}`,
    why: `What was written since the failover is in ${active} alone; what was lost in it is in ${home} alone, and its backup keeps it for whoever compares the two.`,
    plane: "regional",
    commands: [
      ...tables.flatMap(({ name, tableName }) =>
        ([from, to] as const).map((side) =>
          callIn(
            turn,
            side,
            `${name} of ${regionOf(turn, side)}`,
            "backup",
            "start-backup-job",
            ...["--backup-vault-name", vault],
            ...["--resource-arn", tableArn(turn, side, tableName), ...role],
          ),
        ),
      ),
      ...([from, to] as const).map((side) =>
        jobs(
          turn,
          side,
          "until each is COMPLETED",
          "list-backup-jobs",
          "Backup",
          "RecoveryPointArn",
        ),
      ),
      ...tables.map(({ name }) =>
        callIn(
          turn,
          from,
          `the copy of ${name}`,
          "backup",
          "start-copy-job",
          ...["--recovery-point-arn", [recoveryPoint], "--source-backup-vault-name", vault],
          ...["--destination-backup-vault-arn", destination, ...role],
        ),
      ),
      jobs(
        turn,
        from,
        "until each is COMPLETED",
        "list-copy-jobs",
        "Copy",
        "DestinationRecoveryPointArn",
      ),
    ],
    checks: [
      "Before: nobody writes, neither a task nor a consumer.",
      `A point of each table of ${active} lies in the vault of ${home}, and one of each table of ${home}.`,
      "It was measured in a drill how long that takes: nobody publishes it.",
    ],
    back: `Let what writes in ${active} go on.`,
  };
}

/** DynamoDB restores no table over another, and renames none. */
function makeRoom(turn: Turn, tables: readonly RestoredTable[]): Step {
  const home = regionOf(turn, turn.to);
  return {
    title: `Make room for the tables in ${home}`,
    why: `The tables of ${home} are of another past, and bear the names that the restored ones must have. Their last state is in the vault.`,
    plane: "regional",
    commands: deleting(turn, turn.to, tables),
    checks: [
      "Before: the backup of each, of today, is `COMPLETED` in the vault of its Region.",
      "Each is gone: `describe-table` answers `ResourceNotFoundException`.",
    ],
    back: `Restore the backup of today in ${home}, under the same name.`,
  };
}

/** Takes away in a Region what was restored there, once the other one has it all. */
export function removeRestored(turn: Turn, side: Side): readonly Step[] {
  const tables = restoredTables(turn.cell);
  if (tables.length === 0) return [];
  const region = regionOf(turn, side);
  return [
    {
      title: `Take away the tables in ${region}`,
      why: "The next failover restores them under the same names, from newer copies.",
      plane: "regional",
      commands: deleting(turn, side, tables),
      checks: [
        "Before: production works in the other Region, and everybody agrees that it does.",
        `Nothing in ${region} uses them any more.`,
      ],
      back: "Restore the newest point of each from the vault.",
    },
  ];
}

function deleting(turn: Turn, side: Side, tables: readonly RestoredTable[]): readonly Command[] {
  return tables.flatMap(({ name, tableName, left }) => {
    const call = (note: string, operation: string, ...options: readonly Word[]) =>
      callIn(turn, side, note, "dynamodb", operation, "--table-name", tableName, ...options);
    return [
      ...(left.keepData
        ? [call(`${name} may be deleted`, "update-table", "--no-deletion-protection-enabled")]
        : []),
      call(`${name}: for good`, "delete-table"),
    ];
  });
}

function look(turn: Turn, side: Side, { name, tableName }: RestoredTable): Command {
  const options: readonly Word[] = ["--table-name", tableName, "--query", "Table.TableStatus"];
  return callIn(
    turn,
    side,
    `${name}, until it is ACTIVE`,
    "dynamodb",
    "describe-table",
    ...options,
  );
}

function jobs(
  turn: Turn,
  side: Side,
  note: string,
  operation: string,
  kind: "Backup" | "Copy" | "Restore",
  made: string,
): Command {
  const state = kind === "Restore" ? "Status" : "State";
  const message = "message:StatusMessage";
  const query = `${kind}Jobs[].{made:${made},state:${state},${message}}`;
  return callIn(turn, side, note, "backup", operation, "--query", query);
}

function tableArn({ cell }: Turn, side: Side, tableName: string): string {
  const region = cell.regions[side];
  return `arn:${partitionOf(region)}:dynamodb:${region}:${cell.account}:table/${tableName}`;
}
