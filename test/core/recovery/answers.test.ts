import { describe, expect, it } from "vitest";
import { type Answered, answered } from "../../../runtime/core/recovery/answers.js";
import type { CallAnswer } from "../../../runtime/core/recovery/observation.js";
import type { LaneState } from "../../../runtime/core/recovery/state.js";
import { at, batch, job, laneState, servers } from "../../support/execution/build.js";

const ids = servers(4);
const called = batch(1, ids);
const other = batch(2, servers(2, 5));
const lane = laneState({ openBatches: [called, other], nextBatch: 3 });
const message = "said DRS";

function answering(answer: CallAnswer, given: LaneState = lane, of = called, luck = 0.5): Answered {
  return answered(given, of, answer, at(30), () => luck);
}

describe("an answer that accepts a call", () => {
  const accepted = { kind: "accepted", job: job("job-1", ids) } as const;

  it("makes the batch started, by its job, and leaves the others as they are", () => {
    const { lane: next, ended } = answering(accepted);
    expect(next.openBatches).toEqual([{ ...called, jobId: "job-1", startedAt: at(30) }, other]);
    expect(next.lastCallAt).toBe(at(30));
    expect(ended).toEqual([]);
  });

  it("clears its servers of suspicion, and the lane of its rest", () => {
    const suspects = [
      { servers: [...ids, "s-0009"], attempts: 2, isDelayed: true, notBefore: at(0) },
    ];
    const backoff = { kind: "throttled", until: at(20), attempts: 3, reason: "throttled" } as const;
    const { lane: next } = answering(accepted, { ...lane, suspects, backoff });
    expect(next.suspects).toMatchObject([{ servers: ["s-0009"], attempts: 2 }]);
    expect(next).not.toHaveProperty("backoff");
  });
});

describe("an indefinite answer", () => {
  it("leaves the batch intended: it may have happened", () => {
    const { lane: next, ended } = answering({ kind: "indefinite", message });
    expect(next).toEqual({ ...lane, lastCallAt: at(30) });
    expect(ended).toEqual([]);
  });
});

describe("a definite refusal", () => {
  it.each<CallAnswer>([
    { kind: "conflict", message },
    { kind: "over-quota", quotaCode: "L-D88FAC3A", message },
    { kind: "throttled", message },
    { kind: "denied", message },
    { kind: "invalid", message },
    { kind: "not-found", message },
  ])("of kind $kind voids the batch, whose servers wait again", (answer) => {
    const { lane: next, ended } = answering(answer);
    expect(next.openBatches).toEqual([other]);
    expect(ended).toMatchObject([{ number: 1, outcome: "void", servers: ids, results: [] }]);
  });

  it.each(["invalid", "not-found"] as const)(
    "of kind %s fails the server of a call that named it alone, and no one of a larger call",
    (kind) => {
      const alone = batch(1, ["s-0001"]);
      const { ended } = answering({ kind, message }, laneState({ openBatches: [alone] }), alone);
      expect(ended).toMatchObject([
        { results: [{ server: "s-0001", outcome: "failed", reason: message }] },
      ]);
      const { lane: next } = answering({ kind, message });
      expect(next.suspects).toEqual([
        { servers: ids, attempts: 1, isDelayed: true, notBefore: at(30) },
      ]);
    },
  );
});

describe("a conflict", () => {
  it("makes suspects of the call's servers, whose cause has still to be looked for", () => {
    const { lane: next } = answering({ kind: "conflict", message });
    expect(next.suspects).toEqual([
      { servers: ids, attempts: 1, isDelayed: false, notBefore: at(30) },
    ]);
  });

  it("counts on from earlier refusals of the same servers, and leaves those of others alone", () => {
    const suspects = [
      { servers: [...ids, "s-0009"], attempts: 2, isDelayed: true, notBefore: at(0) },
    ];
    const { lane: next } = answering({ kind: "conflict", message }, { ...lane, suspects });
    expect(next.suspects).toEqual([
      { servers: ["s-0009"], attempts: 2, isDelayed: true, notBefore: at(0) },
      { servers: ids, attempts: 3, isDelayed: false, notBefore: at(30) },
    ]);
  });
});

