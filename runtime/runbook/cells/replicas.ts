import type { Command, Step, TimeBound } from "../model.js";
import type { Side } from "../outputs/cell.js";
import { variable, type Word } from "../words.js";
import { suffixed } from "./identifiers.js";
import { lagOf } from "./lag.js";
import { boundOf } from "./objectives.js";
import { callIn, regionOf, type Turn } from "./turn.js";

type Replicated = Turn["cell"]["replicatedDatabases"][number];

/** Name of a replica that is made to be thrown away. */
const throwAway = variable("NEW_REPLICA");

/** Makes the replica of the Region that takes over a database of its own, for good. */
export function promoteReplica(turn: Turn, database: Replicated): Step {
  const { to } = turn;
  return {
    title: `Promote ${database.name} in ${regionOf(turn, to)}`,
    why: "The replica restarts and stands alone, for good. RDS refuses while it is being backed up: wait then, and call again.",
    plane: "regional",
    commands: promotion(turn, database),
    checks: [
      "Before: its status is `available`, and `source` names the other Region's instance. Where `source` is empty it was promoted already.",
      standsAlone,
      `Clients write through ${database.instances[to].address}.`,
    ],
    takesAtMost: boundOf(turn.cell, database.name),
    back: "There is none: the way back is a new replica in the other Region, as the section about the way back says.",
  };
}

/** The same on the way back: no writes are left to lose. */
export function promoteCopy(turn: Turn, database: Replicated): Step {
  return {
    title: `Promote the copy of ${database.name} in ${regionOf(turn, turn.to)}`,
    why: "From the stop of the writers until traffic is turned production is down.",
    plane: "regional",
    commands: [lagOfReplica(turn, database), ...promotion(turn, database)],
    checks: [
      "Before: nobody writes, neither a task nor a consumer, and the lag is nothing since.",
      standsAlone,
      "Its backups are kept as long as those of the other Region: see `backupDays`.",
    ],
    takesAtMost: boundOf(turn.cell, database.name),
    back: "Let the other Region's database go on writing, set this one aside, and copy it anew.",
  };
}

const standsAlone = "After: `source` is empty, and the status is `available` or `backing-up`.";

/** RDS keeps one day of backups of what is promoted, unless it is told otherwise. */
function promotion(turn: Turn, database: Replicated): readonly Command[] {
  const { to } = turn;
  const { identifier } = database.instances[to];
  return [
    lookAtInstance(turn, to, identifier),
    callIn(
      turn,
      to,
      database.name,
      "rds",
      "promote-read-replica",
      ...promoted(database, identifier),
    ),
    lookAtInstance(turn, to, identifier),
  ];
}

function promoted(database: Replicated, identifier: Word): readonly Word[] {
  return [
    ...["--db-instance-identifier", identifier],
    ...["--backup-retention-period", String(database.backupRetentionDays)],
    ...["--preferred-backup-window", database.backupWindow],
  ];
}

/** Longest that a change of class is waited for; AWS publishes no figure. */
const growthBound: TimeBound = { seconds: 1_800, source: "a guess: AWS publishes no figure" };

/** A replica that was declared smaller than its source cannot carry what the source did. */
export function growReplica(turn: Turn, { name, instances }: Replicated): readonly Step[] {
  const { from, to } = turn;
  const { identifier, instanceClass: own } = instances[to];
  const { instanceClass: wanted } = instances[from];
  if (own === wanted) return [];
  const options: readonly Word[] = [
    ...["--db-instance-identifier", identifier, "--db-instance-class", wanted],
    "--apply-immediately",
  ];
  return [
    {
      title: `Bring ${name} in ${regionOf(turn, to)} to the size of its source`,
      why: `It is a ${own}, and its source is a ${wanted}. The change is an outage of minutes, on top of the promotion: leave it until a quiet hour where this one bears the load. Deployments leave the class alone from now on.`,
      plane: "regional",
      commands: [
        callIn(turn, to, name, "rds", "modify-db-instance", ...options),
        lookAtInstance(turn, to, identifier),
      ],
      checks: [
        "The status is `available` again. After a promotion `backing-up` comes first, and RDS refuses a change meanwhile: wait, and call again.",
        "It was measured in a drill: the arithmetic of the RTO does not hold it.",
      ],
      takesAtMost: growthBound,
      back: `The same call with ${own}, which is another outage.`,
    },
  ];
}

