import type { Command, Section, Step } from "../model.js";
import { fence, lower, raise } from "./capacity.js";
import {
  lookAtAurora,
  lookAtCache,
  lookAtInstance,
  newReplica,
  snapshot,
  switchDatabases,
  turnCaches,
} from "./databases.js";
import { boundOf } from "./objectives.js";
import { consume, leftMessages } from "./queues.js";
import { lowerFlag } from "./traffic.js";
import { callIn, regionOf, type Turn } from "./turn.js";
import { variablesFor } from "./variables.js";
import { decisionAlarm, freeze, lookAtCopies, verify } from "./verify.js";

/** The way back, planned and with both Regions well: no database loses a write. */
export function failback(turn: Turn): Section {
  const { cell, from, to } = turn;
  const [active, home] = [regionOf(turn, from), regionOf(turn, to)];
  const isByHealth = cell.traffic?.turnsBy === "health";
  const ready = raise(turn, "normal");
  const data = [
    ...stopWriters(turn),
    ...switchDatabases(turn),
    ...promoteNew(turn),
    ...turnCaches(turn),
  ];
  const steps = [
    bothWell(turn),
    freeze(),
    ...keepLostWrites(turn),
    ...copyBack(turn),
    ...lookAtCopies(turn, to),
    ...leftMessages(turn),
    // Where health turns traffic, it turns as soon as something answers: the data must be there first.
    ...(isByHealth ? [...data, ...ready] : [...ready, ...data]),
    ...consume(turn, from, false),
    ...consume(turn, to, true),
    ...lowerFlag(turn),
    verify(turn),
    ...lower(turn),
    resume(),
  ];
  return {
    id: `cell-${cell.name}-failback`,
    title: `Cell ${cell.name}: back from ${active} to ${home}`,
    about: [
      `Production runs in ${active} since a failover, and ${home} is well again. This is planned work: choose a quiet hour, and stop at any step that does not show what it should.`,
    ],
    variables: variablesFor(steps),
    tables: [],
    steps,
  };
}

function bothWell(turn: Turn): Step {
  const { auroraDatabases, caches } = turn.cell;
  return {
    title: "See that both Regions are well",
    why: "A way back into a Region that is half lost is a second failover.",
    plane: "regional",
    commands: [
      ...decisionAlarm(turn, turn.from),
      ...decisionAlarm(turn, turn.to),
      ...auroraDatabases.map((database) => lookAtAurora(turn, turn.from, database)),
      ...caches.map((cache) => lookAtCache(turn, turn.from, cache)),
    ],
    checks: [
      "No decision alarm stands.",
      ...(auroraDatabases.length > 0
        ? [
            "The member that was left has rejoined: `SynchronizationStatus` is `connected`. It takes minutes to hours.",
          ]
        : []),
      ...(caches.length > 0 ? ["Each cache is `available`, with a member in either Region."] : []),
    ],
    back: "Nothing was changed.",
  };
}

/** After an unplanned failover Aurora keeps what was not copied in one snapshot, for a while. */
function keepLostWrites(turn: Turn): readonly Step[] {
  const { auroraDatabases } = turn.cell;
  if (auroraDatabases.length === 0) return [];
  const list = auroraDatabases.map(({ members, name }): Command => {
    const query =
      "DBClusterSnapshots[?contains(DBClusterSnapshotIdentifier,'unplanned-global-failover')].[DBClusterSnapshotIdentifier,SnapshotCreateTime]";
    return callIn(
      turn,
      turn.to,
      name,
      "rds",
      "describe-db-cluster-snapshots",
      ...["--db-cluster-identifier", members[turn.to].clusterIdentifier],
      ...["--query", query],
    );
  });
  const copy = callIn(
    turn,
    turn.to,
    "each of them",
    "rds",
    "copy-db-cluster-snapshot",
    "--source-db-cluster-snapshot-identifier",
    [snapshot],
    ...[
      "--target-db-cluster-snapshot-identifier",
      `${turn.environment}-${turn.cell.name}-lost-writes`,
    ],
    "--copy-tags",
  );
  return [
    {
      title: "Keep the writes that were lost",
      why: "The snapshot expires with the automatic backups, and nothing else holds them.",
      plane: "regional",
      commands: [...list, copy],
      checks: [
        "Each snapshot that is listed was copied, under a name of its own. None is listed after a switchover.",
        "Somebody was asked to compare it with what there is now.",
      ],
      back: "Delete the copy once it is compared.",
    },
  ];
}

/** A replica in the Region that production goes back to; the instance that was there is of no use. */
function copyBack(turn: Turn): readonly Step[] {
  const { keyArns, replicatedDatabases } = turn.cell;
  return replicatedDatabases.map(({ name, instances, instanceClass }) => {
    const home = instances[turn.to];
    const create = callIn(
      turn,
      turn.to,
      name,
      "rds",
      "create-db-instance-read-replica",
      "--db-instance-identifier",
      [newReplica],
      ...["--source-db-instance-identifier", instances[turn.from].instanceArn],
      ...["--source-region", regionOf(turn, turn.from)],
      ...["--db-instance-class", instanceClass, "--kms-key-id", keyArns[turn.to]],
      ...["--db-subnet-group-name", home.identifier],
      ...["--vpc-security-group-ids", home.securityGroupId],
      ...["--db-parameter-group-name", home.parameterGroupName],
      ...["--multi-az", "--no-publicly-accessible", "--copy-tags-to-snapshot"],
    );
    return {
      title: `Copy ${name} back to ${regionOf(turn, turn.to)}`,
      why: "A promoted replica has no way back: the old instance holds what was before the failover, and writes that were lost. Keep it, under another name, until somebody has compared.",
      plane: "regional",
      commands: [create, lookAtInstance(turn, turn.to, [newReplica])],
      checks: [
        "Its status is `available`, and its replication is `replicating`. That takes hours for terabytes.",
        "`ReplicaLag` falls to nothing.",
      ],
      back: "Delete the new replica.",
    } satisfies Step;
  });
}

/** A promotion without loss: nobody writes, the copy is level, then it stands alone. */
function stopWriters(turn: Turn): readonly Step[] {
  return turn.cell.replicatedDatabases.length > 0 ? fence(turn, false) : [];
}

function promoteNew(turn: Turn): readonly Step[] {
  return turn.cell.replicatedDatabases.map((database) => ({
    title: `Promote the new replica of ${database.name}`,
    why: "From here on production is down until traffic is turned.",
    plane: "regional",
    commands: [
      lookAtInstance(turn, turn.to, [newReplica]),
      callIn(
        turn,
        turn.to,
        database.name,
        "rds",
        "promote-read-replica",
        "--db-instance-identifier",
        [newReplica],
      ),
      lookAtInstance(turn, turn.to, [newReplica]),
    ],
    checks: [
      "Before: nobody writes, and `ReplicaLag` is nothing.",
      "After: `source` is empty, and the status is `available` or `backing-up`.",
      "How the database is declared from now on is settled before deployments go on: the new instance is imported under a new name, and the old pair leaves the state.",
    ],
    takesAtMost: boundOf(turn.cell, database.name),
    back: "Let the other Region's database go on writing, and delete this one.",
  }));
}

function resume(): Step {
  return {
    title: "Let deployments go on",
    why: "What a failover changes is ignored by deployments. What somebody changed besides is not.",
    plane: "none",
    commands: [{ argv: ["pulumi", "preview", "--refresh"] }],
    checks: [
      "It proposes nothing that you do not want.",
      "What was learnt is written down, and the measured times replace the budgets.",
    ],
    back: "Nothing was changed.",
  };
}
