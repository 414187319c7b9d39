import { groupBy } from "../../core/group-by.js";
import { type Instant, secondsBetween } from "../../core/instant.js";
import { laneOf } from "../../core/lane.js";
import type { JobTrace, LaneTrace, ServerTrace, WaveTrace } from "../document.js";
import type { ReportedServer } from "./accounted.js";
import type { JobFacts, LaunchFacts, Ledger } from "./ledger.js";
import type { Scene, SceneMember } from "./scene.js";

/** What traces are made of: who should have been recovered, what happened, what was told of it. */
export interface Observed {
  readonly scene: Scene;
  readonly ledger: Ledger;
  readonly reported: readonly ReportedServer[];
  readonly endedAt: Instant;
}

/** One trace a member, in the order of waves, lanes and ids. */
export function serverTraces({ scene, ledger, reported }: Observed): readonly ServerTrace[] {
  const told = new Map(reported.map((one) => [one.server, one]));
  const launches = groupLaunches(ledger);
  return inOrder(scene).map((member) => {
    const { server, wave, lane } = member;
    const { outcome = "failed", reason = "its outcome is not told" } = told.get(server) ?? {};
    const launch = tellingLaunch(launches.get(server) ?? [], outcome === "launched");
    return {
      server,
      wave,
      lane,
      outcome,
      ...(outcome === "launched" ? {} : { reason }),
      ...(launch ? timesOf(launch, scene.startedAt) : {}),
    };
  });
}

/** The jobs that ran while the execution did, in the order of their beginning. */
export function jobTraces({ scene, ledger, endedAt }: Observed): readonly JobTrace[] {
  const during = [...ledger.jobs.values()].filter(
    (job) => job.endedAt === undefined || job.endedAt > scene.startedAt,
  );
  return during.map((job) => {
    const wave = waveOf(job, scene);
    return {
      jobId: job.jobId,
      lane: job.lane,
      kind: job.kind,
      startedBy: job.isOurs ? "us" : "stranger",
      ...(wave === undefined ? {} : { wave }),
      servers: job.servers.length,
      startedAtSeconds: secondsBetween(scene.startedAt, job.startedAt),
      endedAtSeconds: secondsBetween(scene.startedAt, job.endedAt ?? endedAt),
    };
  });
}

export function waveTraces(scene: Scene, servers: readonly ServerTrace[]): readonly WaveTrace[] {
  return scene.waves.map(({ name, dependsOn }) => {
    const members = servers.filter(({ wave }) => wave === name);
    const starts = members.flatMap(({ startedAtSeconds }) => startedAtSeconds ?? []);
    const ends = members.flatMap(({ launchedAtSeconds }) => launchedAtSeconds ?? []);
    return {
      wave: name,
      dependsOn,
      servers: members.length,
      launched: countOf(members, "launched"),
      failed: countOf(members, "failed"),
      skipped: countOf(members, "skipped"),
      ...(starts.length > 0 ? { startedAtSeconds: Math.min(...starts) } : {}),
      ...(ends.length > 0 ? { endedAtSeconds: Math.max(...ends) } : {}),
    };
  });
}

export function laneTraces(
  { scene, ledger }: Observed,
  servers: readonly ServerTrace[],
): readonly LaneTrace[] {
  const lanes = [...new Set([...scene.members.values()].map(({ lane }) => lane))].sort();
  return lanes.map((lane) => {
    const members = servers.filter((trace) => trace.lane === lane);
    const peak = ledger.peakOf(lane);
    return {
      ...laneOf(lane),
      servers: members.length,
      launched: countOf(members, "launched"),
      peakJobs: peak.jobs,
      peakServersInFlight: peak.servers,
    };
  });
}

/** From the start of the execution to the last end of a launch that counts for a member. */
export function makespanSeconds(observed: Observed): number {
  const { startedAt } = observed.scene;
  const ends = countedLaunches(observed).flatMap(({ endedAt }) => endedAt ?? []);
  return Math.max(0, ...ends.map((end) => secondsBetween(startedAt, end)));
}

/** The launch that counts for each member: ours, or a stranger's that did as well. */
export function countedLaunches({ scene, ledger, reported }: Observed): readonly LaunchFacts[] {
  const told = new Map(reported.map((one) => [one.server, one.outcome]));
  const launches = groupLaunches(ledger);
  return [...scene.members.keys()].flatMap((server) => {
    const isLaunched = told.get(server) === "launched";
    return tellingLaunch(launches.get(server) ?? [], isLaunched) ?? [];
  });
}

export function countOf(servers: readonly ServerTrace[], wanted: ServerTrace["outcome"]): number {
  return servers.filter(({ outcome }) => outcome === wanted).length;
}

function inOrder({ waves, members }: Scene): readonly SceneMember[] {
  const place = new Map(waves.map(({ name }, index) => [name, index]));
  const rank = ({ wave }: SceneMember): number => place.get(wave) ?? waves.length;
  return [...members.values()].sort(
    (a, b) => rank(a) - rank(b) || compare(a.lane, b.lane) || compare(a.server, b.server),
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function groupLaunches(ledger: Ledger): ReadonlyMap<string, readonly LaunchFacts[]> {
  return groupBy(ledger.launches, ({ server }) => server);
}

/** Ours where there is one, else a stranger's that launched it, where it is told as launched. */
function tellingLaunch(
  launches: readonly LaunchFacts[],
  isLaunched: boolean,
): LaunchFacts | undefined {
  const ours = launches.findLast(({ job }) => job.isOurs);
  if (ours || !isLaunched) return ours;
  return launches.findLast(({ outcome }) => outcome === "launched");
}

function timesOf(launch: LaunchFacts, startedAt: Instant): Partial<ServerTrace> {
  const { job, outcome, endedAt, terminatedAt } = launch;
  return {
    jobId: job.jobId,
    startedAtSeconds: secondsBetween(startedAt, job.startedAt),
    ...(outcome === "launched" && endedAt !== undefined
      ? { launchedAtSeconds: secondsBetween(startedAt, endedAt) }
      : {}),
    ...(terminatedAt === undefined
      ? {}
      : { terminatedAtSeconds: secondsBetween(startedAt, terminatedAt) }),
  };
}

function waveOf({ kind, servers }: JobFacts, { members }: Scene): string | undefined {
  if (kind !== "launch") return undefined;
  const waves = new Set(servers.map((server) => members.get(server)?.wave));
  const [wave] = waves;
  return waves.size === 1 ? wave : undefined;
}