describe("throttling", () => {
  it("keeps the Retry-After that the service gave, whatever the luck", () => {
    const answer = { kind: "throttled", retryAfterSeconds: 90, message } as const;
    expect(answering(answer).lane.backoff).toEqual({
      kind: "throttled",
      until: at(120),
      attempts: 1,
      reason: "throttled",
    });
  });

  it("without one waits under a ceiling of 5, 10, 20, 40 and 60 s, with full jitter, but a second at least", () => {
    const answer = { kind: "throttled", message } as const;
    let longest = lane;
    const ceilings: number[] = [];
    for (let attempt = 0; attempt < 6; attempt += 1) {
      longest = answering(answer, longest, called, 0.999_999).lane;
      ceilings.push(Math.round(((longest.backoff?.until ?? 0) - at(30)) / 1_000));
    }
    expect(ceilings).toEqual([5, 10, 20, 40, 60, 60]);
    expect(answering(answer, lane, called, 0).lane.backoff?.until).toBe(at(31));
  });
});

describe("a call over quota", () => {
  it("rests the lane until the next look, and names the quota", () => {
    const answer = { kind: "over-quota", quotaCode: "L-05AFA8C6", message } as const;
    expect(answering(answer).lane.backoff).toEqual({
      kind: "over-quota",
      until: at(50),
      attempts: 1,
      reason: "over quota L-05AFA8C6",
    });
  });
});

describe("a call that was denied", () => {
  const denied = { kind: "denied", message } as const;
  const since = (seconds: number, of = ids) => {
    const suspect = { servers: of, attempts: 3, isDelayed: true, notBefore: at(seconds) };
    return laneState({
      openBatches: [called, other],
      suspects: [{ ...suspect, deniedSince: at(seconds) }],
    });
  };

  it("is tried again in halves, for the right may be on its way", () => {
    const { suspects } = answering(denied).lane;
    const rest = { attempts: 1, isDelayed: true, notBefore: at(37.5), deniedSince: at(30) };
    expect(suspects).toEqual([{ servers: ids, ...rest }]);
  });

  it("rests for as long as it has been denied, up to a minute", () => {
    expect(answering(denied, since(0)).lane.suspects).toMatchObject([
      { attempts: 4, notBefore: at(52.5), deniedSince: at(0) },
    ]);
    expect(answering(denied, since(-200)).lane.suspects).toMatchObject([{ notBefore: at(75) }]);
  });

  it("leaves the lane's other calls alone", () => {
    const { lane: next } = answering(denied);
    expect(next.openBatches).toEqual([other]);
    expect(next).not.toHaveProperty("backoff");
    expect(next).not.toHaveProperty("lost");
  });

  it("fails its servers with that reason when each was denied for five minutes", () => {
    const results = ids.map((server) => ({
      server,
      outcome: "failed",
      reason: "denied: said DRS",
    }));
    const { lane: next, ended } = answering(denied, since(-270));
    expect(ended).toMatchObject([{ number: 1, outcome: "ended", results }]);
    expect(next.suspects).toEqual([]);
    expect(answering(denied, since(-269)).ended).toMatchObject([{ outcome: "void" }]);
    expect(answering(denied, since(-270, ids.slice(1))).ended).toMatchObject([{ outcome: "void" }]);
  });
});

describe("a refused termination", () => {
  const termination = {
    ...batch(1, ["s-0001"], { kind: "terminate", instances: ["i-1"] }),
  } as const;
  const cleaning = laneState({ phase: "cleaning-up", openBatches: [termination] });

  it("that was denied rests the lane, however long that lasts", () => {
    const suspects = [
      {
        servers: ["s-0001"],
        attempts: 9,
        isDelayed: true,
        notBefore: at(0),
        deniedSince: at(-900),
      },
    ];
    const denied = { kind: "denied", message } as const;
    const { lane: next, ended } = answering(denied, { ...cleaning, suspects }, termination);
    const backoff = { kind: "denied", until: at(75), attempts: 1, reason: "denied: said DRS" };
    expect(next).toMatchObject({ backoff, openBatches: [] });
    expect(next).not.toHaveProperty("lost");
    expect(ended).toMatchObject([{ outcome: "void", results: [] }]);
  });

  it("of an instance that is gone is tried again, not failed", () => {
    const { ended } = answering({ kind: "not-found", message }, cleaning, termination);
    expect(ended).toMatchObject([{ outcome: "void", results: [] }]);
  });
});
