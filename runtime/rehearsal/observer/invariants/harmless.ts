import type { DrsEvent } from "../../services/drs/events.js";
import type { InvariantFactory } from "./invariant.js";

type Gone = DrsEvent & { readonly type: "instance-terminated" | "instance-replaced" };

/**
 * No instance is ended that is not ours to end: a clean-up takes drill instances of our own jobs, a
 * drill replaces drill instances alone, a recovery replaces real ones only when told to.
 */
export const harmless: InvariantFactory = (scene, ledger) => {
  function harmOf({
    type,
    instance,
    server,
    isDrill,
    jobId,
    launchedBy,
  }: Gone): string | undefined {
    if (type === "instance-replaced") {
      const mayReplace = isDrill || (scene.kind === "recovery" && scene.relaunchRecovered);
      if (mayReplace) return undefined;
      return `job ${jobId} replaced ${instance}, on which ${server} was recovered`;
    }
    if (!isDrill) return `job ${jobId} ended ${instance}, on which ${server} was recovered`;
    if (ledger.jobs.get(launchedBy)?.isOurs) return undefined;
    return `job ${jobId} ended ${instance} of ${server}, a drill of somebody else`;
  }
  return {
    name: "harmless",
    on(event) {
      if (event.type !== "instance-terminated" && event.type !== "instance-replaced") return [];
      if (event.by === "stranger") return [];
      const what = harmOf(event);
      return what === undefined ? [] : [{ what, lane: event.lane, at: event.at }];
    },
  };
};
