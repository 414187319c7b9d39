import type { Command, Step, TimeBound } from "../model.js";
import type { Side } from "../outputs/cell.js";
import { variable, type Word } from "../words.js";
import { suffixed } from "./identifiers.js";
import { lagOf } from "./lag.js";
import { boundOf, instanceBound } from "./objectives.js";
import { callIn, regionOf, type Turn } from "./turn.js";

export type Aurora = Turn["cell"]["auroraDatabases"][number];

const snapshot = variable("SNAPSHOT");
const snapshotCopy = variable("SNAPSHOT_COPY");

/** Makes the member of the Region that takes over the one that writes, whatever becomes of the other. */
export function failOverAurora(turn: Turn, database: Aurora): readonly Step[] {
  return [...makeInstance(turn, database), failOver(turn, database), detachAtLast(turn, database)];
}

/** The instance that a member without any needs, before it may write. */
export function makeInstance(turn: Turn, database: Aurora): readonly Step[] {
  if (!isHeadless(database, turn.to)) return [];
  const { clusterIdentifier, instanceParameterGroupName } = database.members[turn.to];
  const identified = ["--db-instance-identifier", extraInstance(database, turn.to)] as const;
  const options: readonly Word[] = [
    ...[...identified, "--db-cluster-identifier", clusterIdentifier],
    ...["--db-instance-class", database.instanceClass, "--engine", "aurora-postgresql"],
    ...["--db-parameter-group-name", instanceParameterGroupName],
  ];
  const look = [...identified, "--query", "DBInstances[].DBInstanceStatus"];
  return [
    {
      title: `Make an instance of ${database.name} in ${regionOf(turn, turn.to)}`,
      why: "The member there has none: without one Aurora refuses to let it write.",
      plane: "regional",
      commands: [
        callIn(turn, turn.to, "the instance", "rds", "create-db-instance", ...options),
        callIn(turn, turn.to, "its status", "rds", "describe-db-instances", ...look),
      ],
      checks: ["Its status is `available`."],
      takesAtMost: instanceBound,
      back: "Delete the instance once another one writes.",
    },
  ];
}

/** Takes away the instance that was made for the time in which the Region writes. */
export function removeInstance(turn: Turn, database: Aurora, side: Side): readonly Step[] {
  if (!isHeadless(database, side)) return [];
  const identified = ["--db-instance-identifier", extraInstance(database, side)];
  return [
    {
      title: `Delete the instance of ${database.name} in ${regionOf(turn, side)}`,
      why: "It was made for the time in which that member writes. No deployment knows it, so none deletes it.",
      plane: "regional",
      commands: [callIn(turn, side, database.name, "rds", "delete-db-instance", ...identified)],
      checks: [`Before: ${writesIn(turn, turn.to)}`],
      back: "Make it again.",
    },
  ];
}

/** A secondary without instances is that of the cell's recovery Region. */
function isHeadless({ headless }: Aurora, side: Side): boolean {
  return headless && side === "recovery";
}

function extraInstance({ members }: Aurora, side: Side): string {
  return suffixed(members[side].clusterIdentifier, "failover");
}

function failOver(turn: Turn, database: Aurora): Step {
  const { to } = turn;
  const { globalClusterIdentifier, members, name, onPartition, writerEndpoint } = database;
  const options: readonly Word[] = [
    ...["--global-cluster-identifier", globalClusterIdentifier],
    ...["--target-db-cluster-identifier", members[to].clusterArn, "--allow-data-loss"],
  ];
  return {
    title: `Fail over ${name} to ${regionOf(turn, to)}`,
    why: "Called in the Region that shall write. Without --allow-data-loss the call means a switchover, and is refused while the other Region does not answer. What had not been copied is lost: Aurora tries to keep it in a snapshot.",
    plane: "regional",
    commands: [
      lookAtAurora(turn, to, database),
      callIn(turn, to, name, "rds", "failover-global-cluster", ...options),
      lookAtAurora(turn, to, database),
    ],
    checks: [
      "Before: `FailoverState` is empty. Where it is not, somebody has called already: follow that.",
      `After: ${writesIn(turn, to)}`,
      `Clients write through ${writerEndpoint}, which follows the writer, or through ${members[to].clusterEndpoint}.`,
      ...(onPartition === "block-commits"
        ? [
            "You know that no RPO is enforced from here on: commits do not wait for a copy that is gone.",
          ]
        : []),
    ],
    takesAtMost: promotionBound(turn, database),
    back: "Switch back, as the section about the way back says: the member that was left rejoins by itself.",
  };
}

