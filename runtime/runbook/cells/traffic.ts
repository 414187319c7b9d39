import { turnSeconds } from "../../core/cells/rto.js";
import type { Command, Step, TimeBound } from "../model.js";
import type { CellOutputs, Side } from "../outputs/cell.js";
import { jsonWord, type Word } from "../words.js";
import { callIn, regionOf, type Turn } from "./turn.js";

type Traffic = NonNullable<CellOutputs["traffic"]>;

/** Leads clients to the Region that takes over, by what the cell was given for it. */
export function turnTraffic(turn: Turn): readonly Step[] {
  const { traffic } = turn.cell;
  if (traffic === undefined) return [elsewhere(turn)];
  switch (traffic.turnsBy) {
    case "health":
      return [byHealth(turn, traffic)];
    case "standby-takes-over":
      return [byFlag(turn, traffic)];
    case "routing-control":
      return [byControl(turn, traffic)];
  }
}

function bound({ turnsBy, dns }: Traffic): TimeBound {
  const source = "RTO arithmetic: detection and the time that resolvers keep the old answer";
  return { seconds: turnSeconds(turnsBy, dns), source };
}

function elsewhere(turn: Turn): Step {
  return {
    title: `Turn traffic to ${regionOf(turn, turn.to)}`,
    why: "The cell has no public name of its own: whoever leads clients to it turns them.",
    plane: "none",
    commands: [],
    checks: ["Clients were told, or what leads them was turned."],
    back: "Turn it back the same way.",
  };
}

function byHealth(turn: Turn, traffic: Traffic): Step {
  const [from, to] = [regionOf(turn, turn.from), regionOf(turn, turn.to)];
  return {
    title: `See that traffic goes to ${to}`,
    why: `Route 53 turns it by itself as soon as nothing answers in ${from}. No record is changed by anybody: records are changed in us-east-1 alone.`,
    plane: "none",
    commands: answers(turn, traffic),
    checks: [`Each name answers with addresses of ${to}.`],
    takesAtMost: bound(traffic),
    back: `It goes back by itself as soon as ${from} answers again. So nothing runs there until its databases write.`,
  };
}

function byFlag(turn: Turn, traffic: Traffic): Step {
  const to = regionOf(turn, turn.to);
  const raised = flagAt(traffic, turn.to);
  return {
    title: `Let ${to} take over`,
    why: "An object in the Region that takes over is the flag; Route 53 sees it from outside. Nothing of the other Region is needed.",
    plane: "regional",
    commands: [
      callIn(turn, turn.to, "raise the flag", "s3api", "put-object", ...raised),
      ...answers(turn, traffic),
    ],
    checks: [`Each name answers with addresses of ${to}.`],
    takesAtMost: bound(traffic),
    back: "Delete the object: `aws s3api delete-object` with the same Region, bucket and key.",
  };
}

/** Whether clients are led to both Regions as long as both are well. */
export function isServedByBoth({ traffic }: CellOutputs): boolean {
  return traffic?.routing === "latency";
}

/** Leads clients as the cell leads them when nothing has happened, after a Region had taken over. */
export function turnTrafficBack(turn: Turn, tookOver: Side): readonly Step[] {
  const { traffic } = turn.cell;
  if (traffic === undefined) return [elsewhere(turn)];
  switch (traffic.turnsBy) {
    case "health":
      return [byHealth(turn, traffic)];
    case "standby-takes-over":
      return [lowerFlag(turn, traffic, tookOver)];
    case "routing-control":
      return [isServedByBoth(turn.cell) ? bothOn(turn, traffic) : byControl(turn, traffic)];
  }
}

/** Takes the flag down by which a Region took over. */
function lowerFlag(turn: Turn, traffic: Traffic, tookOver: Side): Step {
  return {
    title: `Let traffic go where it goes when nothing has happened`,
    why: `While the flag is there, ${regionOf(turn, tookOver)} takes everything.`,
    plane: "regional",
    commands: [
      callIn(
        turn,
        tookOver,
        "take the flag down",
        "s3api",
        "delete-object",
        ...flagAt(traffic, tookOver),
      ),
      ...answers(turn, traffic),
    ],
    checks: [answersAtRest(turn)],
    takesAtMost: bound(traffic),
    back: "Raise the flag again: `aws s3api put-object` with the same Region, bucket and key.",
  };
}

