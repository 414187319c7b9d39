import type { InvariantFactory } from "./invariant.js";

/** A server is started at most once in an execution: a second start would replace what it recovered. */
export const startedOnce: InvariantFactory = () => {
  const started = new Map<string, string>();
  return {
    name: "started-once",
    on(event) {
      if (event.type !== "job-started" || event.kind !== "launch" || event.by === "stranger") {
        return [];
      }
      return event.servers.flatMap((server) => {
        const former = started.get(server);
        started.set(server, event.jobId);
        if (former === undefined) return [];
        const what = `${server} was started by job ${former} and again by job ${event.jobId}`;
        return [{ what, lane: event.lane, at: event.at }];
      });
    },
  };
};
