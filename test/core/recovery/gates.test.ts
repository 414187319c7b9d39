import { describe, expect, it } from "vitest";
import type { LaneKey } from "../../../runtime/core/lane.js";
import { breaksTolerance, gateOf } from "../../../runtime/core/recovery/gates.js";
import type { GateState } from "../../../runtime/core/recovery/state.js";
import type { Decision } from "../../../runtime/core/recovery/view.js";
import {
  at,
  batch,
  decided,
  endedBatch,
  head,
  job,
  laneA,
  laneB,
  laneState,
  member,
  settled,
  started,
  wave,
} from "../../support/execution/build.js";

const waves = [wave("first", { laneCount: 2 }), wave("second", { dependsOn: ["first"] })];
const [first = wave("first"), second = wave("second")] = waves;

function gate(done: readonly LaneKey[], broken: readonly LaneKey[] = []): GateState {
  return { wave: "first", done: new Set(done), broken: new Set(broken) };
}

describe("a gate", () => {
  it("of a wave that depends on nothing is open", () => {
    expect(gateOf(first, waves, [], [])).toEqual({ kind: "open" });
  });

  it("stays closed until every lane with members of the wave before it has marked itself done", () => {
    expect(gateOf(second, waves, [], [])).toEqual({ kind: "closed" });
    expect(gateOf(second, waves, [gate([laneA])], [])).toEqual({ kind: "closed" });
    expect(gateOf(second, waves, [gate([laneA, laneB])], [])).toEqual({ kind: "open" });
  });

  it("counts the mark that this very turn is about to write, and counts it once", () => {
    const own = { wave: "first", lane: laneA, broken: false };
    expect(gateOf(second, waves, [gate([laneB])], [own])).toEqual({ kind: "open" });
    expect(gateOf(second, waves, [gate([laneA])], [own])).toEqual({ kind: "closed" });
  });

  it("never opens once one lane broke the tolerance, be the others done or not", () => {
    const reason = `not started: wave "first", on which it depends, failed in ${laneB}`;
    expect(gateOf(second, waves, [gate([laneB], [laneB])], [])).toEqual({ kind: "broken", reason });
    const both = gateOf(second, waves, [gate([laneA, laneB], [laneB, laneA])], []);
    expect(both).toMatchObject({ reason: expect.stringContaining(`${laneA} and 1 more`) });
  });

  it("waits for all of several waves, and for none that has no members anywhere", () => {
    const third = wave("third", { dependsOn: ["first", "empty"] });
    const all = [...waves, wave("empty", { laneCount: 0 }), third];
    expect(gateOf(third, all, [gate([laneA])], [])).toEqual({ kind: "closed" });
    expect(gateOf(third, all, [gate([laneA, laneB])], [])).toEqual({ kind: "open" });
  });

  it("waits through a wave that has no members anywhere for those that this one depends on", () => {
    const empty = wave("empty", { laneCount: 0, dependsOn: ["first"] });
    const third = wave("third", { dependsOn: ["empty"] });
    const all = [...waves, empty, third];
    expect(gateOf(third, all, [gate([laneA])], [])).toEqual({ kind: "closed" });
    expect(gateOf(third, all, [gate([laneA, laneB])], [])).toEqual({ kind: "open" });
    expect(gateOf(third, all, [gate([laneA], [laneB])], [])).toMatchObject({ kind: "broken" });
  });
});

describe("the tolerance of a wave in a lane", () => {
  it.each([
    [0, 10, 0, false],
    [1, 10, 0, true],
    [1, 10, 10, false],
    [2, 10, 10, true],
    [1, 10, 9, true],
    [10, 10, 100, false],
    [0, 0, 0, false],
  ])(
    "of %i failed of %i critical servers at %i %% is broken: %s",
    (failed, of, percent, broken) => {
      expect(breaksTolerance(of, failed, percent)).toBe(broken);
    },
  );
});