/** The last resort. It leaves two databases that know nothing of each other. */
function detachAtLast(turn: Turn, database: Aurora): Step {
  const { to, from } = turn;
  const { globalClusterIdentifier, members, name } = database;
  const options: readonly Word[] = [
    ...["--global-cluster-identifier", globalClusterIdentifier],
    ...["--db-cluster-identifier", members[to].clusterArn],
  ];
  const operation = "remove-from-global-cluster";
  const look = [
    ...["--db-cluster-identifier", members[to].clusterIdentifier],
    ...["--query", "DBClusters[].{status:Status,source:ReplicationSourceIdentifier}"],
  ];
  return {
    title: `Only if the failover of ${name} stays refused: detach the member in ${regionOf(turn, to)}`,
    why: "Where the members' versions differ, or an operation hangs, Aurora may refuse every failover. A member that is detached writes at once, alone: it has no copy, and nothing fences the other one.",
    plane: "regional",
    commands: [
      callIn(turn, to, `only if ${name} is not failed over`, "rds", operation, ...options),
      callIn(turn, to, "its status", "rds", "describe-db-clusters", ...look),
    ],
    checks: [
      "Before: the failover was called again and refused again, and AWS Support was asked, if it answers.",
      `Before: nothing writes in ${regionOf(turn, from)}, or nobody can tell and that was decided.`,
      "After: the status is `available`, and `source` is empty.",
    ],
    takesAtMost: promotionBound(turn, database),
    back: "There is none: a new global database is made of this member, and the section about the way back does not fit it.",
  };
}

/** The promotion alone: an instance that must be made first is a step of its own. */
function promotionBound({ cell, to }: Turn, database: Aurora): TimeBound {
  const { seconds, source } = boundOf(cell, database.name);
  return {
    seconds: isHeadless(database, to) ? seconds - instanceBound.seconds : seconds,
    source,
  };
}

/** Swaps the members' roles without losing a write. Both Regions must be well. */
export function switchAurora(turn: Turn, database: Aurora): Step {
  const { from, to } = turn;
  const { globalClusterIdentifier, members, name } = database;
  const options: readonly Word[] = [
    ...["--global-cluster-identifier", globalClusterIdentifier],
    ...["--target-db-cluster-identifier", members[to].clusterArn],
  ];
  return {
    title: `Switch ${name} over to ${regionOf(turn, to)}`,
    why: "Called in the Region that writes now. Nothing is lost: writes stop until both members are alike, then the roles are swapped.",
    plane: "regional",
    commands: [
      lookAtAurora(turn, from, database),
      callIn(turn, from, name, "rds", "switchover-global-cluster", ...options),
      lookAtAurora(turn, from, database),
    ],
    checks: [
      "Before: both members are `connected`, and `FailoverState` is empty.",
      `After: ${writesIn(turn, to)}`,
    ],
    takesAtMost: promotionBound(turn, database),
    back: `Switch over again, with the member in ${regionOf(turn, from)} as the target, called in ${regionOf(turn, to)}.`,
  };
}

export function lookAtAurora(turn: Turn, side: Side, { globalClusterIdentifier }: Aurora): Command {
  const options: readonly Word[] = [
    ...["--global-cluster-identifier", globalClusterIdentifier],
    ...["--query", "GlobalClusters[].{state:FailoverState,members:GlobalClusterMembers}"],
  ];
  return callIn(turn, side, "who writes", "rds", "describe-global-clusters", ...options);
}

/** How far the member that takes over is behind. Which side publishes it, AWS says in two ways. */
export function lagOfAurora(turn: Turn, { name, members }: Aurora): Command {
  return lagOf(turn, `how far ${name} is behind, in milliseconds`, {
    metric: "AuroraGlobalDBRPOLag",
    dimension: "DBClusterIdentifier",
    value: members[turn.to].clusterIdentifier,
  });
}

function writesIn(turn: Turn, side: Side): string {
  return `\`FailoverState\` is empty, and \`IsWriter\` is true for the member in ${regionOf(turn, side)}.`;
}

/** After an unplanned failover Aurora keeps what was not copied in one snapshot, for a while. */
export function keepLostWrites(turn: Turn): readonly Step[] {
  const { auroraDatabases } = turn.cell;
  if (auroraDatabases.length === 0) return [];
  const query =
    "DBClusterSnapshots[?contains(DBClusterSnapshotIdentifier,'unplanned-global-failover')].[DBClusterSnapshotIdentifier,SnapshotCreateTime]";
  const list = auroraDatabases.map(({ members, name }) => {
    const options = ["--db-cluster-identifier", members[turn.to].clusterIdentifier];
    const operation = "describe-db-cluster-snapshots";
    return callIn(turn, turn.to, name, "rds", operation, ...options, "--query", query);
  });
  const options: readonly Word[] = [
    ...["--source-db-cluster-snapshot-identifier", [snapshot]],
    ...["--target-db-cluster-snapshot-identifier", [snapshotCopy], "--copy-tags"],
  ];
  return [
    {
      title: "Keep the writes that were lost",
      why: "The snapshot expires with the automatic backups, and nothing else holds them.",
      plane: "regional",
      commands: [
        ...list,
        callIn(turn, turn.to, "each of them", "rds", "copy-db-cluster-snapshot", ...options),
      ],
      checks: [
        "Each snapshot that is listed was copied, under a name of its own. None is listed after a switchover.",
        "Somebody was asked to compare it with what there is now.",
      ],
      back: "Delete the copy once it is compared.",
    },
  ];
}
