import { cadence } from "../../limits.js";
import { before, earliest, type Instant, latest, plusSeconds, secondsBetween } from "../instant.js";
import type { Standing } from "./standing.js";
import type { Batch, LaneState } from "./state.js";
import type { Hold, HoldKind, LaneView } from "./view.js";

/** Below this share of servers still in flight, the end of a wave is near. */
const tailShare = 0.1;

/** What decides when a lane looks again. */
export interface Looks {
  readonly view: LaneView;
  readonly lane: LaneState;
  readonly standing: Standing;
  readonly held: readonly Hold[];
  readonly waitsAtGate: boolean;
  /** Servers could start, but this look of the turn may not intend. */
  readonly hasMore: boolean;
  readonly now: Instant;
}

/**
 * Seconds until something can have changed: not before the earliest expected launch, then every
 * 20 s, faster when nearly all have launched, at a gate, or when more can be started at once.
 */
export function nextLookSeconds(looks: Looks): number {
  const { view, lane, now, held, waitsAtGate, hasMore } = looks;
  const holds = (...kinds: readonly HoldKind[]) => held.some(({ kind }) => kinds.includes(kind));
  const later = (seconds: number) => plusSeconds(now, seconds);
  const moments = [
    ...lane.openBatches.map((batch) => nextLookAtBatch(batch, looks)),
    ...lane.suspects.map(({ notBefore }) => notBefore).filter((moment) => before(now, moment)),
    ...(lane.backoff && holds("throttled", "over-quota") ? [lane.backoff.until] : []),
    ...(lane.lastCallAt !== undefined && holds("pacing")
      ? [plusSeconds(lane.lastCallAt, view.head.pacingSeconds)]
      : []),
    ...(held.length > 0 ? [later(cadence.jobPollSeconds)] : []),
    ...(waitsAtGate ? [later(cadence.gatePollSeconds)] : []),
    ...(hasMore ? [later(1)] : []),
  ];
  const next = earliest(moments[0] ?? later(cadence.jobPollSeconds), ...moments);
  return Math.max(1, Math.ceil(secondsBetween(now, next)));
}

function nextLookAtBatch(batch: Batch, { view, standing, now }: Looks): Instant {
  if (batch.startedAt === undefined || batch.kind === "terminate") {
    return plusSeconds(now, cadence.jobPollSeconds);
  }
  const inBatch = new Set(batch.servers);
  const members = view.members.filter(({ server }) => inBatch.has(server));
  const expected = Math.min(...members.map((member) => member.expectedLaunchSeconds));
  const quiet = plusSeconds(batch.startedAt, expected * cadence.quietShareOfExpectedLaunch);
  const open = batch.servers.filter((server) => !standing.results.has(server)).length;
  const isTail = open <= batch.servers.length * tailShare;
  const poll = plusSeconds(now, isTail ? cadence.gatePollSeconds : cadence.jobPollSeconds);
  return latest(quiet, poll);
}
