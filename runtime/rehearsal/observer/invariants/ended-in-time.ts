import { latest, plusSeconds, secondsBetween } from "../../../core/instant.js";
import type { InvariantFactory } from "./invariant.js";

/**
 * Once faults cease, and strangers' jobs have ended, the execution ends within the predicted
 * makespan and what deadlines leave it (`allowedSeconds` of the scene).
 */
export const endedInTime: InvariantFactory = (scene, ledger) => ({
  name: "ended-in-time",
  end(at) {
    const { startedAt, allowedSeconds } = scene;
    const strangers = [...ledger.jobs.values()].filter(({ isOurs }) => !isOurs);
    const quietSince = latest(
      latest(startedAt, scene.disturbedUntil() ?? startedAt),
      ...strangers.map(({ endedAt }) => endedAt ?? at),
    );
    const tookSeconds = secondsBetween(quietSince, at);
    if (tookSeconds <= allowedSeconds) return [];
    const what =
      `the execution ended ${Math.round(tookSeconds)} s after all was quiet, ` +
      `${Math.round(allowedSeconds)} s are allowed`;
    return [{ what, at: plusSeconds(quietSince, allowedSeconds) }];
  },
});
