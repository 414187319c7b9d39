import { describe, expect, it } from "vitest";
import type { Instant } from "../../../runtime/core/instant.js";
import { decideCleanUp } from "../../../runtime/core/recovery/clean-up.js";
import type { RecoveryInstance } from "../../../runtime/core/recovery/observation.js";
import type { LaneState } from "../../../runtime/core/recovery/state.js";
import type { LaneView, Observation, Turn } from "../../../runtime/core/recovery/view.js";
import { clockSkewSeconds, voidAfterSeconds } from "../../../runtime/limits.js";
import {
  at,
  batch,
  endedBatch,
  head,
  job,
  laneState,
  over,
  quotas,
  servers,
  turn,
  view,
} from "../../support/execution/build.js";

const ids = servers(3);

function instances(
  of: readonly string[] = ids,
  more: Partial<RecoveryInstance> = {},
): readonly RecoveryInstance[] {
  return of.map((server) => ({
    instance: `i-${server}`,
    server,
    isDrill: true,
    jobId: "job-1",
    ...more,
  }));
}

interface Given extends Partial<Observation> {
  readonly lane?: Partial<LaneState>;
  /** When job-1 was seen to have ended: long ago, where nothing is said. */
  readonly launchedAt?: Instant;
  readonly head?: LaneView["head"];
  readonly turn?: Partial<Turn>;
}

/** A turn of a lane whose drill launched three servers in job-1, and that cleans up since its start. */
function cleaning({ lane, launchedAt = at(-600), head: ofHead, turn: ofTurn, ...seen }: Given) {
  const cleaningUp = laneState({ phase: "cleaning-up", nextBatch: 2, ...lane });
  const known = view({
    lane: cleaningUp,
    head: ofHead ?? head(),
    ended: [endedBatch(1, ids, { jobId: "job-1", endedAt: launchedAt })],
  });
  return decideCleanUp(known, { jobs: [], ...seen }, turn(ofTurn));
}

const ended = (given: Given) => cleaning(given).calls.flatMap((call) => call.instances ?? []);
const termination = (more: object = {}) =>
  batch(2, ids, {
    kind: "terminate",
    instances: ids.map((server) => `i-${server}`),
    ...more,
  });
const terminateJob = job("job-t", ids, { type: "TERMINATE", createdAt: at(5) });

describe("a clean-up ends", () => {
  it("the drill instances of this execution's jobs", () => {
    expect(ended({ instances: instances() })).toEqual(["i-s-0001", "i-s-0002", "i-s-0003"]);
  });

  it.each<[string, Partial<RecoveryInstance>]>([
    ["of a job that is not ours", { jobId: "job-x" }],
    ["that says no job", { jobId: "" }],
    ["that is no drill's", { isDrill: false }],
    ["that is terminated already", { ec2State: "TERMINATED" }],
  ])("nothing %s", (_title, more) => {
    const decision = cleaning({ instances: instances(ids, more) });
    expect(decision.calls).toEqual([]);
    expect(decision.next).toEqual({ kind: "ended" });
    expect(decision.lane).toMatchObject({ phase: "cleaned-up", leftBehind: [] });
  });

  it("no more than 100 instances a call, and no more than the quotas leave", () => {
    const many = servers(250);
    const all = { instances: instances(many) };
    const sizes = (given: Given) => cleaning(given).calls.map((call) => call.servers.length);
    expect(sizes(all)).toEqual([100, 100, 50]);
    expect(sizes({ ...all, jobs: [job("job-x", servers(380, 1_000))] })).toEqual([100, 20]);
    const oneJob = { quotas: quotas({ concurrentJobs: 1 }) };
    expect(sizes({ ...all, lane: oneJob })).toEqual([100]);
  });

  it("not the instances whose servers are in another's job, until that has ended", () => {
    const jobs = [job("job-x", ["s-0002"])];
    expect(ended({ jobs, instances: instances() })).toEqual(["i-s-0001", "i-s-0003"]);
  });
});

describe("a termination whose call nobody answered", () => {
  const open = { lane: { openBatches: [termination()] } };

  it("is found by the servers of its job, for it carries no tag", () => {
    const { lane } = cleaning({ ...open, jobs: [terminateJob], instances: instances() });
    expect(lane.openBatches).toMatchObject([{ jobId: "job-t" }]);
  });

  it.each([
    ["of other servers", job("job-t", servers(3, 2), { ...terminateJob, servers: [] })],
    ["that is older", { ...terminateJob, createdAt: at(-clockSkewSeconds - 1) }],
    ["that launches", { ...terminateJob, type: "LAUNCH" }],
  ])("is not found in a job %s", (_title, one) => {
    const { lane } = cleaning({ ...open, jobs: [one], instances: instances() });
    expect(lane.openBatches[0]).not.toHaveProperty("jobId");
  });

  it("is void when nothing shows it any more, and its instances are ended anew", () => {
    const late = { ...open, instances: instances(), turn: { now: at(voidAfterSeconds + 1) } };
    const decision = cleaning(late);
    expect(decision.ended).toMatchObject([{ number: 2, outcome: "void" }]);
    expect(decision.calls).toMatchObject([{ instances: ["i-s-0001", "i-s-0002", "i-s-0003"] }]);
  });
});

describe("a termination whose job does not end", () => {
  const open = { openBatches: [termination({ jobId: "job-t", startedAt: at(5) })] };

  it("is given up after two hours, and what it may have left is told", () => {
    const jobs = [terminateJob];
    expect(cleaning({ lane: open, jobs, turn: { now: at(7_200) } }).ended).toEqual([]);
    const { ended: over, lane, next } = cleaning({ lane: open, jobs, turn: { now: at(7_201) } });
    expect(over).toMatchObject([{ outcome: "void", results: [] }]);
    expect(next).toEqual({ kind: "ended" });
    expect(lane.lost).toBe("job job-t of this execution has not ended");
  });
});

