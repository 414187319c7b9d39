import { describe, expect, it } from "vitest";
import type { LaneState, Suspects } from "../../../runtime/core/recovery/state.js";
import {
  at,
  decided,
  job,
  laneState,
  member,
  servers,
  settled,
  started,
} from "../../support/execution/build.js";

const ids = servers(8);
const members = ids.map((id) => member(id));

/** A lane whose call of all eight servers was refused with 409 just now, not for the first time. */
function refused(attempts = 1, more: Partial<Suspects> = {}): LaneState {
  const suspects = { servers: ids, attempts, isDelayed: false, notBefore: at(20), ...more };
  return laneState({ suspects: [suspects], nextBatch: 2 });
}

function waitSeconds(attempts: number, luck: number): number {
  const { lane } = decided(members, {}, { lane: refused(attempts), turn: { random: () => luck } });
  return ((lane.suspects[0]?.notBefore ?? 0) - at(20)) / 1_000;
}

describe("a refused call whose culprit the job list shows", () => {
  const jobs = [job("job-x", ["s-0003"], { initiatedBy: "START_RECOVERY" })];

  it("is made again at once, whole, without the busy server", () => {
    const decision = decided(members, { jobs: [job("job-x", ["s-0003"])] }, { lane: refused() });
    expect(started(decision)).toEqual([ids.filter((id) => id !== "s-0003")]);
    expect(decision.held).toMatchObject([{ server: "s-0003", kind: "busy" }]);
    expect(decision.lane.suspects).toEqual([]);
  });

  it("may settle the culprit in the same turn", () => {
    const decision = decided(members, { jobs }, { lane: refused() });
    expect(started(decision)).toHaveLength(1);
    expect(settled(decision)).toMatchObject([{ server: "s-0003", outcome: "skipped" }]);
  });
});

describe("a refused call whose culprit nothing shows", () => {
  it("waits for 30, 60, then 120 s at most and half of it at least", () => {
    const [most, least] = [0.999_999, 0];
    expect([1, 2, 3, 9].map((attempts) => Math.round(waitSeconds(attempts, most)))).toEqual([
      30, 60, 120, 120,
    ]);
    expect([1, 2, 3, 9].map((attempts) => waitSeconds(attempts, least))).toEqual([15, 30, 60, 60]);
  });

  it("holds its servers meanwhile, and starts the others", () => {
    const decision = decided([...members, member("s-0100")], {}, { lane: refused() });
    expect(started(decision)).toEqual([["s-0100"]]);
    expect(decision.held).toHaveLength(8);
    expect(decision.held[0]).toEqual({
      server: "s-0001",
      kind: "conflict",
      reason: "refused with 409; no job shows which server is busy",
    });
  });

  it("is tried again in halves, then in quarters", () => {
    const waited = { isDelayed: true, notBefore: at(20) };
    const sizes = (attempts: number) =>
      started(
        decided(
          members,
          {},
          {
            lane: {
              ...refused(attempts, waited),
              quotas: { ...laneState().quotas, serversPerJob: 8 },
            },
          },
        ),
      ).map((call) => call.length);
    expect(sizes(1)).toEqual([4, 4]);
    expect(sizes(2)).toEqual([2, 2, 2, 2]);
    expect(sizes(5)).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
  });

  it("does not wait anew at every look", () => {
    const delayed = refused(1, { isDelayed: true, notBefore: at(40) });
    const decision = decided(members, {}, { lane: delayed });
    expect(decision.lane.suspects[0]?.notBefore).toBe(at(40));
  });

  it("fails its servers at their wave's deadline, with what was seen", () => {
    const waves = [
      {
        name: "first",
        members: 8,
        openedAt: at(0),
        deadlineAt: at(7_200),
        launched: 0,
        failed: 0,
        skipped: 0,
        done: false,
        broken: false,
      },
    ];
    const late = { ...refused(4, { isDelayed: true, notBefore: at(7_300) }), waves };
    const decision = decided(members, {}, { lane: late, turn: { now: at(7_201) } });
    expect(settled(decision)[0]).toEqual({
      server: "s-0001",
      outcome: "failed",
      reason: "not started within 120 minutes: refused with 409; no job shows which server is busy",
    });
    expect(decision.next).toEqual({ kind: "ended" });
  });

  it("is forgotten once its servers have ended, and never makes the lane look every second", () => {
    const jobs = [job("job-x", ids)];
    const launched = jobs.map((one) => ({
      ...one,
      servers: ids.map((server) => ({ server, launchStatus: "LAUNCHED" })),
    }));
    const waiting = { ...refused(1, { isDelayed: true, notBefore: at(10) }) };
    const others = [...members, member("s-0100", { wave: "first" })];
    const busy = [...launched, job("job-y", ["s-0100"])];
    const decision = decided(others, { jobs: busy }, { lane: waiting });
    expect(decision.next).toEqual({ kind: "wait", seconds: 20 });
    expect(decision.lane.suspects).toEqual([]);
  });
});
