import { before } from "../../../core/instant.js";
import type { InvariantFactory } from "./invariant.js";

/** Every job of ours is watched to its end: somebody looks at its lane after it has ended. */
export const jobsWatched: InvariantFactory = (_scene, ledger) => ({
  name: "jobs-watched",
  end(at) {
    return [...ledger.jobs.values()].flatMap(({ isOurs, jobId, lane, kind, endedAt }) => {
      if (!isOurs) return [];
      if (endedAt === undefined) {
        const what = `${kind} job ${jobId} still ran when the execution ended`;
        return [{ what, lane, at }];
      }
      const look = ledger.looks.get(lane);
      if (look && !before(look.at, endedAt)) return [];
      return [{ what: `nobody looked after ${kind} job ${jobId} had ended`, lane, at }];
    });
  },
});
