import type { Command, Step } from "../model.js";
import type { CellOutputs, Side } from "../outputs/cell.js";
import { jsonWord, type Word } from "../words.js";
import { callIn, regionOf, type Turn } from "./turn.js";

/** Floor and ceiling of what runs, of the three numbers that the environment names. */
type Level = "nothing" | "resting" | "normal" | "failover";

type Capacity = NonNullable<CellOutputs["services"][number]["recovery"]>["tasks"];

function floorOf(capacity: Capacity, level: Level): number {
  return level === "nothing" ? 0 : capacity[level];
}

/** Brings everything that computes in a Region to a level. The ceiling stays what was declared. */
function levelCommands(turn: Turn, side: Side, level: Level): readonly Command[] {
  const services = turn.cell.services.flatMap(({ name, ...service }) => {
    const made = service[side];
    return made === undefined ? [] : taskCommands(turn, side, level, { name, ...made });
  });
  const clusters = turn.cell.clusters.map(({ name, ...cluster }) => {
    const { clusterName, nodeGroupName, nodes } = cluster[side];
    const floor = floorOf(nodes, level);
    const scaling = { minSize: floor, desiredSize: floor, maxSize: nodes.failover };
    const options: readonly Word[] = [
      ...["--cluster-name", clusterName, "--nodegroup-name", nodeGroupName],
      ...["--scaling-config", jsonWord(scaling)],
    ];
    const note = `cluster ${name} to ${floor} nodes`;
    return callIn(turn, side, note, "eks", "update-nodegroup-config", ...options);
  });
  return [...services, ...clusters];
}

type Service = NonNullable<CellOutputs["services"][number]["recovery"]>;

/** Moves the floor of a service; to stop it, scaling is suspended first, or it begins again. */
function taskCommands(
  turn: Turn,
  side: Side,
  level: Level,
  { name, tasks, ...made }: Service & { readonly name: string },
): readonly Command[] {
  const floor = floorOf(tasks, level);
  const isStopped = level === "nothing";
  const suspended = {
    DynamicScalingInSuspended: isStopped,
    DynamicScalingOutSuspended: isStopped,
    ScheduledScalingSuspended: isStopped,
  };
  const options: readonly Word[] = [
    ...["--service-namespace", "ecs", "--scalable-dimension", "ecs:service:DesiredCount"],
    ...["--resource-id", made.scalableResourceId],
    ...["--min-capacity", String(floor), "--max-capacity", String(tasks.failover)],
    ...["--suspended-state", jsonWord(suspended)],
  ];
  const note = isStopped ? `scaling of ${name} rests` : `service ${name} to ${floor} tasks`;
  const operation = "register-scalable-target";
  const floorCommand = callIn(turn, side, note, "application-autoscaling", operation, ...options);
  if (!isStopped) return [floorCommand];
  const service: readonly Word[] = [
    ...["--cluster", made.clusterName, "--service", made.serviceName, "--desired-count", "0"],
  ];
  const stop = callIn(
    turn,
    side,
    `service ${name} to no task`,
    "ecs",
    "update-service",
    ...service,
  );
  return [floorCommand, stop];
}

/** What shows how much runs in a Region. */
export function lookAtCapacity(turn: Turn, side: Side): readonly Command[] {
  const services = turn.cell.services.flatMap(({ name, ...service }) => {
    const made = service[side];
    if (made === undefined) return [];
    const options: readonly Word[] = [
      ...["--cluster", made.clusterName, "--services", made.serviceName],
      ...["--query", "services[].{desired:desiredCount,running:runningCount,pending:pendingCount}"],
    ];
    return [callIn(turn, side, `tasks of ${name}`, "ecs", "describe-services", ...options)];
  });
  const clusters = turn.cell.clusters.map(({ name, ...cluster }) => {
    const { clusterName, nodeGroupName } = cluster[side];
    const options: readonly Word[] = [
      ...["--cluster-name", clusterName, "--nodegroup-name", nodeGroupName],
      ...["--query", "nodegroup.{status:status,scaling:scalingConfig,health:health}"],
    ];
    return callIn(turn, side, `nodes of ${name}`, "eks", "describe-nodegroup", ...options);
  });
  return [...services, ...clusters];
}

/** What stops everything that computes in a Region. */
export function stopCommands(turn: Turn, side: Side): readonly Command[] {
  return levelCommands(turn, side, "nothing");
}

/** Whether anything of the cell computes in a Region. */
export function computes({ cell }: Turn, side: Side): boolean {
  return cell.clusters.length > 0 || cell.services.some((service) => service[side] !== undefined);
}

/** Brings the Region that takes over to what production needs, also by what was never deployed there. */
export function raise(turn: Turn, level: "normal" | "failover"): readonly Step[] {
  const { cell, to } = turn;
  const missing = cell.services.filter((service) => service[to] === undefined);
  const names = missing.map(({ name }) => name);
  return [...raiseFloor(turn, level), ...(names.length > 0 ? [deployMissing(turn, names)] : [])];
}

/** Brings what stands in the Region that takes over to a level. */
export function raiseFloor(turn: Turn, level: "normal" | "failover"): readonly Step[] {
  const { cell, to } = turn;
  if (!computes(turn, to)) return [];
  return [
    {
      title: `Raise what runs in ${regionOf(turn, to)}`,
      why: "A floor, because a bare number is scaled in again as soon as the load allows. It may begin with the first alarm: more capacity harms nobody.",
      plane: "regional",
      commands: [...levelCommands(turn, to, level), ...lookAtCapacity(turn, to)],
      checks: ["As many run as were asked for, and they are healthy; the call alone says nothing."],
      takesAtMost: { seconds: cell.objectives.scaleSeconds, source: "declared for the cell" },
      back: "Lower the floor again; scaling lets the rest go.",
    },
  ];
}

function deployMissing(turn: Turn, names: readonly string[]): Step {
  const region = regionOf(turn, turn.to);
  return {
    title: `Deploy what does not stand in ${region}`,
    why: `Nothing of ${names.join(", ")} runs there before a disaster: that is what this strategy saves.`,
    plane: "control-plane",
    commands: [],
    checks: [
      "The environment file counts tasks of the service for this Region, and names its certificate.",
      "`pulumi up` has deployed it, with everything of the lost Region left out by `--target`.",
      "Its tasks were given the new names of the stores that were restored.",
      "This document was rendered anew: the way back must know what was deployed.",
    ],
    takesAtMost: { seconds: turn.cell.objectives.scaleSeconds, source: "declared for the cell" },
    back: "Take the tasks out of the file again, and deploy.",
  };
}

/** Brings what runs in a Region to what it needs while it is the standby, from above or from nothing. */
export function lower(turn: Turn, side: Side, level: "resting" | "normal"): readonly Step[] {
  if (!computes(turn, side)) return [];
  const region = regionOf(turn, side);
  return [
    {
      title: `Bring what runs in ${region} to its ${level} number`,
      why: "The floor keeps what a failover raised, and what was stopped stays stopped. No deployment changes it.",
      plane: "regional",
      commands: [...levelCommands(turn, side, level), ...lookAtCapacity(turn, side)],
      checks: [`No less than the ${level} number runs; what is above falls as the load leaves.`],
      back: "Raise it again.",
    },
  ];
}
