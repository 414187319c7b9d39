import { restingOn } from "../../core/cells/copies.js";
import type { Command, Step, TimeBound } from "../model.js";
import type { Side } from "../outputs/cell.js";
import { variable, type Word } from "../words.js";
import { boundOf, instanceBound } from "./objectives.js";
import { callIn, regionOf, type Turn } from "./turn.js";

type Aurora = Turn["cell"]["auroraDatabases"][number];
type Replicated = Turn["cell"]["replicatedDatabases"][number];
type Cache = Turn["cell"]["caches"][number];

export const snapshot = variable("SNAPSHOT");
export const newReplica = variable("NEW_REPLICA");
const recoveryPoint = variable("RECOVERY_POINT");

/** Makes the Region that takes over the one that writes, whatever becomes of the other. */
export function promoteAll(turn: Turn): readonly Step[] {
  const { auroraDatabases, replicatedDatabases } = turn.cell;
  return [
    ...auroraDatabases.flatMap((database) => [
      ...(database.headless ? [makeInstance(turn, database)] : []),
      failOverAurora(turn, database),
    ]),
    ...replicatedDatabases.map((database) => promoteReplica(turn, database)),
    ...turnCaches(turn),
    ...restore(turn),
  ];
}

/** The same for what can be switched without losing a write, with both Regions well. */
export function switchDatabases(turn: Turn): readonly Step[] {
  return turn.cell.auroraDatabases.map((database) => switchAurora(turn, database));
}

export function turnCaches(turn: Turn): readonly Step[] {
  return turn.cell.caches.map((cache) => turnCache(turn, cache));
}

function makeInstance(turn: Turn, database: Aurora): Step {
  const { clusterIdentifier, instanceParameterGroupName } = database.members[turn.to];
  const name = `${clusterIdentifier}-failover`;
  const options: readonly Word[] = [
    ...["--db-instance-identifier", name, "--db-cluster-identifier", clusterIdentifier],
    ...["--db-instance-class", database.instanceClass, "--engine", "aurora-postgresql"],
    ...["--db-parameter-group-name", instanceParameterGroupName],
  ];
  const look: readonly Word[] = [
    ...["--db-instance-identifier", name, "--query", "DBInstances[].DBInstanceStatus"],
  ];
  return {
    title: `Make an instance of ${database.name} in ${regionOf(turn, turn.to)}`,
    why: "The member there has none: without one Aurora refuses to fail over to it.",
    plane: "regional",
    commands: [
      callIn(turn, turn.to, "the instance", "rds", "create-db-instance", ...options),
      callIn(turn, turn.to, "its status", "rds", "describe-db-instances", ...look),
    ],
    checks: ["Its status is `available`."],
    takesAtMost: instanceBound,
    back: "Delete the instance once another one writes.",
  };
}

function failOverAurora(turn: Turn, database: Aurora): Step {
  const { cell, to } = turn;
  const { globalClusterIdentifier, members, name } = database;
  const options: readonly Word[] = [
    ...["--global-cluster-identifier", globalClusterIdentifier],
    ...["--target-db-cluster-identifier", members[to].clusterArn, "--allow-data-loss"],
  ];
  return {
    title: `Fail over ${name} to ${regionOf(turn, to)}`,
    why: "Called in the Region that shall write. Without --allow-data-loss the call means a switchover, and is refused while the other Region does not answer. What had not been copied is lost: Aurora tries to keep it in a snapshot.",
    plane: "regional",
    commands: [
      callIn(turn, to, name, "rds", "failover-global-cluster", ...options),
      lookAtAurora(turn, to, database),
    ],
    checks: [writesIn(turn, to), `Clients write through ${members[to].clusterEndpoint}.`],
    takesAtMost: promotionBound(cell, database),
    back: "Switch back, as the section about failback says: the member that was left rejoins by itself.",
  };
}

/** The promotion alone: an instance that must be made first is a step of its own. */
function promotionBound(cell: Turn["cell"], { name, headless }: Aurora): TimeBound {
  const { seconds, source } = boundOf(cell, name);
  return { seconds: headless ? seconds - instanceBound.seconds : seconds, source };
}

function switchAurora(turn: Turn, database: Aurora): Step {
  const { cell, from, to } = turn;
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
    ],
    checks: [
      "Before: both members are `connected`, and `FailoverState` is empty.",
      writesIn(turn, to),
    ],
    takesAtMost: boundOf(cell, name),
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

function writesIn(turn: Turn, side: Side): string {
  return `\`FailoverState\` is empty, and \`IsWriter\` is true for the member in ${regionOf(turn, side)}.`;
}

