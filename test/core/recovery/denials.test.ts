import { describe, expect, it } from "vitest";
import { at, batch, decided, laneState, member, settled } from "../../support/execution/build.js";

const members = [member("s-0001")];
const denied = { unavailable: { code: "lane-denied", message: "denied by SCP" } } as const;

/** A look at 600 s that is denied, of a lane that was denied first at these seconds. */
function deniedSince(seconds: number | undefined, more = {}) {
  const since = seconds === undefined ? {} : { deniedSince: at(seconds) };
  return decided(members, denied, {
    lane: laneState({ ...since, ...more }),
    turn: { now: at(600) },
  });
}

describe("a lane that denies a look", () => {
  it("holds its servers back, and keeps in mind since when", () => {
    const first = deniedSince(undefined);
    expect(first.held).toEqual([{ server: "s-0001", kind: "denied", reason: "denied by SCP" }]);
    expect(first.lane.deniedSince).toBe(at(600));
    expect(first.next).toEqual({ kind: "wait", seconds: 20 });
    expect(deniedSince(500).lane.deniedSince).toBe(at(500));
  });

  it("fails them when it has denied every look for five minutes, and not before", () => {
    expect(settled(deniedSince(301))).toEqual([]);
    expect(settled(deniedSince(300))).toEqual([
      { server: "s-0001", outcome: "failed", reason: "denied by SCP" },
    ]);
  });

  it("is waited for while a job of it is in flight: its end is told when it can be seen", () => {
    const openBatches = [batch(1, ["s-0009"], { jobId: "job-1", startedAt: at(0) })];
    expect(settled(deniedSince(0, { openBatches }))).toEqual([]);
  });

  it("is forgiven by the first look that shows something", () => {
    const seen = decided(members, {}, { lane: laneState({ deniedSince: at(0) }) });
    expect(seen.lane).not.toHaveProperty("deniedSince");
    expect(seen.calls).toHaveLength(1);
  });
});
