import type { LaneKey } from "../../runtime/core/lane.js";
import type {
  JobTrace,
  LaneTrace,
  ServerTrace,
  WaveTrace,
} from "../../runtime/rehearsal/document.js";

/** The slowest launch of each wave, one after the other. */
export function lowerBoundSeconds(
  waves: readonly string[],
  servers: readonly ServerTrace[],
): number {
  const slowest = waves.map((name) =>
    Math.max(
      0,
      ...servers.map(({ wave, startedAtSeconds, launchedAtSeconds }) =>
        wave === name ? (launchedAtSeconds ?? 0) - (startedAtSeconds ?? 0) : 0,
      ),
    ),
  );
  return slowest.reduce((sum, seconds) => sum + seconds, 0);
}

/** What a lane's jobs and servers come to. */
export function laneTrace(
  lane: LaneKey,
  jobs: readonly JobTrace[],
  servers: readonly ServerTrace[],
): LaneTrace {
  const [account = "", region = ""] = lane.split("/");
  const inLane = jobs.filter((job) => job.lane === lane);
  const runningWith = (job: JobTrace) =>
    inLane.filter(
      (other) =>
        other.startedAtSeconds <= job.startedAtSeconds &&
        other.endedAtSeconds > job.startedAtSeconds,
    );
  const members = servers.filter((server) => server.lane === lane);
  return {
    account,
    region,
    servers: members.length,
    launched: members.filter(({ outcome }) => outcome === "launched").length,
    peakJobs: Math.max(0, ...inLane.map((job) => runningWith(job).length)),
    peakServersInFlight: Math.max(
      0,
      ...inLane.map((job) => runningWith(job).reduce((sum, other) => sum + other.servers, 0)),
    ),
  };
}

/** What a wave's servers come to, over all lanes. */
export function waveTrace(
  wave: string,
  before: string | undefined,
  servers: readonly ServerTrace[],
): WaveTrace {
  const members = servers.filter((server) => server.wave === wave);
  const count = (outcome: ServerTrace["outcome"]) =>
    members.filter((server) => server.outcome === outcome).length;
  const starts = members.flatMap(({ startedAtSeconds }) => startedAtSeconds ?? []);
  const ends = members.flatMap(({ launchedAtSeconds }) => launchedAtSeconds ?? []);
  return {
    wave,
    dependsOn: before === undefined ? [] : [before],
    servers: members.length,
    launched: count("launched"),
    failed: count("failed"),
    skipped: count("skipped"),
    ...(starts.length > 0 ? { startedAtSeconds: Math.min(...starts) } : {}),
    ...(ends.length > 0 ? { endedAtSeconds: Math.max(...ends) } : {}),
  };
}
