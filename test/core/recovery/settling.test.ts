import { describe, expect, it } from "vitest";
import type { GateState } from "../../../runtime/core/recovery/state.js";
import {
  batch,
  decided,
  endedBatch,
  head,
  laneA,
  laneState,
  member,
  servers,
  settled,
  started,
  wave,
} from "../../support/execution/build.js";

const notReady = "not ready: STOPPED";

function unready(count: number) {
  return servers(count).map((server) => member(server, { notReady }));
}

const skippedAlready = endedBatch(1, ["s-0001"], {
  kind: "settled",
  results: [{ server: "s-0001", outcome: "failed", reason: notReady }],
});

describe("servers that end without a call", () => {
  it("are told in the lane alone, so that a turn which loses its write has told nothing", () => {
    const decision = decided(unready(1));
    expect(decision.ended).toEqual([]);
    expect(decision.lane.settling).toMatchObject([
      { number: 1, kind: "settled", outcome: "ended", servers: ["s-0001"] },
    ]);
    expect(decision.lane.nextBatch).toBe(2);
  });

  it("are recorded by the next revision, which then lets go of them", () => {
    const lane = laneState({ settling: [skippedAlready], nextBatch: 2 });
    const decision = decided([...unready(1), member("s-0002")], {}, { lane });
    expect(decision.ended).toEqual([skippedAlready]);
    expect(decision.lane.settling).toEqual([]);
    expect(started(decision)).toEqual([["s-0002"]]);
  });

  it("count at once for their wave, whose dependents start in the same turn", () => {
    const members = [
      member("s-0001", { notReady, critical: false }),
      member("s-0002", { wave: "second" }),
    ];
    const waves = [wave("first"), wave("second", { dependsOn: ["first"] })];
    const decision = decided(members, {}, { head: head({ waves }) });
    expect(decision.lane.waves[0]).toMatchObject({ done: true, failed: 1 });
    expect(started(decision)).toEqual([["s-0002"]]);
  });

  it("are 250 at most in one revision, and the rest follows a second later", () => {
    const decision = decided(unready(600));
    expect(settled(decision)).toHaveLength(250);
    expect(decision.lane.waves[0]).toMatchObject({ failed: 250, done: false });
    expect(decision.next).toEqual({ kind: "wait", seconds: 1 });

    const ended = [{ ...skippedAlready, results: settled(decision) }];
    const later = decided(unready(600), {}, { ended, lane: laneState({ nextBatch: 2 }) });
    expect(later.lane.waves[0]).toMatchObject({ failed: 500, done: false });
  });
});

describe("a wave whose turn died before it marked the gate", () => {
  const done = { members: 1, launched: 1, failed: 0, skipped: 0, done: true, broken: false };
  const members = [member("s-0001"), member("s-0002", { wave: "second" })];
  const first = { lane: laneState({ waves: [{ name: "first", ...done }] }) };
  const waves = [wave("first"), wave("second", { dependsOn: ["first"] })];
  const gate = (lanes: readonly (typeof laneA)[]): GateState => ({
    wave: "first",
    done: new Set(lanes),
    broken: new Set(),
  });

  it("is marked by the next turn, and by none after that", () => {
    const ended = [endedBatch(1, ["s-0001"])];
    const unmarked = { ...first, head: head({ waves }), ended, gates: [gate([])] };
    const decision = decided(members, {}, unmarked);
    expect(decision.marks).toEqual([{ wave: "first", lane: laneA, broken: false }]);
    expect(started(decision)).toEqual([["s-0002"]]);

    const marked = { ...unmarked, gates: [gate([laneA])] };
    expect(decided(members, {}, marked).marks).toEqual([]);
  });
});

describe("a batch whose end was recorded by a turn that then lost its write", () => {
  const lane = laneState({ openBatches: [batch(1, ["s-0001"])], nextBatch: 2 });

  it("has ended as it was recorded", () => {
    const record = endedBatch(1, ["s-0001"], {
      results: [{ server: "s-0001", outcome: "failed", reason: "denied" }],
    });
    const decision = decided([member("s-0001")], {}, { lane, ended: [record] });
    expect(decision.lane.openBatches).toEqual([]);
    expect(decision.lane.waves[0]).toMatchObject({ failed: 1, done: true });
  });

  it("is void at once, and its servers start again, where it was refused", () => {
    const record = endedBatch(1, ["s-0001"], { outcome: "void", results: [] });
    const decision = decided([member("s-0001")], {}, { lane, ended: [record] });
    expect(started(decision)).toEqual([["s-0001"]]);
    expect(decision.calls[0]?.number).toBe(2);
  });
});
