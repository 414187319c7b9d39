import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Instant, instant, plusSeconds } from "../../../runtime/core/instant.js";
import {
  createRunningClock,
  createStandingClock,
  type EmulatorClock,
} from "../../../runtime/rehearsal/emulator/clocks.js";

const start = instant(Date.UTC(2026, 0, 24, 2));

/** Notes what runs and at which second of the clock. */
function noting(clock: EmulatorClock) {
  const seen: string[] = [];
  const at = (seconds: number, name: string, then?: () => void): (() => void) =>
    clock.at(plusSeconds(start, seconds), () => {
      seen.push(`${name}@${secondsOf(clock.now())}`);
      then?.();
    });
  return { seen, at };
}

function secondsOf(moment: Instant): number {
  return (moment - start) / 1000;
}

describe("a clock that stands", () => {
  it("moves with everything that falls into the time between, each at its own moment", () => {
    const clock = createStandingClock(start);
    const { seen, at } = noting(clock);
    at(20, "late");
    at(10, "first", () => at(15, "begun by first"));
    at(10, "second");
    at(31, "not yet");
    expect(clock.nextEventAt()).toBe(plusSeconds(start, 10));
    clock.moveTo(plusSeconds(start, 30));
    expect(seen).toEqual(["first@10", "second@10", "begun by first@15", "late@20"]);
    expect(secondsOf(clock.now())).toBe(30);
    expect(clock.nextEventAt()).toBe(plusSeconds(start, 31));
  });

  it("does not go back, and runs what is due in the past at once", () => {
    const clock = createStandingClock(start);
    const { seen, at } = noting(clock);
    clock.moveTo(plusSeconds(start, 30));
    clock.moveTo(start);
    at(5, "overdue");
    expect(secondsOf(clock.now())).toBe(30);
    clock.moveTo(start);
    expect(seen).toEqual([]);
    clock.moveTo(clock.now());
    expect(seen).toEqual(["overdue@30"]);
  });

  it("takes a timer back", () => {
    const clock = createStandingClock(start);
    const { seen, at } = noting(clock);
    at(10, "gone")();
    clock.moveTo(plusSeconds(start, 60));
    expect(seen).toEqual([]);
    expect(clock.nextEventAt()).toBeUndefined();
  });
});

describe("a clock that runs", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const running = (speed: number): EmulatorClock =>
    createRunningClock({ startAt: start, speed, realTime: { now: () => instant(Date.now()) } });

  it("runs as many times faster as it is told", () => {
    const clock = running(60);
    vi.advanceTimersByTime(2_000);
    expect(secondsOf(clock.now())).toBe(120);
  });

  it("runs timers at their own moments, however late the process is", () => {
    const clock = running(1_000);
    const { seen, at } = noting(clock);
    at(10, "first", () => at(12, "begun by first"));
    at(11, "second");
    vi.advanceTimersByTime(5_000);
    expect(seen).toEqual(["first@10", "second@11", "begun by first@12"]);
  });

  it("never overtakes a timer that is due and has not run", () => {
    const clock = running(1);
    noting(clock).at(10, "due");
    vi.setSystemTime(Date.now() + 60_000);
    expect(secondsOf(clock.now())).toBe(10);
    vi.advanceTimersByTime(10_000);
    expect(secondsOf(clock.now())).toBe(70);
  });

  it("waits for timers that are further away than Node can set one", () => {
    const clock = running(1);
    const { seen, at } = noting(clock);
    const days = 30 * 86_400;
    at(days, "far");
    vi.advanceTimersByTime((days - 1) * 1_000);
    expect(seen).toEqual([]);
    vi.advanceTimersByTime(1_000);
    expect(seen).toEqual([`far@${days}`]);
  });

  it("can be moved on besides, and runs on from there", () => {
    const clock = running(2);
    const { seen, at } = noting(clock);
    at(100, "skipped to");
    at(104, "reached");
    vi.advanceTimersByTime(1_000);
    clock.moveTo(plusSeconds(start, 102));
    expect(seen).toEqual(["skipped to@100"]);
    expect(secondsOf(clock.now())).toBe(102);
    vi.advanceTimersByTime(1_000);
    expect(seen).toEqual(["skipped to@100", "reached@104"]);
  });

  it("lets nothing happen after it was closed", () => {
    const clock = running(1);
    const { seen, at } = noting(clock);
    at(1, "first");
    clock.close();
    at(2, "second");
    vi.advanceTimersByTime(10_000);
    expect(seen).toEqual([]);
  });
});
