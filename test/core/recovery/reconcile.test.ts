import { describe, expect, it } from "vitest";
import type { Job, SourceServer } from "../../../runtime/core/recovery/observation.js";
import { reconcileLaunches } from "../../../runtime/core/recovery/reconcile.js";
import type { Batch, EndedBatch } from "../../../runtime/core/recovery/state.js";
import { jobTags } from "../../../runtime/core/recovery/tags.js";
import type { Observation } from "../../../runtime/core/recovery/view.js";
import { clockSkewSeconds, voidAfterSeconds } from "../../../runtime/limits.js";
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
  over,
  servers,
  started,
  view,
} from "../../support/execution/build.js";

const ids = servers(2);
const intended = batch(1, ids);

function reconciled(
  seen: Partial<Observation>,
  more: { open?: readonly Batch[]; ended?: readonly EndedBatch[]; seconds?: number } = {},
) {
  const { open = [intended], ended = [], seconds = 20 } = more;
  const known = view({ lane: laneState({ openBatches: open }), ended });
  return reconcileLaunches(known, { jobs: [], ...seen }, at(seconds));
}

const tags = jobTags("execution", laneA, 1);
const tagged = job("job-1", ids, { createdAt: at(3), tags });
const untagged = job("job-1", ids, { createdAt: at(3) });

/** What DescribeSourceServers says of servers whose last launch was in a job. */
function lastLaunchedIn(jobId: string | undefined, of: readonly string[] = ids) {
  return of.map((server): SourceServer => {
    const base = { server, arn: "", tags: {}, replicationState: "CONTINUOUS", isExtended: false };
    const last = { kind: "drill", calledAt: at(3) } as const;
    return jobId === undefined ? base : { ...base, lastLaunch: { jobId, ...last } };
  });
}

const found = [{ ...intended, jobId: "job-1", startedAt: at(3) }];

describe("a batch whose call nobody answered", () => {
  it("is found by the tag of its job", () => {
    expect(reconciled({ jobs: [tagged] })).toEqual({ open: found, ended: [] });
  });

  it.each([
    ["another execution", jobTags("other", laneA, 1)],
    ["another lane", jobTags("execution", laneB, 1)],
    ["another batch", jobTags("execution", laneA, 2)],
  ])("is not found by the tag of %s", (_title, of) => {
    const { open } = reconciled({ jobs: [{ ...tagged, tags: of }] });
    expect(open).toEqual([intended]);
  });

  it("is found where tags are missing by the job that all its servers name as their last launch", () => {
    const seen = { jobs: [untagged], servers: lastLaunchedIn("job-1") };
    expect(reconciled(seen)).toEqual({ open: found, ended: [] });
  });

  it("stays intended while nothing shows it and its call may still arrive", () => {
    expect(reconciled({}, { seconds: voidAfterSeconds })).toEqual({ open: [intended], ended: [] });
  });

  it("is void only when nothing shows it and its call can arrive no more", () => {
    const { open, ended } = reconciled({}, { seconds: voidAfterSeconds + 1 });
    expect(open).toEqual([]);
    expect(ended).toMatchObject([
      { number: 1, outcome: "void", reason: "no job was found for it", results: [] },
    ]);
  });

  it("is not void while the lane shows nothing at all", () => {
    const unavailable = { code: "lane-unreachable", message: "silent" } as const;
    const { open } = reconciled({ unavailable }, { seconds: voidAfterSeconds + 1 });
    expect(open).toEqual([intended]);
  });
});

describe("a job without tags is not taken for ours", () => {
  const seenIn = (jobs: readonly Job[], of = lastLaunchedIn("job-1")) =>
    reconciled({ jobs, servers: of }).open;

  it.each<[string, Job]>([
    ["holds more servers than the batch", job("job-1", servers(3), { createdAt: at(3) })],
    ["holds fewer", job("job-1", ["s-0001"], { createdAt: at(3) })],
    ["is older than the intent", job("job-1", ids, { createdAt: at(-clockSkewSeconds - 1) })],
    ["is of the other kind", { ...untagged, initiatedBy: "START_RECOVERY" }],
    ["carries tags of somebody", { ...untagged, tags: { owner: "ops" } }],
  ])("when it %s", (_title, seen) => {
    expect(seenIn([seen])).toEqual([intended]);
  });

  it("when the servers name different jobs, or one names none", () => {
    const [first, second] = ids;
    const mixed = [
      ...lastLaunchedIn("job-1", [first ?? ""]),
      ...lastLaunchedIn("job-2", [second ?? ""]),
    ];
    const partly = [
      ...lastLaunchedIn("job-1", [first ?? ""]),
      ...lastLaunchedIn(undefined, [second ?? ""]),
    ];
    expect(seenIn([untagged], mixed)).toEqual([intended]);
    expect(seenIn([untagged], partly)).toEqual([intended]);
  });

  it("when a batch before it had that job", () => {
    const ended = [endedBatch(7, ids, { jobId: "job-1" })];
    const { open } = reconciled({ jobs: [untagged], servers: lastLaunchedIn("job-1") }, { ended });
    expect(open).toEqual([intended]);
  });
});

