import type { Command, Step, TimeBound } from "../model.js";
import type { Side } from "../outputs/cell.js";
import { variable, type Word } from "../words.js";
import { suffixed } from "./identifiers.js";
import { lookAtInstance, type Replicated, withBackups } from "./replicas.js";
import { callIn, regionOf, type Turn } from "./turn.js";

/** Name of a replica that is made to be thrown away. */
const throwAway = variable("NEW_REPLICA");

/**
 * A replica in a Region under the name, and so at the address, that this Region's clients know. What
 * stood there before is of another past, and is kept aside.
 */
export function copyTo(turn: Turn, side: Side): readonly Step[] {
  return turn.cell.replicatedDatabases.flatMap((database) => [
    setAside(turn, side, database),
    copyInto(turn, side, database),
  ]);
}

function setAside(turn: Turn, side: Side, { name, instances }: Replicated): Step {
  const { identifier } = instances[side];
  const region = regionOf(turn, side);
  const options: readonly Word[] = [
    ...["--db-instance-identifier", identifier],
    ...["--new-db-instance-identifier", asideOf(identifier), "--apply-immediately"],
  ];
  return {
    title: `Set the old ${name} in ${region} aside`,
    why: "It takes writes that nobody copies, and bears the name and the address that its successor needs. It is kept, for it may hold writes that were lost.",
    plane: "regional",
    commands: [
      lookAtInstance(turn, side, identifier),
      callIn(turn, side, "under another name", "rds", "modify-db-instance", ...options),
      lookAtInstance(turn, side, asideOf(identifier)),
    ],
    checks: [
      "Before: `source` is empty, nothing writes there, and its `id` was written down.",
      "After: it answers under the new name. Where that name is taken, another one was chosen.",
      "Somebody was asked to compare it with what there is now; nobody deletes it before.",
    ],
    takesAtMost: renameBound,
    back: "Give it its old name again, as long as no other instance bears it.",
  };
}

// Source: RDS User Guide, renaming a DB instance: the new DNS name "becomes effective in about 10 minutes".
const renameBound: TimeBound = {
  seconds: 600,
  source: "RDS User Guide: about that long until the new name answers",
};

function asideOf(identifier: string): string {
  return suffixed(identifier, "old");
}

function copyInto(turn: Turn, side: Side, database: Replicated): Step {
  const other = side === "primary" ? "recovery" : "primary";
  const { name, instances, maxAllocatedGibibytes, keepData } = database;
  const { identifier, address } = instances[side];
  const settings: readonly Word[] = [
    ...["--multi-az", "--copy-tags-to-snapshot", "--no-auto-minor-version-upgrade"],
    ...["--storage-type", "gp3", "--max-allocated-storage", String(maxAllocatedGibibytes)],
    ...["--enable-iam-database-authentication", "--enable-cloudwatch-logs-exports", "postgresql"],
    ...["--enable-performance-insights", "--performance-insights-kms-key-id"],
    ...[turn.cell.keyArns[side], "--performance-insights-retention-period", "7"], // days
    ...(keepData ? ["--deletion-protection"] : []),
  ];
  return {
    title: `Copy ${name} to ${regionOf(turn, side)}`,
    why: "A promoted replica cannot follow again: a new one is made, of the instance that writes.",
    plane: "regional",
    commands: [
      callIn(
        turn,
        side,
        name,
        "rds",
        "create-db-instance-read-replica",
        ...replicaOptions(turn, instances, { of: other, in: side, as: identifier }),
        ...settings,
      ),
      lookAtInstance(turn, side, identifier),
      ...(side === turn.to ? [] : [backUp(turn, side, database)]),
    ],
    checks: [
      "Its status is `available`, and its replication is `replicating`. That takes hours for terabytes.",
      `It answers at ${address}, as its predecessor did, and takes no writes.`,
    ],
    back: "Delete the new replica; the instance that writes knows nothing of it.",
  };
}

/** What stays a replica has no backups of its own until somebody turns them on; a promotion does it itself. */
function backUp(turn: Turn, side: Side, database: Replicated): Command {
  const options = [
    ...withBackups(database, database.instances[side].identifier),
    "--apply-immediately",
  ];
  return callIn(
    turn,
    side,
    "its backups, once it is available",
    "rds",
    "modify-db-instance",
    ...options,
  );
}

/** A promotion cannot be undone, so the one that is tried is that of a replica made for it. */
export function tryPromotion(turn: Turn): readonly Step[] {
  const { from, to } = turn;
  return turn.cell.replicatedDatabases.map((database): Step => {
    const { name, instances } = database;
    const identified: readonly Word[] = ["--db-instance-identifier", [throwAway]];
    const made = replicaOptions(turn, instances, { of: from, in: to, as: [throwAway] });
    const discarded: readonly Word[] = [
      ...identified,
      ...["--skip-final-snapshot", "--delete-automated-backups"],
    ];
    return {
      title: `Try a promotion of ${name} on a replica of its own`,
      why: "The replica that production needs stays what it is.",
      plane: "regional",
      commands: [
        callIn(turn, to, "make it", "rds", "create-db-instance-read-replica", ...made),
        lookAtInstance(turn, to, [throwAway]),
        callIn(
          turn,
          to,
          "promote it",
          "rds",
          "promote-read-replica",
          ...withBackups(database, [throwAway]),
        ),
        lookAtInstance(turn, to, [throwAway]),
        callIn(turn, to, "throw it away", "rds", "delete-db-instance", ...discarded),
      ],
      checks: [
        "`NEW_REPLICA` is the name of the throw-away, at every call.",
        "The promotion's time was measured.",
        "What the copy holds was looked at before it was thrown away.",
      ],
      back: "Delete the replica that was made for the drill.",
    };
  });
}

interface NewReplica {
  readonly of: Side;
  readonly in: Side;
  readonly as: Word;
}

/** What a replica is made with in the Region of a side. */
function replicaOptions(
  turn: Turn,
  instances: Replicated["instances"],
  { of, in: side, as: identifier }: NewReplica,
): readonly Word[] {
  const there = instances[side];
  return [
    ...["--db-instance-identifier", identifier],
    ...["--source-db-instance-identifier", instances[of].instanceArn],
    ...["--source-region", regionOf(turn, of)],
    ...["--db-instance-class", there.instanceClass, "--kms-key-id", turn.cell.keyArns[side]],
    ...["--db-subnet-group-name", there.identifier],
    ...["--vpc-security-group-ids", there.securityGroupId],
    ...["--db-parameter-group-name", there.parameterGroupName, "--no-publicly-accessible"],
  ];
}
