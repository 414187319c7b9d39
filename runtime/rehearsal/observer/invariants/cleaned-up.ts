import type { InvariantFactory } from "./invariant.js";

/** A drill that is cleaned up leaves none of its own instances behind. */
export const cleanedUp: InvariantFactory = (scene, ledger) => ({
  name: "cleaned-up",
  end(at) {
    if (scene.kind !== "drill" || !scene.cleanUp) return [];
    return [...ledger.instances].flatMap(([server, { instance, isDrill, job }]) => {
      if (!isDrill || !job.isOurs) return [];
      const what = `${instance} of ${server} still runs after the clean-up`;
      return [{ what, lane: job.lane, at }];
    });
  },
});
