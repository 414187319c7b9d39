import type { LaneKey } from "../../runtime/core/lane.js";
import { drsQuotas } from "../../runtime/limits.js";
import type { JobTrace, RehearsalDocument, ServerTrace } from "../../runtime/rehearsal/document.js";
import { laneTrace, lowerBoundSeconds, waveTrace } from "./sample-summaries.js";

/** What a made-up rehearsal is like. Same settings, same document. */
export interface SampleSettings {
  readonly seed: number;
  readonly kind: "drill" | "recovery";
  readonly lanes: readonly LaneKey[];
  /** Waves in order, each behind the one before, with its servers in each lane. */
  readonly waves: readonly { readonly name: string; readonly serversPerLane: number }[];
  readonly expectedLaunchSeconds: number;
  /** Servers of the first lane that a stranger holds from the start. */
  readonly heldByStranger: number;
  /** Every so-many-th server fails; none where absent. */
  readonly failEvery?: number;
  /** Every so-many-th server is skipped; none where absent. */
  readonly skipEvery?: number;
}

export const sixServers: SampleSettings = {
  seed: 7,
  kind: "drill",
  lanes: ["111111111111/us-east-1"],
  waves: [
    { name: "database", serversPerLane: 2 },
    { name: "app", serversPerLane: 2 },
    { name: "web", serversPerLane: 2 },
  ],
  expectedLaunchSeconds: 600,
  heldByStranger: 0,
};

export const thousandServers: SampleSettings = {
  seed: 1,
  kind: "drill",
  lanes: [
    "111111111111/us-east-1",
    "222222222222/us-west-2",
    "333333333333/us-east-2",
    "444444444444/us-west-1",
  ],
  waves: [
    { name: "database", serversPerLane: 50 },
    { name: "app", serversPerLane: 120 },
    { name: "web", serversPerLane: 80 },
  ],
  expectedLaunchSeconds: 600,
  heldByStranger: 40,
};

/** A rehearsal document that a run could have produced, made without one. */
export function sampleRehearsal(settings: SampleSettings): RehearsalDocument {
  const random = seeded(settings.seed);
  const jobs: JobTrace[] = [];
  const servers: ServerTrace[] = [];
  let gateAtSeconds = 12;
  strangersJob(settings, jobs);
  for (const [index, { name, serversPerLane }] of settings.waves.entries()) {
    let endedAtSeconds = gateAtSeconds;
    for (const lane of settings.lanes) {
      const names = Array.from({ length: serversPerLane }, (_, n) => serverId(lane, index, n));
      const held = index === 0 && lane === settings.lanes[0] ? settings.heldByStranger : 0;
      const groups = [names.slice(0, held), names.slice(held)].filter(({ length }) => length > 0);
      for (const group of groups.flatMap(packed)) {
        const afterStranger = held > 0 && names.indexOf(group[0] ?? "") < held;
        const startedAtSeconds = afterStranger ? 320 : gateAtSeconds;
        const end = launch({
          settings,
          lane,
          wave: name,
          group,
          startedAtSeconds,
          random,
          jobs,
          servers,
        });
        endedAtSeconds = Math.max(endedAtSeconds, end);
      }
    }
    gateAtSeconds = endedAtSeconds + 11;
  }
  return documentOf(settings, jobs, servers);
}

interface Launching {
  readonly settings: SampleSettings;
  readonly lane: LaneKey;
  readonly wave: string;
  readonly group: readonly string[];
  readonly startedAtSeconds: number;
  readonly random: () => number;
  readonly jobs: JobTrace[];
  readonly servers: ServerTrace[];
}

/** Runs one job; answers when its slowest server had launched. */
function launch(of: Launching): number {
  const { settings, lane, wave, group, startedAtSeconds, random, jobs, servers } = of;
  const jobId = `drsjob-${(jobs.length + 1).toString(36).padStart(17, "0")}`;
  let endedAtSeconds = startedAtSeconds + 60;
  let started = 0;
  for (const server of group) {
    const number = servers.length + 1;
    const base = { server, wave, lane };
    const spread = 0.7 + 0.35 * random() + 0.25 * random() ** 4;
    const launchedAtSeconds = Math.round(
      startedAtSeconds + settings.expectedLaunchSeconds * spread,
    );
    if (settings.skipEvery && number % settings.skipEvery === 0) {
      const reason = "recovered since 2026-01-14T08:00:00Z; a drill leaves it alone";
      servers.push({ ...base, outcome: "skipped", reason });
      continue;
    }
    started += 1;
    endedAtSeconds = Math.max(endedAtSeconds, launchedAtSeconds);
    if (settings.failEvery && number % settings.failEvery === 0) {
      const reason = "launch failed: insufficient instance capacity";
      servers.push({ ...base, outcome: "failed", reason, jobId, startedAtSeconds });
      continue;
    }
    servers.push({ ...base, outcome: "launched", jobId, startedAtSeconds, launchedAtSeconds });
  }
  jobs.push({
    jobId,
    lane,
    kind: "launch",
    startedBy: "us",
    wave,
    servers: started,
    startedAtSeconds,
    endedAtSeconds,
  });
  return endedAtSeconds;
}

