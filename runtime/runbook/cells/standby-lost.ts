import type { Section, Step } from "../model.js";
import { raiseFloor } from "./capacity.js";
import { turnTraffic } from "./traffic.js";
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
  const isShared = cell.traffic?.routing === "latency";
  const steps = [
    certain(turn),
    freeze(),
    ...letCommit(turn),
    ...(isShared ? [...raiseFloor(turn, "failover"), ...turnTraffic(turn)] : []),
    verify(turn),
    whenItIsBack(turn),
  ];
  return {
    id: `cell-${cell.name}-standby-lost`,
    title: `Cell ${cell.name}: ${lost} is lost, ${survivor} goes on`,
    about: [
      isShared
        ? `Both Regions serve clients, and what has one writer writes in ${survivor}. Clients of ${lost} must come here.`
        : `Production runs in ${survivor} and goes on, without a standby until ${lost} is back.`,
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

function whenItIsBack(turn: Turn): Step {
  return {
    title: `When ${regionOf(turn, turn.from)} is back`,
    why: "Copies catch up by themselves. What was lifted is not put back by itself.",
    plane: "none",
    commands: [{ argv: ["pulumi", "preview", "--refresh"] }],
    checks: [
      "Every copy is level again: no alarm of lag stands in either Region.",
      "The preview proposes what was lifted here, and nothing that you do not want. Deploy it then.",
      "Traffic is turned as it was before, where an operator turned it.",
    ],
    back: "Nothing was changed.",
  };
}
