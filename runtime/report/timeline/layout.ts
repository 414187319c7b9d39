import { type ScaleLinear, scaleLinear } from "d3-scale";
import type { LaneKey } from "../../core/lane.js";
import { drsQuotas } from "../../limits.js";
import type { JobTrace, RehearsalDocument, ServerTrace } from "../../rehearsal/document.js";
import { frame } from "./frame.js";
import { type Mark, marksOf } from "./marks.js";

/** Height of what stands inside a lane besides its jobs, pixels. */
const laneParts = { gap: 9, strip: 30, padding: 12 } as const;

/** Clean-up is drawn at least this much flatter than launches: it is not what the reader came for. */
const flattest = 0.3;

/** All lanes' jobs together aim at this height, pixels; each lane at the bounds below. */
const stackHeight = { all: 600, laneMin: 44, laneMax: 150, jobMin: 5, serverMax: 15 } as const;

export interface PlacedServer {
  readonly trace: ServerTrace;
  readonly x1: number;
  readonly x2: number;
  readonly y: number;
}

export interface PlacedJob {
  readonly trace: JobTrace;
  /** Position of its wave in the plan; absent for strangers and clean-up. */
  readonly waveIndex?: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Its servers from the slowest to the fastest, so that their ends draw a curve. */
  readonly servers: readonly PlacedServer[];
}

/** A point of the in-flight area: from `x` on, `servers` are in jobs. */
export interface InFlightStep {
  readonly atSeconds: number;
  readonly servers: number;
}

export interface PlacedLane {
  readonly key: LaneKey;
  readonly account: string;
  readonly region: string;
  readonly servers: number;
  readonly launched: number;
  readonly top: number;
  readonly height: number;
  readonly jobs: readonly PlacedJob[];
  readonly strip: { readonly top: number; readonly height: number };
  readonly inFlight: readonly InFlightStep[];
}

export interface TimelineLayout {
  readonly width: number;
  readonly height: number;
  readonly x: ScaleLinear<number, number>;
  readonly endSeconds: number;
  readonly tickSeconds: readonly number[];
  readonly lanes: readonly PlacedLane[];
  readonly marks: readonly Mark[];
  /** Where the lanes begin. */
  readonly top: number;
  /** Thickness of a server's line, pixels. */
  readonly serverHeight: number;
}

/** Where everything of a rehearsal's timeline stands. Pure geometry: no colour, no text. */
export function layOutTimeline(document: RehearsalDocument): TimelineLayout {
  const endSeconds = Math.max(
    1,
    document.makespanSeconds,
    ...document.jobTraces.map((job) => job.endedAtSeconds),
  );
  const x = scaleLinear()
    .domain([0, endSeconds])
    .range([frame.left, frame.width - frame.right]);
  const stacks = laneKeysOf(document).map((key) => stackOf(document, key));
  const serverHeight = serverHeightFor(stacks);
  const lanes: PlacedLane[] = [];
  const marks = marksOf(document, x, endSeconds);
  const flagRows = 1 + Math.max(-1, ...marks.map(({ flag }) => flag.row));
  const firstTop = flagRows * frame.flagRow + frame.axis;
  let top = firstTop;
  for (const stack of stacks) {
    const lane = placeLane(document, stack, top, serverHeight, x);
    lanes.push(lane);
    top += lane.height;
  }
  return {
    width: frame.width,
    height: top + frame.bottom,
    x,
    endSeconds,
    tickSeconds: tickSecondsUpTo(endSeconds),
    lanes,
    marks,
    top: firstTop,
    serverHeight,
  };
}

/** Moments of the time axis: whole minutes or hours, about ten of them. */
export function tickSecondsUpTo(endSeconds: number): readonly number[] {
  const steps = [5, 10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200];
  const step = steps.find((candidate) => endSeconds / candidate <= 12) ?? 86_400;
  return Array.from({ length: Math.floor(endSeconds / step) + 1 }, (_, index) => index * step);
}

interface Slot {
  readonly trace: JobTrace;
  readonly weight: number;
  /** Servers that stand above it in the lane. */
  readonly offset: number;
}

interface Stack {
  readonly key: LaneKey;
  readonly slots: readonly Slot[];
  /** Servers on top of each other where the lane is fullest. */
  readonly depth: number;
}

/** Lanes in the document's order, then those that only a job or a server names. */
function laneKeysOf({ lanes, jobTraces, serverTraces }: RehearsalDocument): readonly LaneKey[] {
  const declared = lanes.map(({ account, region }): LaneKey => `${account}/${region}`);
  const seen = [...jobTraces, ...serverTraces].map(({ lane }) => lane);
  return [...new Set([...declared, ...seen])];
}

function stackOf({ jobTraces }: RehearsalDocument, key: LaneKey): Stack {
  const traces = jobTraces
    .filter((job) => job.lane === key)
    .sort((a, b) => a.startedAtSeconds - b.startedAtSeconds || a.jobId.localeCompare(b.jobId));
  const isCleanUp = ({ kind }: JobTrace) => kind === "terminate";
  const launchDepth = depthOf(packed(traces.filter((job) => !isCleanUp(job))));
  const cleanedUp = traces.filter(isCleanUp).reduce((sum, { servers }) => sum + servers, 0);
  const slots = packed(traces, Math.min(flattest, launchDepth / Math.max(1, cleanedUp)));
  return { key, slots, depth: depthOf(slots) };
}

