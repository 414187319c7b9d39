import { describe, expect, it } from "vitest";
import { instant, plusSeconds } from "../../runtime/core/instant.js";
import {
  createVirtualClock,
  defaultStart,
  runUntilSettled,
} from "../../runtime/rehearsal/virtual-clock.js";

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("virtual clock", () => {
  it("runs timers in the order of moments, then of calls", async () => {
    const clock = createVirtualClock();
    const seen: string[] = [];
    const note = (what: string) => () => {
      seen.push(`${what}@${(clock.now() - defaultStart) / 1000}`);
    };
    clock.at(plusSeconds(defaultStart, 20), note("c"));
    clock.at(plusSeconds(defaultStart, 10), note("a"));
    clock.at(plusSeconds(defaultStart, 10), note("b"));
    await clock.run(() => seen.length === 3, "three timers");
    expect(seen).toEqual(["a@10", "b@10", "c@20"]);
  });

  it("stands still while held work is in flight, also work that other work began", async () => {
    const clock = createVirtualClock();
    const seen: string[] = [];
    const work = async (): Promise<void> => {
      await turn();
      await turn();
      void clock.hold(
        turn()
          .then(turn)
          .then(() => seen.push(`second ${clock.now()}`)),
      );
      seen.push(`first ${clock.now()}`);
    };
    void clock.hold(work());
    clock.at(plusSeconds(defaultStart, 1), () => seen.push("timer"));
    await clock.run(() => seen.includes("timer"), "the timer");
    expect(seen).toEqual([`first ${defaultStart}`, `second ${defaultStart}`, "timer"]);
  });

  it("goes on after held work that failed", async () => {
    const clock = createVirtualClock();
    const failing = clock.hold(turn().then(() => Promise.reject(new Error("lost"))));
    await expect(failing).rejects.toThrow("lost");
    await clock.run(() => true, "nothing");
  });

  it("takes a timer back", async () => {
    const clock = createVirtualClock();
    const seen: string[] = [];
    const takeBack = clock.at(plusSeconds(defaultStart, 1), () => seen.push("taken back"));
    clock.at(plusSeconds(defaultStart, 2), () => seen.push("kept"));
    takeBack();
    await clock.run(() => seen.length > 0, "a timer");
    expect(seen).toEqual(["kept"]);
  });

  it("runs a timer for a moment that has passed at once, without going back", async () => {
    const clock = createVirtualClock(instant(5_000));
    let ranAt = 0;
    clock.at(instant(1_000), () => {
      ranAt = clock.now();
    });
    await clock.run(() => ranAt > 0, "the late timer");
    expect(ranAt).toBe(5_000);
  });

  it("says what was awaited when nothing can bring it about", async () => {
    const clock = createVirtualClock();
    await expect(clock.run(() => false, "the end of execution X")).rejects.toThrow(
      "The virtual clock stands at 2026-01-24T02:00:00.000Z for ever: the end of execution X was " +
        "awaited, but nothing is in flight and no timer is set.",
    );
  });

  it("publishes the time to other threads", async () => {
    const clock = createVirtualClock();
    clock.at(plusSeconds(defaultStart, 90), () => undefined);
    await clock.run(() => clock.now() > defaultStart, "90 s");
    expect(new BigInt64Array(clock.shared)[0]).toBe(BigInt(defaultStart + 90_000));
  });

  it("polls for four hours in one go, 480 times", async () => {
    const clock = createVirtualClock();
    let polls = 0;
    const poll = async (): Promise<void> => {
      await turn();
      polls += 1;
      if (polls < 480) clock.at(plusSeconds(clock.now(), 30), () => void clock.hold(poll()));
    };
    clock.at(plusSeconds(defaultStart, 30), () => void clock.hold(poll()));
    await clock.run(() => polls === 480, "480 polls");
    expect(clock.now() - defaultStart).toBe(4 * 3_600_000);
  });

  it("answers what awaited work came to", async () => {
    const clock = createVirtualClock();
    const work = new Promise<string>((resolve) => {
      clock.at(plusSeconds(defaultStart, 60), () => resolve("done"));
    });
    await expect(runUntilSettled(clock, work, "the work")).resolves.toBe("done");
  });
});