function answersAtRest({ cell }: Turn): string {
  const { primary, recovery } = cell.regions;
  return isServedByBoth(cell)
    ? `Each name answers with addresses of ${primary} to clients near it, and of ${recovery} to the others.`
    : `Each name answers with addresses of ${primary}.`;
}

function flagAt({ flags }: Traffic, side: Side): readonly Word[] {
  const [, bucket = "", key = ""] = /^s3:\/\/([^/]+)\/(.+)$/.exec(flags?.[side] ?? "") ?? [];
  return ["--bucket", bucket, "--key", key];
}

/** Leads clients to the Region that takes over, and to no other. */
function byControl(turn: Turn, traffic: Traffic): Step {
  const [from, to] = [regionOf(turn, turn.from), regionOf(turn, turn.to)];
  const states = { [turn.to]: "On", [turn.from]: "Off" } as Readonly<Record<Side, ControlState>>;
  return {
    title: `Turn the routing controls to ${to}`,
    why: "Both in one call, so that the rule that one is always on is never broken. Any of five Regional endpoints will do.",
    plane: "regional",
    commands: [...controlCommands(turn, traffic, states), ...answers(turn, traffic)],
    checks: ["One of the calls was answered.", `Each name answers with addresses of ${to}.`],
    takesAtMost: bound(traffic),
    back: `The same with the states exchanged: On for ${from}.`,
  };
}

/** Where both Regions serve, both controls are on. */
function bothOn(turn: Turn, traffic: Traffic): Step {
  const states = { primary: "On", recovery: "On" } as const;
  return {
    title: "Turn both routing controls on",
    why: "Both Regions serve clients as long as both are well. Any of five Regional endpoints will do.",
    plane: "regional",
    commands: [...controlCommands(turn, traffic, states), ...answers(turn, traffic)],
    checks: ["One of the calls was answered.", answersAtRest(turn)],
    takesAtMost: bound(traffic),
    back: `Turn the control of ${regionOf(turn, turn.to)} off again.`,
  };
}

type ControlState = "On" | "Off";

/** One call for each of the five endpoints; those of the Region that is left come last. */
function controlCommands(
  turn: Turn,
  { controls }: Traffic,
  states: Readonly<Record<Side, ControlState>>,
): readonly Command[] {
  if (controls === undefined) return [];
  const { controlArns } = controls;
  const entries = jsonWord(
    [turn.to, turn.from].map((side) => ({
      RoutingControlArn: controlArns[side],
      RoutingControlState: states[side],
    })),
  );
  const left = regionOf(turn, turn.from);
  const endpoints = controls.endpoints.toSorted(
    (one, other) => Number(one.region === left) - Number(other.region === left),
  );
  return endpoints.map(({ endpoint, region }, index): Command => {
    const argv: readonly Word[] = [
      ...["aws", "route53-recovery-cluster", "update-routing-control-states"],
      ...["--region", region, "--endpoint-url", endpoint],
      ...["--update-routing-control-state-entries", entries],
    ];
    const note = index === 0 ? "one answer is enough" : "where the one before does not answer";
    return { argv, account: turn.cell.account, note };
  });
}

/** What clients are told, and the addresses with which that is compared. */
function answers(turn: Turn, { records }: Traffic): readonly Command[] {
  const { cell, to } = turn;
  return records.flatMap(({ name, service }) => {
    const host = cell.services.find((one) => one.name === service)?.[to]?.loadBalancerDnsName;
    const here = `addresses of ${service} in ${regionOf(turn, to)}`;
    return [
      { argv: ["dig", "+short", name], note: "what clients are told" },
      ...(host === undefined ? [] : [{ argv: ["dig", "+short", host], note: here }]),
    ];
  });
}

/** Whether the names of the cell are served, each by the path of its service. */
export function asked({ cell }: Turn): readonly Command[] {
  const paths = new Map(cell.services.map(({ name, healthCheckPath }) => [name, healthCheckPath]));
  return (cell.traffic?.records ?? []).map(({ name, service }) => ({
    argv: [
      "curl",
      "--fail",
      "--silent",
      "--show-error",
      `https://${name}${paths.get(service) ?? "/"}`,
    ],
    note: `whether ${service} answers`,
  }));
}
