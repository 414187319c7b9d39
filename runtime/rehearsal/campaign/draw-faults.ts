import type { Lane } from "../../core/lane.js";
import { faultBounds } from "../faults/bounds.js";
import { type FaultKind, type FaultProfile, profileSchema } from "../faults/profile.js";
import type { Dice } from "./dice.js";

/** A fault as a file would say it. */
type Written = { readonly kind: FaultKind } & Readonly<Record<string, unknown>>;

/** How a fault of each kind is drawn. */
type Draw = (dice: Dice, lanes: readonly Lane[]) => Omit<Written, "kind">;

/** Most faults of one profile. */
const mostFaults = 4;

/** Out of a hundred profiles, those by which nothing goes wrong. */
const calmPercent = 5;

const services = ["drs", "dynamodb", "states", "sts", "sns", "servicequotas"] as const;
const changes = ["StartRecovery", "TerminateRecoveryInstances"] as const;

/** A plan's machine is not drawn as stopped for good: then nobody is left to end the execution. */
const restarts = ["same-name", "new-name", "stopped-first"] as const;

/**
 * What a seed draws follows from the kinds that there are to choose from, so one that is added here changes
 * every case that was ever told by its seed. `hidden-job` came later, and stale reads hide jobs as well.
 */
type DrawnKind = Exclude<FaultKind, "hidden-job">;

const draws: Readonly<Record<DrawnKind, Draw>> = {
  throttling: (dice) => ({
    calls: callsOf(dice),
    percent: dice.whole(2, 20),
    retryAfterSeconds: dice.whole(1, 20),
  }),
  "internal-error": (dice) => ({
    calls: callsOf(dice),
    percent: dice.whole(1, 10),
    when: moment(dice),
  }),
  "lost-reply": (dice) => ({ calls: callsOf(dice), percent: dice.whole(1, 10) }),
  "lost-call": (dice) => ({ calls: callsOf(dice), percent: dice.whole(1, 8) }),
  "late-call": (dice) => ({
    calls: { service: "drs", operation: dice.oneOf(changes) },
    percent: dice.whole(20, 60),
    afterSeconds: dice.whole(1, faultBounds.lateSeconds.max),
  }),
  death: (dice) => ({
    calls: callsOf(dice),
    percent: dice.whole(1, 10),
    atMost: dice.whole(1, 3),
    when: moment(dice),
  }),
  "time-out": (dice) => ({
    calls: callsOf(dice),
    percent: dice.whole(1, 5),
    atMost: dice.whole(1, 2),
    when: moment(dice),
  }),
  "expired-token": (dice) => ({ calls: { service: "drs" }, percent: dice.whole(1, 15) }),
  "refused-credentials": (dice) => window(dice, 240),
  "stale-read": (dice) => ({
    calls: { service: "drs" },
    percent: dice.whole(10, 60),
    seconds: dice.whole(1, faultBounds.staleSeconds.max - 1),
  }),
  "dark-lane": (dice, lanes) => ({
    ...dice.oneOf(lanes),
    ...window(dice, 480),
    how: dice.oneOf(["hangs", "refuses"]),
  }),
  "clock-skew": (dice) => ({
    seconds: dice.whole(faultBounds.skewSeconds.min, faultBounds.skewSeconds.max),
  }),
  "lost-event": (dice) => ({ percent: dice.whole(1, 10), when: moment(dice) }),
  "duplicate-event": (dice) => ({ percent: dice.whole(2, 25), afterSeconds: dice.whole(0, 60) }),
  "late-event": (dice) => ({ percent: dice.whole(2, 20), afterSeconds: dice.whole(1, 100) }),
  stranger: (dice) => ({
    atSeconds: dice.whole(0, 900),
    does: dice.oneOf(["drill", "recovery", "terminate"]),
    servers: dice.whole(1, 3),
  }),
  "restarted-machine": (dice) => {
    const machine = dice.oneOf(["plan", "lane"]);
    const how = dice.oneOf(machine === "plan" ? restarts : [...restarts, "stopped"]);
    return { atSeconds: dice.whole(1, 600), machine, how };
  },
};

/** Every kind of fault that a campaign injects, in the order of their names. */
export const drawnKinds: readonly DrawnKind[] = (Object.keys(draws) as DrawnKind[]).sort();

/** A profile of up to four faults, each of any kind. */
export function drawFaults(dice: Dice, name: string, lanes: readonly Lane[]): FaultProfile {
  const count = dice.falls(calmPercent) ? 0 : dice.whole(1, mostFaults);
  const faults = Array.from({ length: count }, (): Written => {
    const kind = dice.oneOf(drawnKinds);
    return { kind, ...draws[kind](dice, lanes) };
  });
  return profileSchema.parse({ schemaVersion: 1, name, faults });
}

function callsOf(dice: Dice): Readonly<Record<string, string>> {
  if (dice.falls(20)) return {};
  if (dice.falls(25)) return { service: "drs", operation: dice.oneOf(changes) };
  return { service: dice.falls(60) ? dice.oneOf(["drs", "dynamodb"]) : dice.oneOf(services) };
}

function moment(dice: Dice): "before" | "after" {
  return dice.oneOf(["before", "after"]);
}

function window(dice: Dice, longestSeconds: number): Omit<Written, "kind"> {
  return { fromSeconds: dice.whole(0, 300), forSeconds: dice.whole(20, longestSeconds) };
}