/** A lane whose first wave had two servers, of which one failed. */
function afterAFailure(more: { critical?: boolean; failedAtMostPercent?: number }): Decision {
  const { critical = true, failedAtMostPercent = 0 } = more;
  const results = [
    { server: "s-0001", outcome: "launched" as const },
    { server: "s-0002", outcome: "failed" as const, reason: "launch failed in job job-1" },
  ];
  const members = [
    member("s-0001"),
    member("s-0002", { critical }),
    member("s-0003", { wave: "second" }),
  ];
  const plan = [wave("first", { failedAtMostPercent }), second];
  return decided(
    members,
    {},
    {
      head: head({ waves: plan }),
      ended: [endedBatch(1, ["s-0001", "s-0002"], { results })],
    },
  );
}

describe("a wave that is done in a lane", () => {
  it("marks its gate, and the next wave starts in the same turn where no other lane is waited for", () => {
    const decision = decided(
      [member("s-0001"), member("s-0003", { wave: "second" })],
      {},
      {
        head: head({ waves: [wave("first"), second] }),
        ended: [endedBatch(1, ["s-0001"])],
      },
    );
    expect(decision.marks).toEqual([{ wave: "first", lane: laneA, broken: false }]);
    expect(started(decision)).toEqual([["s-0003"]]);
  });

  it("is done although its job still waits for nobody but the slow one of another job", () => {
    const launchedOf = (jobId: string, server: string) => ({
      ...job(jobId, [server]),
      servers: [{ server, launchStatus: "LAUNCHED" }],
    });
    const decision = decided(
      [member("s-0001"), member("s-0003", { wave: "second" })],
      { jobs: [launchedOf("job-1", "s-0001")] },
      {
        head: head({ waves: [wave("first"), second] }),
        lane: laneState({ openBatches: [batch(1, ["s-0001"], { jobId: "job-1" })] }),
      },
    );
    expect(decision.marks).toEqual([{ wave: "first", lane: laneA, broken: false }]);
    expect(started(decision)).toEqual([["s-0003"]]);
  });

  it("breaks its gate when more critical servers failed than it tolerates, and what depends on it is skipped", () => {
    const decision = afterAFailure({});
    expect(decision.marks[0]).toEqual({ wave: "first", lane: laneA, broken: true });
    expect(settled(decision)).toEqual([
      {
        server: "s-0003",
        outcome: "skipped",
        reason: `not started: wave "first", on which it depends, failed in ${laneA}`,
      },
    ]);
    expect(decision.next).toEqual({ kind: "ended" });
  });

  it("breaks its own gate too where the gate before it was broken", () => {
    const third = wave("third", { dependsOn: ["second"] });
    const members = [member("s-0002", { wave: "second" }), member("s-0003", { wave: "third" })];
    const decision = decided(
      members,
      {},
      {
        head: head({ waves: [...waves, third] }),
        gates: [gate([laneB], [laneB])],
      },
    );
    expect(decision.marks).toEqual([
      { wave: "second", lane: laneA, broken: true },
      { wave: "third", lane: laneA, broken: true },
    ]);
  });

  it("opens its gate when the failures are tolerated, or were optional servers'", () => {
    expect(started(afterAFailure({ failedAtMostPercent: 50 }))).toEqual([["s-0003"]]);
    expect(started(afterAFailure({ critical: false }))).toEqual([["s-0003"]]);
  });
});

describe("a wave whose gate has opened", () => {
  it("gets its deadline then, and not before", () => {
    const members = [member("s-0003", { wave: "second" })];
    const closed = decided(members, {}, { head: head({ waves }), gates: [gate([laneB])] });
    expect(closed.lane.waves[0]).not.toHaveProperty("deadlineAt");
    expect(closed.next).toEqual({ kind: "wait", seconds: 10 });

    const gates = [gate([laneA, laneB])];
    const open = decided(members, {}, { head: head({ waves }), gates, turn: { now: at(300) } });
    expect(open.lane.waves[0]).toMatchObject({ openedAt: at(300), deadlineAt: at(300 + 7_200) });
  });
});
