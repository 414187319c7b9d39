import { clockSkewSeconds } from "../../limits.js";
import { earliest, type Instant, plusSeconds } from "../instant.js";
import { gateOf } from "./gates.js";
import { hasEndedBefore, type Job } from "./observation.js";
import type { Head } from "./state.js";
import type { LaneView } from "./view.js";

/** Jobs that began this long before the execution may still be active when it begins. */
const lookBackSeconds = 24 * 3600;

/** What a turn must ask DRS. */
export interface Questions {
  /** Ask for jobs created since then; absent when nothing can be started or has been. */
  readonly jobsSince?: Instant;
  /** Servers of calls that nobody answered. */
  readonly servers: readonly string[];
}

/** Says what to ask, so that a lane that only waits at a gate costs DRS nothing. */
export function questionsOf(view: LaneView): Questions {
  const { lane, head } = view;
  const lost = lane.openBatches.filter(
    (batch) => batch.kind === "launch" && batch.jobId === undefined,
  );
  const mayStart = head.waves.some((wave) => {
    const known = lane.waves.find(({ name }) => name === wave.name);
    const isHere = view.members.some((member) => member.wave === wave.name);
    if (!isHere || known?.done) return false;
    return (
      known?.openedAt !== undefined || gateOf(wave, head.waves, view.gates, []).kind === "open"
    );
  });
  const asksJobs = lane.openBatches.length > 0 || mayStart;
  return {
    ...(asksJobs
      ? { jobsSince: lane.jobsFrom ?? plusSeconds(head.startedAt, -lookBackSeconds) }
      : {}),
    servers: lost.flatMap(({ servers }) => servers),
  };
}

/** From when on jobs matter to a lane: the execution's start, or an older job that ended only after it. */
export function jobsFrom(head: Head, jobs: readonly Job[]): Instant {
  const mattering = jobs.filter((job) => !hasEndedBefore(job, head.startedAt));
  const created = mattering.map(({ createdAt }) => createdAt);
  return plusSeconds(earliest(head.startedAt, ...created), -clockSkewSeconds);
}
