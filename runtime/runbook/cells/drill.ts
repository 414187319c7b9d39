import type { Section, Step } from "../model.js";
import { jsonWord } from "../words.js";
import { lower, raiseFloor } from "./capacity.js";
import { lookAtInstance, newReplica, restore, switchDatabases } from "./databases.js";
import { callIn, regionOf, type Turn } from "./turn.js";
import { variablesFor } from "./variables.js";
import { decisionAlarm, freeze, verify } from "./verify.js";

/** What of a failover can be tried while production goes on, and measured. */
export function cellDrill(turn: Turn): Section {
  const { cell, from, to } = turn;
  const back: Turn = { ...turn, from: to, to: from };
  const steps = [
    silence(turn),
    freeze(),
    ...raiseFloor(turn, "failover"),
    ...switchDatabases(turn),
    ...throwaway(turn),
    ...restore(turn),
    verify(turn),
    ...switchDatabases(back),
    ...lower(back),
  ];
  return {
    id: `cell-${cell.name}-drill`,
    title: `Cell ${cell.name}: drill, with both Regions well`,
    about: [
      `Tries in ${regionOf(turn, to)} what a failover would do, where AWS has a way that loses nothing: a switchover instead of a failover, a replica that is thrown away, a restore beside what is there. Caches are left alone, for their turn may lose writes. Traffic is not turned.`,
      ...(cell.auroraDatabases.length > 0
        ? [
            "Writes to a database that is switched over stop for moments, twice, and are farther away in between.",
          ]
        : []),
      "Measure every step: the numbers replace the budgets.",
    ],
    variables: variablesFor(steps),
    tables: [],
    steps,
  };
}

function silence(turn: Turn): Step {
  const { environment, cell } = turn;
  const dimensions = [
    { Name: "Environment", Value: environment },
    { Name: "Cell", Value: cell.name },
  ];
  const commands = (["primary", "recovery"] as const).flatMap((side) => {
    if (cell.watch === undefined) return [];
    const put = callIn(
      turn,
      side,
      "nobody is asked to decide meanwhile",
      "cloudwatch",
      "put-metric-data",
      "--namespace",
      "aws-dr/cells",
      "--metric-data",
      jsonWord([{ MetricName: "Suspended", Dimensions: dimensions, Value: 1 }]),
    );
    return [put, ...decisionAlarm(turn, side)];
  });
  return {
    title: "Say that it is a drill",
    why: "The decision alarms are for disasters. Their silence ends by itself.",
    plane: cell.watch ? "regional" : "none",
    commands,
    checks: [
      "Everybody on duty knows.",
      "No decision alarm stands: a drill on top of a failure is a failure.",
    ],
    back: "It ends by itself.",
  };
}

/** A promotion cannot be undone, so the one that is tried is that of a replica made for it. */
function throwaway(turn: Turn): readonly Step[] {
  const { keyArns, replicatedDatabases } = turn.cell;
  return replicatedDatabases.map(({ name, instances, instanceClass }) => {
    const there = instances[turn.to];
    const identified = ["--db-instance-identifier", [newReplica]] as const;
    return {
      title: `Try a promotion of ${name} on a replica of its own`,
      why: "The replica that production needs stays what it is.",
      plane: "regional",
      commands: [
        callIn(
          turn,
          turn.to,
          "make it",
          "rds",
          "create-db-instance-read-replica",
          ...identified,
          ...["--source-db-instance-identifier", instances[turn.from].instanceArn],
          ...["--source-region", regionOf(turn, turn.from)],
          ...["--db-instance-class", instanceClass, "--kms-key-id", keyArns[turn.to]],
          ...["--db-subnet-group-name", there.identifier],
          ...["--vpc-security-group-ids", there.securityGroupId],
          ...["--db-parameter-group-name", there.parameterGroupName, "--no-publicly-accessible"],
        ),
        lookAtInstance(turn, turn.to, [newReplica]),
        callIn(turn, turn.to, "promote it", "rds", "promote-read-replica", ...identified),
        lookAtInstance(turn, turn.to, [newReplica]),
        callIn(
          turn,
          turn.to,
          "throw it away",
          "rds",
          "delete-db-instance",
          ...identified,
          ...["--skip-final-snapshot", "--delete-automated-backups"],
        ),
      ],
      checks: [
        "NEW_REPLICA is the name of the throw-away, at every call.",
        "The promotion's time was measured.",
        "What the copy holds was looked at before it was thrown away.",
      ],
      back: "Delete the replica that was made for the drill.",
    } satisfies Step;
  });
}
