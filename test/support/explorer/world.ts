import { type Instant, plusSeconds } from "../../../runtime/core/instant.js";
import type { StartRecoveryCall } from "../../../runtime/core/ports.js";
import type { LaneQuotas } from "../../../runtime/core/recovery/observation.js";
import type { Member } from "../../../runtime/core/recovery/plan.js";
import type {
  EndedBatch,
  GateState,
  Head,
  LaneState,
} from "../../../runtime/core/recovery/state.js";
import { MemoryLane, type ModelJob, type ModelServer } from "../execution/memory-drs.js";

/** What never changes while an execution is explored. */
export interface Scene {
  readonly head: Head;
  readonly lane: LaneState;
  readonly members: readonly Member[];
  readonly fleet: readonly ModelServer[];
  readonly quotas: LaneQuotas;
  /** How long a job of ours is missing from the job list. */
  readonly hiddenSeconds: number;
}

/** The journal of one lane and its DRS, as a value. */
export interface World {
  readonly now: Instant;
  readonly lane: LaneState;
  readonly ended: readonly EndedBatch[];
  readonly marks: readonly { readonly wave: string; readonly isBroken: boolean }[];
  readonly jobs: readonly ModelJob[];
  /** Servers whose launches fail. */
  readonly failing: readonly string[];
  /** Every intent that the journal ever held, by batch. */
  readonly intended: Readonly<Record<string, readonly string[]>>;
  /** Every batch that was called, whatever it was answered. */
  readonly called: readonly string[];
}

/** What a turn asks of its ports. Head and members never change, and the audit is read by nobody. */
export type Call =
  | { readonly kind: "read-lane" }
  | { readonly kind: "read-ended" }
  | { readonly kind: "read-gates"; readonly waves: readonly string[] }
  | { readonly kind: "write-lane"; readonly lane: LaneState }
  | { readonly kind: "write-ended"; readonly batch: EndedBatch }
  | { readonly kind: "mark-gate"; readonly wave: string; readonly isBroken: boolean }
  | { readonly kind: "list-jobs"; readonly from: Instant }
  | { readonly kind: "list-servers"; readonly ids: readonly string[] | undefined }
  | { readonly kind: "start"; readonly launch: StartRecoveryCall };

export interface Applied {
  readonly world: World;
  readonly reply: unknown;
}

export function firstWorld({ lane, head }: Scene): World {
  const now = head.startedAt;
  return { now, lane, ended: [], marks: [], jobs: [], failing: [], intended: {}, called: [] };
}

/** Lets a call take effect. The same world and call give the same world and reply. */
export async function apply(scene: Scene, world: World, call: Call): Promise<Applied> {
  switch (call.kind) {
    case "read-lane":
      return { world, reply: world.lane };
    case "read-ended":
      return { world, reply: world.ended };
    case "read-gates":
      return { world, reply: call.waves.map((wave) => gateOf(world, wave)) };
    case "write-lane":
      return writeLane(world, call.lane);
    case "write-ended":
      return { world: { ...world, ended: withEnded(world.ended, call.batch) }, reply: undefined };
    case "mark-gate":
      return { world: { ...world, marks: withMark(world.marks, call) }, reply: undefined };
    case "list-jobs":
      return { world, reply: await drsOf(scene, world).drs().jobsSince(call.from) };
    case "list-servers":
      return { world, reply: await drsOf(scene, world).drs().sourceServers(call.ids) };
    case "start":
      return launch(scene, world, "us", call.launch);
  }
}

/** A launch of ours or of a stranger's arrives at DRS. */
export function launch(
  scene: Scene,
  world: World,
  by: "us" | "stranger",
  call: StartRecoveryCall,
): Applied {
  const drs = drsOf(scene, world);
  const reply = drs.launch(by, call);
  const batch = call.tags["dr:batch"];
  const called = batch === undefined ? world.called : [...world.called, batch].toSorted();
  return { world: { ...world, jobs: drs.jobs, called }, reply };
}

export function later(world: World, seconds: number): World {
  return { ...world, now: plusSeconds(world.now, seconds) };
}

/** DRS as it stands in a world: the one that other tests use, given the jobs that there are. */
export function drsOf(scene: Scene, { now, jobs, failing }: World): MemoryLane {
  const { hiddenSeconds, quotas } = scene;
  const fleet = scene.fleet.map((one) =>
    failing.includes(one.server) ? { ...one, fails: true } : one,
  );
  const clock = { now: () => now };
  const lane = new MemoryLane("job", fleet, clock, { hiddenSeconds, quotas });
  lane.jobs.push(...jobs);
  return lane;
}

/** As the journal's adapter does it: a refused write that finds what it would write had been written. */
function writeLane(world: World, lane: LaneState): Applied {
  if (JSON.stringify(world.lane) === JSON.stringify(lane)) return { world, reply: "written" };
  if (world.lane.revision !== lane.revision - 1) return { world, reply: "lost" };
  const intents = lane.openBatches.map(({ number, servers }) => [
    `${lane.lane}#${number}`,
    servers,
  ]);
  const intended = { ...world.intended, ...Object.fromEntries(intents) };
  return { world: { ...world, lane, intended }, reply: "written" };
}

function withEnded(ended: readonly EndedBatch[], batch: EndedBatch): readonly EndedBatch[] {
  const isKnown = ended.some(
    ({ number, outcome }) => number === batch.number && outcome === batch.outcome,
  );
  return isKnown ? ended : [...ended, batch].toSorted(byNumberThenOutcome);
}

function byNumberThenOutcome(a: EndedBatch, b: EndedBatch): number {
  return a.number - b.number || Number(a.outcome === "void") - Number(b.outcome === "void");
}

function withMark(marks: World["marks"], { wave, isBroken }: World["marks"][number]) {
  const known = marks.find((mark) => mark.wave === wave);
  if (known && (known.isBroken || !isBroken)) return marks;
  return [...marks.filter((mark) => mark.wave !== wave), { wave, isBroken }];
}

function gateOf({ marks, lane }: World, wave: string): GateState {
  const mark = marks.find((one) => one.wave === wave);
  const own = new Set([lane.lane]);
  return { wave, done: mark ? own : new Set(), broken: mark?.isBroken ? own : new Set() };
}
