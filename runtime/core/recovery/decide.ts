import { cadence } from "../../limits.js";
import { groupBy } from "../group-by.js";
import { before, type Instant, plusSeconds, secondsBetween } from "../instant.js";
import { nextLookSeconds } from "./cadence.js";
import { type Claim, claimsOf } from "./claims.js";
import { type Packed, pack, roomOf, type Startable } from "./packing.js";
import { reconcileLaunches } from "./reconcile.js";
import { ourJobs, type Standing, standingOf } from "./standing.js";
import type { Batch, EndedBatch, LaneState, ServerResult, Suspects } from "./state.js";
import type { Decision, Hold, HoldKind, LaneView, Next, Observation, Turn } from "./view.js";
import { type Asked, askWaves } from "./waves.js";

/**
 * The heart of a recovery: from what the journal knows of a lane and what DRS shows of it, says
 * which servers to start in which calls, which have ended and how, which gates are passed, why the
 * others wait, and when to look again. Pure: it asks nothing and changes nothing.
 */
export function decide(view: LaneView, seen: Observation, turn: Turn): Decision {
  const { open, ended: reconciled } = reconcileLaunches(view, seen, turn.now);
  const known = [...reconciled, ...view.lane.settling];
  const ended = [...view.ended, ...known];
  const standing = standingOf(open, ended, seen.jobs);
  const ours = ourJobs(view.lane, open, ended, seen.jobs);
  const claims = claimsOf(view.members, seen.jobs, ours, view.head.startedAt);
  const suspects = examined(view.lane.suspects, claims, turn);
  const looked = withDenial(view.lane, seen, turn.now);
  const asked = askWaves({
    view: { ...view, lane: { ...looked, openBatches: open } },
    seen,
    standing,
    claims,
    suspects,
    now: turn.now,
  });
  const packed = packInto(view, { ...seen, open }, asked.startable, turn);
  const calls = batchesOf(packed, view.lane.nextBatch, turn);
  const settling = settledBatch(asked.settled, view.lane.nextBatch + calls.length, turn.now);
  const held = [...asked.held, ...packed.held];
  const lane: LaneState = {
    ...withoutStaleBackoff(looked, turn.now),
    openBatches: [...open, ...calls],
    settling,
    nextBatch: view.lane.nextBatch + calls.length + settling.length,
    waves: asked.waves,
    suspects: stillWaiting(suspects, standing, asked.settled),
    heldBack: mostHeld(view.lane.heldBack, held),
  };
  const next = nextOf(view, lane, asked, held, {
    standing,
    hasMore: packed.hasMore || asked.hasMoreToSettle,
    now: turn.now,
  });
  return {
    lane: next.kind === "ended" ? { ...lane, phase: "recovered", phaseSince: turn.now } : lane,
    ended: known,
    marks: asked.marks,
    calls,
    held,
    next,
  };
}

/**
 * Looks for the cause of whole-call refusals: where a job of somebody's holds one of the servers,
 * the others are free at once; where none shows, the job list lags and they wait.
 */
function examined(
  suspects: readonly Suspects[],
  claims: ReadonlyMap<string, Claim>,
  { now, random }: Turn,
): readonly Suspects[] {
  return suspects.flatMap((one) => {
    if (one.isDelayed) return [one];
    if (one.servers.some((server) => claims.get(server)?.active)) return [];
    const ceilings = cadence.conflictBackoffSeconds;
    const ceiling = ceilings[Math.min(one.attempts, ceilings.length) - 1] ?? 120;
    const notBefore = plusSeconds(now, ceiling * (0.5 + random() / 2));
    return [{ ...one, isDelayed: true, notBefore }];
  });
}

/** Servers that have ended meanwhile, by whatever way, are suspected of nothing any more. */
function stillWaiting(
  suspects: readonly Suspects[],
  { results }: Standing,
  settled: readonly ServerResult[],
): readonly Suspects[] {
  const ended = new Set([...results.keys(), ...settled.map(({ server }) => server)]);
  const left = suspects.map((one) => ({
    ...one,
    servers: one.servers.filter((server) => !ended.has(server)),
  }));
  return left.filter(({ servers }) => servers.length > 0);
}

