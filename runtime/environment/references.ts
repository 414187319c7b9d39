import { cells } from "./checks/cells.js";
import { duplicates } from "./checks/duplicates.js";
import { fleets } from "./checks/fleet.js";
import { order } from "./checks/order.js";
import { unknownNames } from "./checks/references.js";
import { schedules } from "./checks/schedule.js";
import { selections } from "./checks/selection.js";
import { settings } from "./checks/settings.js";
import type { Finding } from "./problem.js";
import type { Sound } from "./sound.js";

/**
 * Everything that does not hold across the sound parts of a file. Which servers waves select is
 * judged last, and only where accounts and groups are right: otherwise one mistake there would be
 * told once more by every wave.
 */
export function crossCheck(sound: Sound): readonly Finding[] {
  const findings = [
    ...settings(sound),
    ...duplicates(sound),
    ...fleets(sound),
    ...unknownNames(sound),
    ...order(sound),
    ...schedules(sound),
    ...cells(sound),
  ];
  const isFleetSure = findings.every(
    ({ path: [part] }) => part !== "accounts" && part !== "groups",
  );
  return isFleetSure ? [...findings, ...selections(sound)] : findings;
}
