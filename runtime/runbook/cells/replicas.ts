import type { Command, Step, TimeBound } from "../model.js";
import type { Side } from "../outputs/cell.js";
import { variable, type Word } from "../words.js";
import { lagOf } from "./lag.js";
import { boundOf } from "./objectives.js";
import { callIn, regionOf, type Turn } from "./turn.js";

export type Replicated = Turn["cell"]["replicatedDatabases"][number];

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
      ...withBackups(database, identifier),
    ),
    lookAtInstance(turn, to, identifier),
  ];
}

/** The instance, and the backups that are declared: RDS keeps those of one day unless it is told. */
export function withBackups(database: Replicated, identifier: Word): readonly Word[] {
  return [
    ...["--db-instance-identifier", identifier],
    ...["--backup-retention-period", String(database.backupRetentionDays)],
    ...["--preferred-backup-window", database.backupWindow],
  ];
}

/** Longest that a change of class is waited for; AWS publishes no figure. */
const growthBound: TimeBound = { seconds: 1_800, source: "a guess: AWS publishes no figure" };

/** A replica of a smaller class than its source cannot carry what the source did. */
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
      title: `Give ${name} in ${regionOf(turn, to)} the class of its source`,
      why: `It is a ${own}, and its source is a ${wanted}. The change is an outage of minutes, on top of the promotion: leave it until a quiet hour where this one bears the load, and for good where it is the larger. Deployments leave the class alone from now on.`,
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
export function lookAtInstance(turn: Turn, side: Side, identifier: Word): Command {
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
  const [old, made] = [variable("OLD_ID"), variable("NEW_ID")];
  const [state, kept] = ["state.json", "state.before.json"];
  return [
    {
      title: "Tell the state of the new instances",
      why: "Pulumi knows an instance by its `DbiResourceId`, not by its name. Until the ids are exchanged a deployment would rename what was set aside, and look after it.",
      plane: "none",
      commands: [
        { argv: ["pulumi", "stack", "export", "--file", state] },
        { argv: ["cp", state, kept], note: "once, before the first exchange" },
        {
          argv: ["sed", "-i.bak", [`s/`, old, "/", made, "/g"], state],
          note: "for each instance that was set aside: its id, and its successor's",
        },
        { argv: ["pulumi", "stack", "import", "--file", state] },
        { argv: ["pulumi", "refresh", "--preview-only"] },
      ],
      checks: [
        "The ids are those that were written down: `id` of the instance set aside, and of that which bears its name now.",
        "The refresh finds every instance under its own name.",
      ],
      back: `Import \`${kept}\`.`,
    },
  ];
}
