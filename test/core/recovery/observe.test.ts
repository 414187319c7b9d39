import { describe, expect, it } from "vitest";
import { jobsFrom, questionsOf } from "../../../runtime/core/recovery/observe.js";
import type { GateState, LaneWave } from "../../../runtime/core/recovery/state.js";
import { clockSkewSeconds } from "../../../runtime/limits.js";
import {
  at,
  batch,
  head,
  job,
  laneB,
  laneState,
  member,
  over,
  view,
  wave,
} from "../../support/execution/build.js";

const members = [member("s-0001")];
const day = 24 * 3_600;

function laneWave(name: string, more: Partial<LaneWave>): LaneWave {
  const counts = { members: 1, launched: 0, failed: 0, skipped: 0 };
  return { name, ...counts, done: false, broken: false, ...more };
}

describe("what a turn asks of DRS", () => {
  it("is nothing while all that the lane waits for is a gate", () => {
    const waves = [wave("zero"), wave("first", { dependsOn: ["zero"] })];
    const closed: GateState = { wave: "zero", done: new Set(), broken: new Set() };
    const waiting = view({ head: head({ waves }), members, gates: [closed] });
    expect(questionsOf(waiting)).toEqual({ servers: [] });

    const open: GateState = { wave: "zero", done: new Set([laneB]), broken: new Set() };
    expect(questionsOf({ ...waiting, gates: [open] }).jobsSince).toBe(at(-day));
  });

  it("is nothing once every wave of the lane is done", () => {
    const lane = laneState({ waves: [laneWave("first", { done: true })] });
    expect(questionsOf(view({ members, lane }))).toEqual({ servers: [] });
  });

  it("is the jobs since those that can matter, while a wave is open or a batch is", () => {
    const waves = [laneWave("first", { openedAt: at(0) })];
    const opened = view({ members, lane: laneState({ waves, jobsFrom: at(-70) }) });
    expect(questionsOf(opened)).toEqual({ jobsSince: at(-70), servers: [] });
  });

  it("is the servers too of calls that nobody answered", () => {
    const openBatches = [batch(1, ["s-0001"]), batch(2, ["s-0002"], { jobId: "job-2" })];
    const asked = questionsOf(view({ members, lane: laneState({ openBatches }) }));
    expect(asked.servers).toEqual(["s-0001"]);
  });
});

describe("the oldest job that can matter to a lane", () => {
  it("is that of the execution's start, less as much as clocks may differ by", () => {
    expect(jobsFrom(head(), [])).toBe(at(-clockSkewSeconds));
    expect(jobsFrom(head(), [job("job-1", [], { createdAt: at(5) })])).toBe(at(-clockSkewSeconds));
  });

  it("is an older one that is still active", () => {
    const jobs = [job("job-1", [], { createdAt: at(-500) }), job("job-2", [])];
    expect(jobsFrom(head(), jobs)).toBe(at(-500 - clockSkewSeconds));
  });

  it("is not one that had ended before the execution began, by any clock", () => {
    const ended = over(
      job("job-1", [], { createdAt: at(-500) }),
      "LAUNCHED",
      at(-clockSkewSeconds - 1),
    );
    expect(jobsFrom(head(), [ended])).toBe(at(-clockSkewSeconds));
  });

  it("is an older one that ended after the execution had begun: what it launched was not there before", () => {
    const ended = over(job("job-1", [], { createdAt: at(-500) }), "LAUNCHED", at(1));
    expect(jobsFrom(head(), [ended])).toBe(at(-500 - clockSkewSeconds));
  });
});
