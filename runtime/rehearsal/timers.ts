import type { Instant } from "../core/instant.js";

/** Something to be done at a moment. */
export interface Timer {
  readonly moment: Instant;
  readonly what: () => void;
  /** Whether nobody waits for it: it runs when its moment comes, but the clock has no reason to go there. */
  readonly isAside?: boolean;
}

/** What a clock has still to do, in the order of moments, then of calls. */
export interface Timers {
  /** Answers how to take the timer back. */
  add(timer: Timer): () => void;
  /** The earliest timer, which stays. */
  next(): Timer | undefined;
  /** The earliest timer, which is gone then. */
  take(): Timer | undefined;
  /** Whether any timer is left for which somebody waits. */
  areAwaited(): boolean;
}

export function createTimers(): Timers {
  const timers: Timer[] = [];
  return {
    add(timer) {
      timers.splice(placeOf(timers, timer.moment), 0, timer);
      return () => {
        const place = timers.indexOf(timer);
        if (place >= 0) timers.splice(place, 1);
      };
    },
    next: () => timers[0],
    take: () => timers.shift(),
    areAwaited: () => timers.some(({ isAside }) => !isAside),
  };
}

/** Where a timer of this moment belongs: behind all that are not later. */
function placeOf(timers: readonly Timer[], moment: Instant): number {
  let low = 0;
  let high = timers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const timer = timers[middle];
    if (timer !== undefined && timer.moment <= moment) low = middle + 1;
    else high = middle;
  }
  return low;
}
