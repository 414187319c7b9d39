import { estateRecord, laneRecord } from "../core/capacity/metrics.js";
import { plusSeconds } from "../core/instant.js";
import { laneKey } from "../core/lane.js";
import type { Clock, DrsOfLane, Estate, Log, Metrics, QuotasOfLane } from "../core/ports.js";
import { jobHorizonSeconds, measureLanes } from "./inventory.js";

export interface CapacityPublisherDeps {
  readonly environment: string;
  readonly estate: Estate;
  readonly drs: DrsOfLane;
  readonly quotas: QuotasOfLane;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly log: Log;
}

/** How many lanes could be read. */
export interface Published {
  readonly lanesRead: number;
  readonly lanesUnread: number;
}

/**
 * Counts every lane of the estate and publishes what it found. A lane that cannot be read publishes
 * nothing for itself, so that its silence is seen; it is counted, and no other lane notices. Changes
 * nothing: may be called at any time, twice at once, or not at all.
 */
export function capacityPublisherHandler(deps: CapacityPublisherDeps) {
  return async (): Promise<Published> => {
    const since = plusSeconds(deps.clock.now(), -jobHorizonSeconds);
    const lanes = await measureLanes(deps, await deps.estate.lanes(), since);
    let lanesUnread = 0;
    for (const lane of lanes) {
      if (lane.problem === undefined) {
        deps.metrics.publish(laneRecord(lane, lane, lane.quotas));
      } else {
        lanesUnread += 1;
        deps.log.warn("lane not read", { lane: laneKey(lane), problem: lane.problem });
      }
    }
    const lanesRead = lanes.length - lanesUnread;
    const counts = { read: lanesRead, unread: lanesUnread };
    deps.metrics.publish(estateRecord(deps.environment, counts));
    return { lanesRead, lanesUnread };
  };
}
