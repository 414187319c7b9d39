import { type Instant, instant, latest } from "../core/instant.js";
import type { Timeline } from "./clock.js";
import { createTimers } from "./timers.js";

/** Saturday night in every Region that matters: 2026-01-24T02:00:00Z. */
export const defaultStart: Instant = instant(Date.UTC(2026, 0, 24, 2));

/**
 * Time that stands still while anything is in flight, and then jumps to the next timer. One timer
 * runs at a time, so the same work on the same clock always happens in the same order.
 */
export interface VirtualClock extends Timeline {
  /** The time for other threads: one `BigInt64`, epoch milliseconds. */
  readonly shared: SharedArrayBuffer;
  /** Runs `what` when the clock reaches `moment`, but gives it no reason to go there. */
  besides(moment: Instant, what: () => void): void;
  /**
   * Moves the clock from timer to timer until the condition holds with nothing in flight.
   *
   * @throws what a timer throws; and an error that names `awaited` when nothing could ever bring it about
   */
  run(until: () => boolean, awaited: string): Promise<void>;
}

/** A clock at `startAt`, with no timers. */
export function createVirtualClock(startAt: Instant = defaultStart): VirtualClock {
  const shared = new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT);
  const published = new BigInt64Array(shared);
  const timers = createTimers();
  let current = startAt;
  let inFlight = 0;
  let landed: () => void = () => undefined;

  function moveTo(moment: Instant): void {
    current = moment;
    Atomics.store(published, 0, BigInt(moment));
  }

  function at(moment: Instant, what: () => void): () => void {
    return timers.add({ moment: latest(moment, current), what });
  }

  function besides(moment: Instant, what: () => void): void {
    timers.add({ moment: latest(moment, current), what, isAside: true });
  }

  function hold<T>(work: Promise<T>): Promise<T> {
    inFlight += 1;
    const end = (): void => {
      inFlight -= 1;
      if (inFlight === 0) landed();
    };
    work.then(end, end);
    return work;
  }

  /** Resolves when nothing is in flight, and nothing that landed has put anything new there. */
  async function quiet(): Promise<void> {
    await macrotask();
    while (inFlight > 0) {
      await new Promise<void>((resolve) => {
        landed = resolve;
      });
      await macrotask();
    }
  }

  async function run(until: () => boolean, awaited: string): Promise<void> {
    for (;;) {
      await quiet();
      if (until()) return;
      const next = timers.areAwaited() ? timers.take() : undefined;
      if (next === undefined) throw deadlock(current, awaited);
      moveTo(next.moment);
      next.what();
    }
  }

  moveTo(startAt);
  return { shared, now: () => current, at, besides, hold, run };
}

/** Runs the clock until the work has settled, and answers what it came to. */
export async function runUntilSettled<T>(
  clock: VirtualClock,
  work: Promise<T>,
  awaited: string,
): Promise<T> {
  let isSettled = false;
  const settle = (): void => {
    isSettled = true;
  };
  work.then(settle, settle);
  await clock.run(() => isSettled, awaited);
  return work;
}

/** One turn of the event loop, after which every microtask has run. */
function macrotask(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function deadlock(now: Instant, awaited: string): Error {
  return new Error(
    `The virtual clock stands at ${new Date(now).toISOString()} for ever: ${awaited} was awaited, ` +
      "but nothing is in flight and no timer is set.",
  );
}
