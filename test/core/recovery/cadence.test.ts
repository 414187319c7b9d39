import { describe, expect, it } from "vitest";
import type { Decision } from "../../../runtime/core/recovery/view.js";
import {
  at,
  batch,
  decided,
  head,
  job,
  laneState,
  member,
  servers,
} from "../../support/execution/build.js";

/** A lane that started ten servers at 0 s, of which some have launched since. */
function running(seconds: number, launched: number, expectedLaunchSeconds = 600): Decision {
  const ids = servers(10);
  const ours = job("job-1", ids, { createdAt: at(0) });
  const shown = {
    ...ours,
    servers: ids.map((server, n) => ({
      server,
      launchStatus: n < launched ? "LAUNCHED" : "IN_PROGRESS",
    })),
  };
  return decided(
    ids.map((id) => member(id, { expectedLaunchSeconds })),
    { jobs: [shown] },
    {
      lane: laneState({
        openBatches: [batch(1, ids, { jobId: "job-1", startedAt: at(0) })],
        nextBatch: 2,
      }),
      turn: { now: at(seconds) },
    },
  );
}

describe("a lane whose servers launch", () => {
  it("does not look before the earliest of them can have launched", () => {
    expect(running(1, 0).next).toEqual({ kind: "wait", seconds: 359 });
    expect(running(1, 0, 60).next).toEqual({ kind: "wait", seconds: 35 });
  });

  it("looks every 20 s after that, and every 10 s when nearly all have launched", () => {
    expect(running(400, 0).next).toEqual({ kind: "wait", seconds: 20 });
    expect(running(400, 5).next).toEqual({ kind: "wait", seconds: 20 });
    expect(running(400, 9).next).toEqual({ kind: "wait", seconds: 10 });
  });

  it("goes on looking while others wait for room, though nothing can have launched", () => {
    const many = servers(501).map((id) => member(id));
    const full = decided(many, { jobs: [job("job-x", servers(500, 1_000))] });
    expect(full.held).toHaveLength(501);
    expect(full.next).toEqual({ kind: "wait", seconds: 20 });
  });
});

describe("a lane that may not call yet", () => {
  it("looks again when its rest is over", () => {
    const backoff = { kind: "throttled", until: at(27), attempts: 1, reason: "throttled" } as const;
    const decision = decided([member("s-0001")], {}, { lane: laneState({ backoff }) });
    expect(decision.held).toEqual([{ server: "s-0001", kind: "throttled", reason: "throttled" }]);
    expect(decision.next).toEqual({ kind: "wait", seconds: 7 });
  });

  it("looks again when a denied call has rested", () => {
    const ids = ["s-0001"];
    const denied = { servers: ids, attempts: 1, isDelayed: true, deniedSince: at(10) };
    const suspects = [{ ...denied, notBefore: at(29) }];
    const decision = decided([member("s-0001")], {}, { lane: laneState({ suspects }) });
    expect(decision.held).toMatchObject([{ server: "s-0001", kind: "denied" }]);
    expect(decision.next).toEqual({ kind: "wait", seconds: 9 });
  });

  it("looks again when the plan's pacing lets it", () => {
    const paced = { head: head({ pacingSeconds: 30 }), lane: laneState({ lastCallAt: at(5) }) };
    expect(decided([member("s-0001")], {}, paced).next).toEqual({ kind: "wait", seconds: 15 });
  });

  it("looks again at once where the turn had no look left for what could start", () => {
    const decision = decided([member("s-0001")], {}, { turn: { mayIntend: false } });
    expect(decision.calls).toEqual([]);
    expect(decision.next).toEqual({ kind: "wait", seconds: 1 });
  });
});
