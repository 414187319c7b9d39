import type { Lane } from "../../core/lane.js";
import type { FaultProfile } from "../faults/profile.js";
import type { RehearsalCase } from "./case.js";
import { Dice } from "./dice.js";
import { drawFaults } from "./draw-faults.js";

/** What a campaign draws its cases from. */
export interface CaseSource {
  /** Names of the plans that may be rehearsed. */
  readonly plans: readonly string[];
  readonly lanes: readonly Lane[];
  /** What goes wrong in every case; drawn for each where absent. */
  readonly faults?: FaultProfile;
}

/** Out of a hundred cases, those whose launches take as long as DRS was seen to take. */
const naturalPercent = 2;

/** The case of a seed: the same for the same source. */
export function drawCase(seed: number, { plans, lanes, faults }: CaseSource): RehearsalCase {
  const dice = new Dice(seed, "case");
  const kind = dice.falls(75) ? "drill" : "recovery";
  const fastestSeconds = dice.whole(10, 80);
  return {
    schemaVersion: 1,
    plan: dice.oneOf(plans),
    kind,
    seed,
    cleanUp: dice.falls(80),
    relaunchRecovered: dice.falls(20),
    ...(dice.falls(naturalPercent)
      ? {}
      : { launchSeconds: { from: fastestSeconds, to: fastestSeconds + dice.whole(0, 80) } }),
    faults: faults ?? drawFaults(dice, `seed-${seed}`, lanes),
  };
}
