import pMap from "p-map";
import type { LaneKey } from "../../core/lane.js";
import type { Journal } from "../../core/ports.js";
import type { Member } from "../../core/recovery/plan.js";
import { standingOf } from "../../core/recovery/standing.js";
import type { Head, LaneState, ServerOutcome } from "../../core/recovery/state.js";

/** Lanes that are read at once. */
const lanesAtOnce = 20;

/** Where a server stands, in the words of a status answer. */
export interface ServerStatus {
  readonly server: string;
  readonly lane: LaneKey;
  readonly wave: string;
  readonly application?: string;
  readonly outcome: ServerOutcome | "in-flight" | "waiting";
  readonly reason?: string;
  readonly jobId?: string;
  readonly byStranger?: boolean;
}

/**
 * Every server of an execution, lane by lane. Once the recovery is over, each has an outcome; while
 * it is prepared there is none yet, for its list may still be written anew.
 */
export async function serverStatuses(
  journal: Journal,
  head: Head,
  lanes: readonly LaneState[],
): Promise<readonly ServerStatus[]> {
  if (head.state === "preparing") return [];
  const isOver = head.recoveredAt !== undefined || head.state === "ended";
  const perLane = await pMap(
    lanes,
    async (lane) => {
      const members = await journal.members(head.executionId, lane.lane);
      const ended = await journal.endedBatches(head.executionId, lane.lane);
      const standing = standingOf(lane.openBatches, [...ended, ...lane.settling], []);
      return members.map((member): ServerStatus => {
        const result = standing.results.get(member.server);
        if (result && result.outcome !== "terminated") {
          return { ...placeOf(member, lane), ...result, outcome: result.outcome };
        }
        const isInFlight = standing.inFlight.has(member.server);
        if (isOver) return { ...placeOf(member, lane), ...lostResult(lane, isInFlight) };
        return { ...placeOf(member, lane), outcome: isInFlight ? "in-flight" : "waiting" };
      });
    },
    { concurrency: lanesAtOnce },
  );
  return perLane.flat();
}

function placeOf({ server, wave, application }: Member, { lane }: LaneState) {
  return { server, lane, wave, ...(application === undefined ? {} : { application }) };
}

function lostResult({ lost }: LaneState, isInFlight: boolean) {
  const where = isInFlight ? "in flight when the execution ended" : "not started";
  return { outcome: "failed", reason: `${where}: ${lost ?? "its lane did not end"}` } as const;
}

export interface Totals {
  readonly total: number;
  readonly launched: number;
  readonly failed: number;
  readonly skipped: number;
  readonly inFlight: number;
  readonly waiting: number;
}

export function totalsOf(servers: readonly ServerStatus[]): Totals {
  const count = (wanted: ServerStatus["outcome"]) =>
    servers.filter(({ outcome }) => outcome === wanted).length;
  return {
    total: servers.length,
    launched: count("launched"),
    failed: count("failed"),
    skipped: count("skipped"),
    inFlight: count("in-flight"),
    waiting: count("waiting"),
  };
}
