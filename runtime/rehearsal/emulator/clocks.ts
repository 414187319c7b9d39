import { type Instant, instant, latest, plusSeconds, secondsBetween } from "../../core/instant.js";
import type { Clock } from "../../core/ports.js";
import type { Timeline } from "../clock.js";
import { createTimers } from "../timers.js";

/**
 * A clock for clients that nobody can wait for: whatever they think between two calls is unknown, so
 * nothing is ever held. It never overtakes a timer, and no call is answered half-way through a move.
 */
export interface EmulatorClock extends Timeline {
  readonly kind: "real" | "virtual";
  /** Seconds of this clock in a real second; 0 when it stands until it is moved. */
  readonly speed: number;
  /** The moment of the earliest timer, if anything is to come. */
  nextEventAt(): Instant | undefined;
  /** Moves on to a moment, with everything that falls into the time between. Earlier ones change nothing. */
  moveTo(moment: Instant): void;
  /** Nothing happens any more. */
  close(): void;
}

/** A clock that stands until it is moved. */
export function createStandingClock(startAt: Instant): EmulatorClock {
  const timers = createTimers();
  let current = startAt;
  return {
    kind: "virtual",
    speed: 0,
    now: () => current,
    at: (moment, what) => timers.add({ moment: latest(moment, current), what }),
    hold: (work) => work,
    nextEventAt: () => timers.next()?.moment,
    moveTo(moment) {
      for (let next = timers.next(); next && next.moment <= moment; next = timers.next()) {
        timers.take();
        current = next.moment;
        next.what();
      }
      current = latest(current, moment);
    },
    close: () => undefined,
  };
}

export interface RunningClockOptions {
  readonly startAt: Instant;
  /** Seconds of this clock in a real second. */
  readonly speed: number;
  readonly realTime: Clock;
}

/** Longest time for which Node sets a timer. */
const longestDelayMs = 2 ** 31 - 1;

/** A clock that runs with real time, or so many times faster. It can be moved on besides. */
export function createRunningClock(options: RunningClockOptions): EmulatorClock {
  const { startAt, speed, realTime } = options;
  const startedAt = realTime.now();
  const standing = createStandingClock(startAt);
  let movedSeconds = 0;
  let isMoving = false;
  let wakeUp: NodeJS.Timeout | undefined;
  let isClosed = false;

  function runningTime(): Instant {
    const sinceStart = secondsBetween(startedAt, realTime.now()) * speed;
    return plusSeconds(startAt, sinceStart + movedSeconds);
  }

  /** Stands at a timer that is due until it has run, and while it does. */
  function now(): Instant {
    if (isMoving) return standing.now();
    const next = standing.nextEventAt() ?? Number.POSITIVE_INFINITY;
    return latest(standing.now(), instant(Math.min(runningTime(), next)));
  }

  function catchUp(): void {
    isMoving = true;
    try {
      standing.moveTo(runningTime());
    } finally {
      isMoving = false;
      arm();
    }
  }

  function arm(): void {
    clearTimeout(wakeUp);
    const next = standing.nextEventAt();
    if (next === undefined || isMoving || isClosed) return;
    const delayMs = Math.ceil((next - runningTime()) / speed);
    wakeUp = setTimeout(catchUp, Math.min(Math.max(delayMs, 0), longestDelayMs));
  }

  return {
    kind: "real",
    speed,
    now,
    at(moment, what) {
      const takeBack = standing.at(latest(moment, now()), what);
      arm();
      return takeBack;
    },
    hold: (work) => work,
    nextEventAt: standing.nextEventAt,
    moveTo(moment) {
      movedSeconds += Math.max(0, secondsBetween(runningTime(), moment));
      catchUp();
    },
    close() {
      isClosed = true;
      clearTimeout(wakeUp);
    },
  };
}