function depthOf(slots: readonly Slot[]): number {
  return Math.max(1, ...slots.map(({ offset, weight }) => offset + weight));
}

/** Places jobs first-fit in the order of their starts, so that those that run together never overlap. */
function packed(traces: readonly JobTrace[], cleanUpWeight = 1): readonly Slot[] {
  const slots: Slot[] = [];
  for (const trace of traces) {
    const servers = Math.max(1, trace.servers);
    const weight = servers * (trace.kind === "terminate" ? cleanUpWeight : 1);
    const running = slots
      .filter((slot) => slot.trace.endedAtSeconds > trace.startedAtSeconds)
      .sort((a, b) => a.offset - b.offset);
    let offset = 0;
    for (const slot of running) {
      if (slot.offset - offset >= weight) break;
      offset = Math.max(offset, slot.offset + slot.weight);
    }
    slots.push({ trace, weight, offset });
  }
  return slots;
}

function serverHeightFor(stacks: readonly Stack[]): number {
  const { all, laneMin, laneMax, serverMax } = stackHeight;
  const aim = Math.min(laneMax, Math.max(laneMin, all / Math.max(1, stacks.length)));
  const deepest = Math.max(1, ...stacks.map(({ depth }) => depth));
  return Math.min(serverMax, aim / deepest);
}

function placeLane(
  document: RehearsalDocument,
  stack: Stack,
  top: number,
  serverHeight: number,
  x: ScaleLinear<number, number>,
): PlacedLane {
  const { laneMin, jobMin } = stackHeight;
  const jobsTop = top + laneParts.padding;
  const jobs = stack.slots.map((slot) => placeJob(document, slot, jobsTop, serverHeight, x));
  const bottom = Math.max(
    jobsTop + laneMin,
    jobsTop + stack.depth * serverHeight,
    ...jobs.map((job) => job.y + Math.max(jobMin, job.height)),
  );
  const strip = { top: bottom + laneParts.gap, height: laneParts.strip };
  const [account = "", region = ""] = stack.key.split("/");
  const members = document.serverTraces.filter(({ lane }) => lane === stack.key);
  const declared = document.lanes.find((lane) => `${lane.account}/${lane.region}` === stack.key);
  return {
    key: stack.key,
    account,
    region,
    servers: declared?.servers ?? members.length,
    launched: declared?.launched ?? members.filter(({ outcome }) => outcome === "launched").length,
    top,
    height: strip.top + strip.height + laneParts.padding - top,
    jobs,
    strip,
    inFlight: inFlightOf(stack.slots.map(({ trace }) => trace)),
  };
}

function placeJob(
  document: RehearsalDocument,
  { trace, weight, offset }: Slot,
  jobsTop: number,
  serverHeight: number,
  x: ScaleLinear<number, number>,
): PlacedJob {
  const y = jobsTop + offset * serverHeight;
  const waveIndex = document.waves.findIndex(({ wave }) => wave === trace.wave);
  const isWaveJob = trace.kind === "launch" && trace.startedBy === "us" && waveIndex >= 0;
  return {
    trace,
    ...(isWaveJob ? { waveIndex } : {}),
    x: x(trace.startedAtSeconds),
    y,
    width: Math.max(1, x(trace.endedAtSeconds) - x(trace.startedAtSeconds)),
    height: weight * serverHeight,
    servers: serversOf(document, trace).map((server, index) => ({
      trace: server,
      x1: x(server.startedAtSeconds ?? trace.startedAtSeconds),
      x2: x(server.launchedAtSeconds ?? trace.endedAtSeconds),
      y: y + (index + 0.5) * serverHeight,
    })),
  };
}

/** Servers that the timeline draws inside this job. */
function serversOf({ serverTraces }: RehearsalDocument, job: JobTrace): readonly ServerTrace[] {
  if (job.kind !== "launch") return [];
  const end = (server: ServerTrace) => server.launchedAtSeconds ?? Number.POSITIVE_INFINITY;
  return serverTraces
    .filter(({ jobId, lane }) => jobId === job.jobId && lane === job.lane)
    .sort((a, b) => (end(a) < end(b) ? 1 : -1));
}

/** How many servers are in jobs over time; jobs hold their servers until their slowest ends. */
function inFlightOf(jobs: readonly JobTrace[]): readonly InFlightStep[] {
  const changes = new Map<number, number>();
  const add = (at: number, servers: number) => changes.set(at, (changes.get(at) ?? 0) + servers);
  for (const job of jobs) {
    add(job.startedAtSeconds, job.servers);
    add(job.endedAtSeconds, -job.servers);
  }
  let servers = 0;
  return [...changes]
    .sort(([a], [b]) => a - b)
    .map(([atSeconds, change]) => {
      servers += change;
      return { atSeconds, servers };
    });
}

/** Servers in jobs that the in-flight strip can show: the quota, or more where a quota was raised. */
export function stripCeiling(lanes: readonly PlacedLane[]): number {
  const peak = Math.max(
    0,
    ...lanes.flatMap(({ inFlight }) => inFlight.map((step) => step.servers)),
  );
  return Math.max(drsQuotas.serversInAllJobs.value, peak);
}
