import { before, type Instant, plusSeconds } from "../../../core/instant.js";
import type { LaneKey } from "../../../core/lane.js";
import { lateArrival } from "../../../limits.js";
import type { LaneRecord } from "./model.js";

interface Moment {
  readonly at: Instant;
  readonly lane: LaneRecord;
}

/** How lanes stood a short while ago, for reads that lag behind. */
export class Past {
  private readonly moments = new Map<LaneKey, Moment[]>();

  /** Remembers how a lane stands now, and forgets what nobody can ask for any more. */
  remember(lane: LaneRecord, now: Instant): void {
    const known = this.moments.get(lane.lane) ?? [];
    const oldest = plusSeconds(now, -lateArrival.visibilitySeconds);
    const firstNeeded = known.findLastIndex(({ at }) => !before(oldest, at));
    const kept = known.slice(Math.max(0, firstNeeded)).filter(({ at }) => before(at, now));
    this.moments.set(lane.lane, [...kept, { at: now, lane: structuredClone(lane) }]);
  }

  /** A lane as it stood at a moment: the last that is remembered from before it, else the first of all. */
  of(lane: LaneRecord, moment: Instant): LaneRecord {
    const known = this.moments.get(lane.lane) ?? [];
    return (known.findLast(({ at }) => !before(moment, at)) ?? known[0])?.lane ?? lane;
  }
}