describe("a termination whose job has ended", () => {
  const open = { lane: { openBatches: [termination({ jobId: "job-t", startedAt: at(5) })] } };
  const jobs = [over(terminateJob, "TERMINATED")];

  it("counts the instances that are gone, and ends what is left in another call", () => {
    const decision = cleaning({ ...open, jobs, instances: instances(["s-0003"]) });
    expect(decision.ended[0]?.results).toEqual([
      { server: "s-0001", outcome: "terminated", jobId: "job-t" },
      { server: "s-0002", outcome: "terminated", jobId: "job-t" },
    ]);
    expect(decision.lane.terminated).toBe(2);
    expect(decision.calls).toMatchObject([{ instances: ["i-s-0003"] }]);
  });

  it("ends the clean-up when nothing is left", () => {
    const decision = cleaning({ ...open, jobs, instances: [] });
    expect(decision.lane).toMatchObject({ terminated: 3, phase: "cleaned-up", leftBehind: [] });
  });
});

describe("a clean-up that cannot go on", () => {
  const late = { turn: { now: at(7_201) } };

  it("calls nothing in the turn in which a whole call was refused, and then in halves", () => {
    const suspects = [{ servers: ids, attempts: 1, isDelayed: false, notBefore: at(20) }];
    const refused = cleaning({ instances: instances(), lane: { suspects } });
    expect(refused.calls).toEqual([]);
    const next = { suspects: refused.lane.suspects, quotas: quotas({ serversPerJob: 4 }) };
    const again = cleaning({ instances: instances(), lane: next });
    expect(again.calls.map((call) => call.servers.length)).toEqual([2, 1]);
  });

  it("says which instances it left behind, two hours after it last ended one", () => {
    const busy = { jobs: [job("job-x", ids)], instances: instances() };
    expect(cleaning({ ...busy, turn: { now: at(7_200) } }).next.kind).toBe("wait");
    const { lane, next } = cleaning({ ...busy, ...late });
    expect(next).toEqual({ kind: "ended" });
    expect(lane.leftBehind).toEqual(["i-s-0001", "i-s-0002", "i-s-0003"]);
  });

  it("calls nothing while it rests after a denial, and goes on when that is over", () => {
    const reason = "denied: no policy";
    const backoff = { kind: "denied", until: at(60), attempts: 3, reason } as const;
    const resting = cleaning({ instances: instances(), lane: { backoff } });
    expect(resting.calls).toEqual([]);
    expect(resting.next).toEqual({ kind: "wait", seconds: 20 });
    const rested = cleaning({ instances: instances(), lane: { backoff }, turn: { now: at(60) } });
    expect(rested.calls).toHaveLength(1);
  });

  it("says why it left them behind, where the last call was refused", () => {
    const reason = "denied: no policy";
    const backoff = { kind: "denied", until: at(7_240), attempts: 99, reason } as const;
    const { lane } = cleaning({ instances: instances(), lane: { backoff }, ...late });
    expect(lane).toMatchObject({ lost: reason, leftBehind: ["i-s-0001", "i-s-0002", "i-s-0003"] });
    const empty = cleaning({ instances: [], lane: { backoff }, ...late });
    expect(empty.lane).not.toHaveProperty("lost");
  });

  it("says that it could not see what it left behind, where the lane shows nothing", () => {
    const unavailable = { code: "lane-denied", message: "denied by SCP" } as const;
    const { lane, next } = cleaning({ unavailable, ...late });
    expect(next).toEqual({ kind: "ended" });
    expect(lane).toMatchObject({ leftBehind: [], lost: "denied by SCP" });
  });
});

describe("a clean-up does not end", () => {
  it("while an instance that launched less than a minute ago may not be shown yet", () => {
    const some = instances(["s-0001"], { ec2State: "TERMINATED" });
    const before = instances(["s-0002", "s-0003"], { jobId: "job-0" });
    const shown = { instances: [...some, ...before], launchedAt: at(0) };
    expect(cleaning({ ...shown, turn: { now: at(59) } }).next).toEqual({
      kind: "wait",
      seconds: 20,
    });
    expect(cleaning({ ...shown, turn: { now: at(60) } }).next).toEqual({ kind: "ended" });
    const all = instances(ids, { ec2State: "TERMINATED" });
    expect(cleaning({ instances: all, launchedAt: at(0) }).next).toEqual({ kind: "ended" });
  });

  it("while a job of ours that outlived its deadline may still launch something", () => {
    const decision = cleaning({ jobs: [job("job-1", ids)], instances: [] });
    expect(decision.next).toEqual({ kind: "wait", seconds: 20 });
    expect(decision.lane.phase).toBe("cleaning-up");
  });

  it("while it is paused, and ends no instance then", () => {
    const paused = head({ command: "pause" });
    const decision = cleaning({ instances: instances(), head: paused });
    expect(decision.calls).toEqual([]);
    expect(decision.next).toEqual({ kind: "pause" });
    const later = cleaning({ instances: instances(), head: paused, turn: { now: at(9_000) } });
    expect(later.next).toEqual({ kind: "pause" });
    expect(later.lane.phaseSince).toBe(at(9_000));
  });

  it("for a cancel: what the drill launched is ended all the same", () => {
    const decision = cleaning({ instances: instances(), head: head({ command: "cancel" }) });
    expect(decision.calls).toHaveLength(1);
  });
});