describe("a void batch whose job appears all the same", () => {
  const dead = endedBatch(1, ids, { outcome: "void", results: [], reason: "nothing found" });

  it("is revived with its job, and watched", () => {
    const { open } = reconciled({ jobs: [tagged] }, { open: [], ended: [dead] });
    expect(open).toMatchObject([{ number: 1, kind: "launch", servers: ids, jobId: "job-1" }]);
  });

  it("ends with its job's results when that has ended already", () => {
    const { ended } = reconciled({ jobs: [over(tagged)] }, { open: [], ended: [dead] });
    expect(ended).toMatchObject([{ number: 1, outcome: "ended", jobId: "job-1" }]);
    expect(ended[0]?.results).toMatchObject([{ outcome: "launched" }, { outcome: "launched" }]);
  });

  it("is revived once", () => {
    const again = { open: [], ended: [dead, endedBatch(1, ids, { jobId: "job-1" })] };
    expect(reconciled({ jobs: [over(tagged)] }, again)).toEqual({ open: [], ended: [] });
  });

  it("keeps its servers from being started again", () => {
    const members = ids.map((id) => member(id));
    const decision = decided(members, { jobs: [tagged] }, { ended: [dead] });
    expect(started(decision)).toEqual([]);
  });
});

describe("a batch whose job has ended", () => {
  const open = [{ ...intended, jobId: "job-1", startedAt: at(3) }];

  it("ends with a result for each of its servers: a job that completed says nothing of its launches", () => {
    const mixed = {
      ...over(tagged),
      servers: [
        { server: "s-0001", launchStatus: "LAUNCHED" },
        { server: "s-0002", launchStatus: "FAILED" },
      ],
    };
    expect(reconciled({ jobs: [mixed] }, { open }).ended[0]?.results).toEqual([
      { server: "s-0001", outcome: "launched", jobId: "job-1" },
      {
        server: "s-0002",
        outcome: "failed",
        reason: "launch failed in job job-1",
        jobId: "job-1",
      },
    ]);
  });

  it.each([
    ["PENDING", "job job-1 ended while it was PENDING"],
    ["TERMINATED", "terminated during job job-1"],
    ["SOMETHING_NEW", "job job-1 ended while it was SOMETHING_NEW"],
  ])("fails a server that it left %s", (launchStatus, reason) => {
    const { ended } = reconciled({ jobs: [over(tagged, launchStatus)] }, { open });
    expect(ended[0]?.results[0]).toMatchObject({ outcome: "failed", reason });
  });

  it("fails a server that it does not name", () => {
    const shorter = { ...over(tagged), servers: over(tagged).servers.slice(0, 1) };
    const { ended } = reconciled({ jobs: [shorter] }, { open });
    expect(ended[0]?.results[1]).toMatchObject({ reason: "job job-1 ended without it" });
  });
});

describe("a batch whose job does not end", () => {
  const open = [{ ...intended, jobId: "job-1", startedAt: at(3) }];
  const half = {
    ...tagged,
    servers: [
      { server: "s-0001", launchStatus: "LAUNCHED" },
      { server: "s-0002", launchStatus: "IN_PROGRESS" },
    ],
  };

  it("is watched until its wave's deadline has passed since its start", () => {
    expect(reconciled({ jobs: [half] }, { open, seconds: 7_203 }).open).toEqual(open);
  });

  it("ends then with what launched, and fails the rest", () => {
    const { ended } = reconciled({ jobs: [half] }, { open, seconds: 7_204 });
    expect(ended[0]?.results).toEqual([
      { server: "s-0001", outcome: "launched", jobId: "job-1" },
      {
        server: "s-0002",
        outcome: "failed",
        reason: "job job-1 had not launched it within 120 minutes",
        jobId: "job-1",
      },
    ]);
  });

  it("ends then also when the job is not shown any more", () => {
    const { ended } = reconciled({}, { open, seconds: 7_204 });
    expect(ended[0]?.results[0]).toMatchObject({
      outcome: "failed",
      reason: "job job-1 was not shown within 120 minutes",
    });
  });
});

describe("a lane that denies everything", () => {
  it("ends a call that nobody answered when its wave's deadline has passed, so that the lane can end", () => {
    const unavailable = { code: "lane-denied", message: "denied" } as const;
    const known = view({ head: head(), lane: laneState({ openBatches: [intended] }) });
    const { open, ended } = reconcileLaunches(known, { jobs: [], unavailable }, at(7_201));
    expect(open).toEqual([]);
    expect(ended[0]?.results[0]).toEqual({
      server: "s-0001",
      outcome: "failed",
      reason: "its call was not answered, and no job was shown within 120 minutes",
    });
  });
});