function promoteReplica(turn: Turn, database: Replicated): Step {
  const { cell, to } = turn;
  const { identifier, address } = database.instances[to];
  return {
    title: `Promote ${database.name} in ${regionOf(turn, to)}`,
    why: "The replica restarts and stands alone, for good. RDS refuses while it is being backed up: wait then, and call again.",
    plane: "regional",
    commands: [
      lookAtInstance(turn, to, identifier),
      callIn(
        turn,
        to,
        database.name,
        "rds",
        "promote-read-replica",
        "--db-instance-identifier",
        identifier,
      ),
      lookAtInstance(turn, to, identifier),
    ],
    checks: [
      "Before: its status is `available`, and `source` names the other Region's instance. Where `source` is empty it was promoted already.",
      "After: `source` is empty, and the status is `available` or `backing-up`.",
      `Clients write through ${address}.`,
    ],
    takesAtMost: boundOf(cell, database.name),
    back: "There is none: the way back is a new replica in the other Region, as the section about failback says.",
  };
}

export function lookAtInstance(turn: Turn, side: Side, identifier: Word): Command {
  const query =
    "DBInstances[].{status:DBInstanceStatus,source:ReadReplicaSourceDBInstanceIdentifier,replication:StatusInfos}";
  const options: readonly Word[] = ["--db-instance-identifier", identifier, "--query", query];
  return callIn(turn, side, "its status", "rds", "describe-db-instances", ...options);
}

function turnCache(turn: Turn, cache: Cache): Step {
  const { cell, to } = turn;
  const { globalReplicationGroupId, members, name } = cache;
  const options: readonly Word[] = [
    ...["--global-replication-group-id", globalReplicationGroupId],
    ...["--primary-region", regionOf(turn, to)],
    ...["--primary-replication-group-id", members[to].replicationGroupId],
  ];
  return {
    title: `Let ${name} write in ${regionOf(turn, to)}`,
    why: "A cache may lose its latest writes; whoever needs them reads them from what is cached.",
    plane: "regional",
    commands: [
      callIn(turn, to, name, "elasticache", "failover-global-replication-group", ...options),
      lookAtCache(turn, to, cache),
    ],
    checks: [
      `\`Status\` is \`available\`, and the member in ${regionOf(turn, to)} has the role \`PRIMARY\`.`,
    ],
    takesAtMost: boundOf(cell, name),
    back: "The same call with the other Region, once both members are well.",
  };
}

export function lookAtCache(turn: Turn, side: Side, { globalReplicationGroupId }: Cache): Command {
  const options: readonly Word[] = [
    ...["--global-replication-group-id", globalReplicationGroupId, "--show-member-info"],
    ...["--query", "GlobalReplicationGroups[].{status:Status,members:Members}"],
  ];
  const operation = "describe-global-replication-groups";
  return callIn(turn, side, "who writes", "elasticache", operation, ...options);
}

/** Backups are restored only where they are a store's only copy. */
export function restore(turn: Turn): readonly Step[] {
  const { backupVault, copies } = turn.cell;
  const backup = restingOn(copies).find(({ mechanism }) => mechanism === "backup-copy");
  if (backupVault === undefined || backup === undefined) return [];
  const list: readonly Word[] = [
    ...["--backup-vault-name", backupVault],
    ...[
      "--query",
      "reverse(sort_by(RecoveryPoints,&CreationDate))[].[RecoveryPointArn,CreationDate,Status]",
    ],
  ];
  const metadata: readonly Word[] = [
    ...["--backup-vault-name", backupVault, "--recovery-point-arn"],
    [recoveryPoint],
  ];
  const operation = "get-recovery-point-restore-metadata";
  return [
    {
      title: `Restore from the copies in ${regionOf(turn, turn.to)}`,
      why: "The backups are the only copy there: everything since the last one is lost.",
      plane: "regional",
      commands: [
        callIn(
          turn,
          turn.to,
          "newest first",
          "backup",
          "list-recovery-points-by-backup-vault",
          ...list,
        ),
        callIn(turn, turn.to, "with what it was made", "backup", operation, ...metadata),
        callIn(
          turn,
          turn.to,
          "the restore",
          "backup",
          "start-restore-job",
          "--recovery-point-arn",
          [recoveryPoint],
          "--iam-role-arn",
          [variable("RESTORE_ROLE")],
          "--metadata",
          [variable("RESTORE_METADATA")],
        ),
      ],
      checks: [
        "The newest point of each store was restored beside what is there, under a new name.",
      ],
      takesAtMost: boundOf(turn.cell, backup.name),
      back: "Delete what was restored.",
    },
  ];
}