interface PackedInto {
  readonly batches: Packed["batches"];
  readonly held: readonly Hold[];
  readonly hasMore: boolean;
}

function packInto(
  { head, lane }: LaneView,
  { jobs, open }: Observation & { open: readonly Batch[] },
  startable: readonly Startable[],
  { now, mayIntend }: Turn,
): PackedInto {
  const none = (kind: HoldKind, reason: string): PackedInto => ({
    batches: [],
    held: startable.map(({ server }) => ({ server, kind, reason })),
    hasMore: false,
  });
  if (startable.length === 0) return { batches: [], held: [], hasMore: false };
  if (head.command === "pause") return none("paused", "paused by the operator");
  if (lane.backoff && before(now, lane.backoff.until))
    return none(lane.backoff.kind, lane.backoff.reason);
  const isPaced =
    lane.lastCallAt !== undefined && secondsBetween(lane.lastCallAt, now) < head.pacingSeconds;
  if (isPaced) {
    return none("pacing", `calls are ${head.pacingSeconds} s apart by the plan`);
  }
  if (!mayIntend) return { batches: [], held: [], hasMore: true };
  const room = roomOf(jobs, open, lane.quotas, head.reserve);
  const { batches, left } = pack(startable, room, lane.quotas.serversPerJob);
  const kept = head.pacingSeconds > 0 ? batches.slice(0, 1) : batches;
  const held = left.flatMap(({ kind, servers }) =>
    servers.map((server) => ({ server, kind, reason: `the lane's quota leaves no room: ${kind}` })),
  );
  return { batches: kept, held, hasMore: kept.length < batches.length };
}

function batchesOf({ batches }: PackedInto, first: number, { now, token }: Turn): readonly Batch[] {
  return batches.map(({ wave, servers }, index) => ({
    number: first + index,
    kind: "launch",
    wave,
    servers,
    intendedAt: now,
    intendedBy: token,
  }));
}

/** Servers that ended without a call are kept like a batch that never had a job. */
function settledBatch(
  results: readonly ServerResult[],
  number: number,
  now: Instant,
): readonly EndedBatch[] {
  if (results.length === 0) return [];
  const servers = results.map(({ server }) => server);
  const life = { number, servers, intendedAt: now, endedAt: now };
  return [{ ...life, kind: "settled", outcome: "ended", results }];
}

/** Keeps in mind since when the lane has denied every look; the first that shows something ends it. */
function withDenial(lane: LaneState, { unavailable }: Observation, now: Instant): LaneState {
  const { deniedSince, ...rest } = lane;
  if (unavailable?.code !== "lane-denied") return rest;
  return deniedSince === undefined ? { ...lane, deniedSince: now } : lane;
}

function withoutStaleBackoff(lane: LaneState, now: Instant): LaneState {
  if (!lane.backoff || before(now, plusSeconds(lane.backoff.until, 600))) return lane;
  const { backoff: _, ...rest } = lane;
  return rest;
}

function mostHeld(
  known: Readonly<Record<string, number>>,
  held: readonly Hold[],
): Readonly<Record<string, number>> {
  const most: Record<string, number> = { ...known };
  for (const [kind, holds] of groupBy(held, ({ kind }) => kind)) {
    most[kind] = Math.max(most[kind] ?? 0, holds.length);
  }
  return most;
}

function nextOf(
  view: LaneView,
  lane: LaneState,
  asked: Asked,
  held: readonly Hold[],
  { standing, hasMore, now }: { standing: Standing; hasMore: boolean; now: Instant },
): Next {
  const isIdle = lane.openBatches.length === 0;
  if (isIdle && asked.waves.every(({ done }) => done)) return { kind: "ended" };
  if (isIdle && view.head.command === "pause") return { kind: "pause" };
  const seconds = nextLookSeconds({
    view,
    lane,
    standing,
    held,
    waitsAtGate: asked.waitsAtGate,
    hasMore,
    now,
  });
  return { kind: "wait", seconds };
}