function strangersJob(settings: SampleSettings, jobs: JobTrace[]): void {
  const [lane] = settings.lanes;
  if (settings.heldByStranger === 0 || lane === undefined) return;
  jobs.push({
    jobId: "drsjob-stranger000000000",
    lane,
    kind: "launch",
    startedBy: "stranger",
    servers: settings.heldByStranger,
    startedAtSeconds: 0,
    endedAtSeconds: 300,
  });
}

function documentOf(
  settings: SampleSettings,
  launches: readonly JobTrace[],
  servers: readonly ServerTrace[],
): RehearsalDocument {
  const makespanSeconds = Math.max(0, ...servers.map((server) => server.launchedAtSeconds ?? 0));
  const cleanUp = settings.kind === "drill" ? terminations(settings, servers, makespanSeconds) : [];
  const terminatedAt = new Map(cleanUp.map(({ lane, endedAtSeconds }) => [lane, endedAtSeconds]));
  const serverTraces = servers.map((server): ServerTrace => {
    const terminatedAtSeconds = terminatedAt.get(server.lane);
    return server.outcome === "launched" && terminatedAtSeconds !== undefined
      ? { ...server, terminatedAtSeconds }
      : server;
  });
  const jobTraces = [...launches, ...cleanUp];
  const count = (outcome: ServerTrace["outcome"]) =>
    serverTraces.filter((server) => server.outcome === outcome).length;
  const ours = jobTraces.filter(({ kind, startedBy }) => kind === "launch" && startedBy === "us");
  return {
    schemaVersion: 1,
    environment: `sample-${servers.length}`,
    plan: "everything",
    kind: settings.kind,
    seed: settings.seed,
    outcome: count("failed") > 0 ? "recovered-with-failures" : "recovered",
    servers: {
      total: serverTraces.length,
      launched: count("launched"),
      failed: count("failed"),
      skipped: count("skipped"),
      terminated: settings.kind === "drill" ? count("launched") : 0,
    },
    makespanSeconds,
    lowerBoundSeconds: lowerBoundSeconds(
      settings.waves.map(({ name }) => name),
      serverTraces,
    ),
    rtoMinutes: 60,
    wallSeconds: 3.4,
    jobs: ours.length,
    calls: {
      DescribeJobs: Math.round(makespanSeconds / 20) * settings.lanes.length,
      DescribeRecoveryInstances: settings.lanes.length,
      DescribeSourceServers: settings.lanes.length * 3,
      StartRecovery: ours.length + (settings.heldByStranger > 0 ? 1 : 0),
      TerminateRecoveryInstances: cleanUp.length,
    },
    conflicts: settings.heldByStranger > 0 ? 1 : 0,
    heldBack: {
      "gate: its wave waits for others": serverTraces.length,
      ...(settings.heldByStranger > 0
        ? { "busy: in a job of a stranger": settings.heldByStranger }
        : {}),
    },
    lanes: settings.lanes.map((lane) => laneTrace(lane, jobTraces, serverTraces)),
    waves: settings.waves.map(({ name }, index) =>
      waveTrace(name, settings.waves[index - 1]?.name, serverTraces),
    ),
    jobTraces,
    serverTraces,
    brokenInvariants: [],
    unusedGrants: [
      {
        role: "dr-sample-execution",
        accounts: ["777788889999"],
        statement: "AnswerTasks",
        actions: ["states:SendTaskHeartbeat"],
      },
    ],
  };
}

function terminations(
  settings: SampleSettings,
  servers: readonly ServerTrace[],
  makespanSeconds: number,
): readonly JobTrace[] {
  return settings.lanes.flatMap((lane) => {
    const launched = servers.filter(
      (server) => server.lane === lane && server.outcome === "launched",
    );
    return packed(launched.map(({ server }) => server)).map(
      (batch, index): JobTrace => ({
        jobId: `drsjob-end${lane.slice(0, 12)}${index.toString().padStart(2, "0")}`,
        lane,
        kind: "terminate",
        startedBy: "us",
        servers: batch.length,
        startedAtSeconds: makespanSeconds + 15,
        endedAtSeconds: makespanSeconds + 135,
      }),
    );
  });
}

function packed(servers: readonly string[]): readonly (readonly string[])[] {
  const size = drsQuotas.serversPerJob.value;
  return Array.from({ length: Math.ceil(servers.length / size) }, (_, index) =>
    servers.slice(index * size, (index + 1) * size),
  );
}

function serverId(lane: LaneKey, wave: number, number: number): string {
  return `s-${lane.slice(0, 3)}${lane.slice(-1)}${wave}${number.toString(16).padStart(12, "0")}`;
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