/** Where an instance stands between a replica and a database of its own. */
function lookAtInstance(turn: Turn, side: Side, identifier: Word): Command {
  const query =
    "DBInstances[].{status:DBInstanceStatus,source:ReadReplicaSourceDBInstanceIdentifier,replication:StatusInfos,backupDays:BackupRetentionPeriod,id:DbiResourceId}";
  const options: readonly Word[] = ["--db-instance-identifier", identifier, "--query", query];
  return callIn(turn, side, "its status", "rds", "describe-db-instances", ...options);
}

/** How far the replica of the Region that takes over is behind. */
export function lagOfReplica(turn: Turn, { name, instances }: Replicated): Command {
  return lagOf(turn, `how far ${name} is behind, in seconds`, {
    metric: "ReplicaLag",
    dimension: "DBInstanceIdentifier",
    value: instances[turn.to].identifier,
  });
}

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
    ],
    checks: [
      "Its status is `available`, and its replication is `replicating`. That takes hours for terabytes.",
      `It answers at ${address}, as its predecessor did, and takes no writes.`,
    ],
    back: "Delete the new replica; the instance that writes knows nothing of it.",
  };
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
          ...promoted(database, [throwAway]),
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

/** A replica that cannot follow makes its source keep what it has not fetched, until the disk is full. */
export function sparedDisks(turn: Turn): readonly Step[] {
  const { replicatedDatabases } = turn.cell;
  if (replicatedDatabases.length === 0) return [];
  return [
    {
      title: `See that no disk fills up in ${regionOf(turn, turn.to)}`,
      why: "A database keeps what its replica has not fetched. RDS ends a replication that stood still for 30 days; a full disk ends production before.",
      plane: "regional",
      commands: replicatedDatabases.map(({ name, instances }) =>
        lagOf(turn, `what ${name} keeps for its replica, in bytes`, {
          metric: "OldestReplicationSlotLag",
          dimension: "DBInstanceIdentifier",
          value: instances[turn.to].identifier,
        }),
      ),
      checks: [
        "There is room until the other Region is back, and somebody looks again every few hours.",
        "Where there is not, the replica is given up in time: it is deleted as soon as its Region answers, and made anew.",
      ],
      back: "Nothing was changed.",
    },
  ];
}

/** The state knows instances by ids that RDS gave them; those that were made here have others. */
export function settleState(turn: Turn): readonly Step[] {
  if (turn.cell.replicatedDatabases.length === 0) return [];
  const [old, made, state] = [variable("OLD_ID"), variable("NEW_ID"), "state.json"];
  return [
    {
      title: "Tell the state of the new instances",
      why: "Pulumi knows an instance by its `DbiResourceId`, not by its name. Until the ids are exchanged a deployment would rename what was set aside, and look after it.",
      plane: "none",
      commands: [
        { argv: ["pulumi", "stack", "export", "--file", state], note: "keep a copy of it" },
        {
          argv: ["sed", "-i.before", [`s/`, old, "/", made, "/g"], state],
          note: "for each instance that was set aside: its id, and its successor's",
        },
        { argv: ["pulumi", "stack", "import", "--file", state] },
        { argv: ["pulumi", "refresh", "--preview-only"] },
      ],
      checks: [
        "The ids are those that were written down: `id` of the instance set aside, and of that which bears its name now.",
        "The refresh finds every instance under its own name.",
      ],
      back: "Import `state.json.before`.",
    },
  ];
}
