import type { Section, Step } from "../model.js";
import { lookAtAurora } from "./aurora.js";
import { lower, raiseFloor } from "./capacity.js";
import { sparedDisks } from "./replicas.js";
import { isServedByBoth, turnTraffic, turnTrafficBack } from "./traffic.js";
import { callIn, regionOf, type Turn } from "./turn.js";
import { variablesFor } from "./variables.js";
import { decisionAlarm, freeze, verify } from "./verify.js";

/**
 * The Region is lost that production does not write in: nothing is promoted, but commits may wait for
 * a copy that is gone, and clients of that Region come here.
 */
export function standbyLost(turn: Turn): Section {
  const { cell } = turn;
  const [lost, survivor] = [regionOf(turn, turn.from), regionOf(turn, turn.to)];
  const isShared = isServedByBoth(cell);
  const steps = [
    certain(turn),
    freeze(`${lost} is back`),
    ...letCommit(turn),
    ...sparedDisks(turn),
    ...(isShared ? [...raiseFloor(turn, "failover"), ...turnTraffic(turn)] : []),
    verify(turn),
    level(turn),
    ...(isShared ? [...turnTrafficBack(turn, turn.to), ...lower(turn, turn.to, "normal")] : []),
    resume(turn),
  ];
  return {
    id: `cell-${cell.name}-standby-lost`,
    title: `Cell ${cell.name}: ${lost} is lost, ${survivor} goes on`,
    about: [
      isShared
        ? `Both Regions serve clients, and what has one writer writes in ${survivor}. Clients of ${lost} must come here.`
        : `Production runs in ${survivor} and goes on, without a standby until ${lost} is back.`,
      `If production writes in ${lost} since a failover, this section is not for you: it is ${survivor} that takes over then.`,
    ],
    never: [
      "Promote or fail over anything: what writes is not lost.",
      `Delete the copies in ${lost}: they catch up when it is back.`,
    ],
    variables: variablesFor(steps),
    tables: [],
    steps,
  };
}

function certain(turn: Turn): Step {
  const { watch } = turn.cell;
  return {
    title: `Make sure that ${regionOf(turn, turn.from)} is lost`,
    why: "While it answers, nothing here is needed.",
    plane: watch ? "regional" : "none",
    commands: decisionAlarm(turn, turn.to),
    checks: [
      "It does not answer, seen from more than one network.",
      "It was said who decided, and when.",
    ],
    back: "Nothing was changed.",
  };
}

/** Where commits wait for a copy, they wait for ever once there is none. */
function letCommit(turn: Turn): readonly Step[] {
  const blocking = turn.cell.auroraDatabases.filter(
    ({ onPartition }) => onPartition === "block-commits",
  );
  if (blocking.length === 0) return [];
  return [
    {
      title: "Let databases commit without their copy",
      why: "They were told to refuse writes rather than to run ahead of the copy by more than their RPO. While the copy is gone that is an outage: lifting it is a decision to write without a net.",
      plane: "regional",
      commands: blocking.map(({ name, members }) =>
        callIn(
          turn,
          turn.to,
          name,
          "rds",
          "reset-db-cluster-parameter-group",
          "--db-cluster-parameter-group-name",
          members[turn.to].clusterParameterGroupName,
          "--no-reset-all-parameters",
          "--parameters",
          "ParameterName=rds.global_db_rpo,ApplyMethod=immediate",
        ),
      ),
      checks: ["Somebody who may answer for it decided so.", "Commits end again."],
      back: "A deployment puts the parameter back, once the copy is level.",
    },
  ];
}

function level(turn: Turn): Step {
  const { auroraDatabases } = turn.cell;
  const commands = auroraDatabases.map((database) => lookAtAurora(turn, turn.to, database));
  return {
    title: `When ${regionOf(turn, turn.from)} is back: wait until the copies are level`,
    why: "Copies catch up by themselves, in minutes or hours.",
    plane: commands.length > 0 ? "regional" : "none",
    commands,
    checks: ["Every copy is level again: no alarm of lag stands in either Region."],
    back: "Nothing was changed.",
  };
}

function resume(turn: Turn): Step {
  const isBlocking = letCommit(turn).length > 0;
  return {
    title: "Let deployments go on",
    why: isBlocking
      ? "What was lifted is put back by a deployment, and by nothing else."
      : "What somebody changed meanwhile is seen before anything is deployed.",
    plane: "none",
    commands: [
      { argv: ["pulumi", "preview", "--refresh"], note: "what a deployment would change" },
      ...(isBlocking ? [{ argv: ["pulumi", "up", "--refresh"], note: "puts the RPO back" }] : []),
    ],
    checks: [
      isBlocking
        ? "The preview proposes what was lifted here, and nothing that you do not want."
        : "The preview proposes nothing that you do not want.",
    ],
    back: "Deploy the commit before it.",
  };
}
