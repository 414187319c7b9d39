import { describe, expect, it } from "vitest";
import { toIso } from "../../../runtime/core/instant.js";
import { claimsOf, dispositionOf } from "../../../runtime/core/recovery/claims.js";
import type { Job } from "../../../runtime/core/recovery/observation.js";
import type { Member } from "../../../runtime/core/recovery/plan.js";
import type { ExecutionKind } from "../../../runtime/core/recovery/state.js";
import { clockSkewSeconds } from "../../../runtime/limits.js";
import {
  at,
  decided,
  endedBatch,
  head,
  job,
  laneState,
  member,
  over,
  settled,
  started,
  startedAt,
} from "../../support/execution/build.js";

const server = "s-0001";
const one = member(server);

interface Seen {
  readonly member?: Member;
  readonly jobs?: readonly Job[];
  readonly relaunchRecovered?: boolean;
}

/** What an execution does with a server, when it was seen so as its gate had opened 10 s after the start. */
function disposition(kind: ExecutionKind, { member: of = one, jobs = [], ...more }: Seen) {
  const claims = claimsOf([of], jobs, new Set(), startedAt);
  return dispositionOf(of, claims.get(server), at(10), head({ kind, ...more }));
}

const start = { kind: "start" };
const skip = (reason: string, jobId?: string) => ({
  kind: "settle",
  result: { server, outcome: "skipped", reason, ...(jobId === undefined ? {} : { jobId }) },
});
const launchedBy = (jobId: string) => ({
  kind: "settle",
  result: { server, outcome: "launched", jobId, byStranger: true },
});
const wait = (reason: string) => ({ kind: "hold", reason });

const drill = job("job-d", [server]);
const recovery = job("job-r", [server], { initiatedBy: "START_RECOVERY" });
const termination = job("job-t", [server], {
  type: "TERMINATE",
  initiatedBy: "TERMINATE_RECOVERY_INSTANCES",
});
const recovered = { ...one, recoveredAt: at(-3_600) };
const launched = (given: Job): Job => ({
  ...given,
  servers: [{ server, launchStatus: "LAUNCHED" }],
});

describe("a stranger's active drill job", () => {
  it.each(["drill", "recovery"] as const)("is waited for by our %s", (kind) => {
    expect(disposition(kind, { jobs: [drill] })).toEqual(
      wait("busy: job job-d, started by START_DRILL"),
    );
  });

  it("counts as launched in our drill as soon as it has launched the server", () => {
    expect(disposition("drill", { jobs: [launched(drill)] })).toEqual(launchedBy("job-d"));
    expect(disposition("drill", { jobs: [over(drill)] })).toEqual(launchedBy("job-d"));
  });

  it("is replaced by our recovery, but only when it has ended", () => {
    expect(disposition("recovery", { jobs: [launched(drill)] }).kind).toBe("hold");
    expect(disposition("recovery", { jobs: [over(drill)] })).toEqual(start);
  });

  it("leaves the server to us when it fails", () => {
    expect(disposition("drill", { jobs: [over(drill, "FAILED")] })).toEqual(start);
  });
});

describe("a stranger's active recovery job", () => {
  it("makes our drill skip the server at once", () => {
    const reason = "under recovery by job job-r, which is not ours";
    expect(disposition("drill", { jobs: [recovery] })).toEqual(skip(reason, "job-r"));
    expect(disposition("drill", { jobs: [launched(recovery)] })).toEqual(skip(reason, "job-r"));
  });

  it("is waited for by our recovery, and counts as launched", () => {
    const reason = "busy: job job-r, started by START_RECOVERY";
    expect(disposition("recovery", { jobs: [recovery] })).toEqual(wait(reason));
    expect(disposition("recovery", { jobs: [launched(recovery)] })).toEqual(launchedBy("job-r"));
    expect(disposition("recovery", { jobs: [over(recovery)] })).toEqual(launchedBy("job-r"));
  });

  it("counts as launched even where the operator asked to relaunch what had been recovered before", () => {
    const seen = { jobs: [over(recovery)], relaunchRecovered: true };
    expect(disposition("recovery", seen)).toEqual(launchedBy("job-r"));
  });

  it("leaves the server to us when it fails", () => {
    expect(disposition("drill", { jobs: [over(recovery, "FAILED")] })).toEqual(start);
    expect(disposition("recovery", { jobs: [over(recovery, "FAILED")] })).toEqual(start);
  });
});

describe("an active terminate job", () => {
  it.each(["drill", "recovery"] as const)("is waited for by our %s, which then starts", (kind) => {
    const reason = "busy: job job-t, started by TERMINATE_RECOVERY_INSTANCES";
    expect(disposition(kind, { jobs: [termination] })).toEqual(wait(reason));
    expect(disposition(kind, { jobs: [over(termination, "TERMINATED")] })).toEqual(start);
  });

  it("takes back what was recovered before it", () => {
    const jobs = [over(termination, "TERMINATED")];
    expect(disposition("drill", { member: recovered, jobs })).toEqual(start);
    expect(disposition("recovery", { member: recovered, jobs })).toEqual(start);
  });
});

describe("a drill instance from before", () => {
  it.each(["drill", "recovery"] as const)("is replaced by our %s", (kind) => {
    const before = over(drill, "LAUNCHED", at(-60));
    expect(disposition(kind, { jobs: [before] })).toEqual(start);
  });

  it("is one too where a stranger launched it before the server's gate had opened", () => {
    expect(disposition("drill", { jobs: [over(drill, "LAUNCHED", at(9))] })).toEqual(start);
  });
});

describe("a real recovery instance from before", () => {
  const since = toIso(at(-3_600));

  it("makes our drill skip the server, whatever the operator asked for", () => {
    const skipped = skip(`recovered since ${since}: a drill would replace its instance`);
    expect(disposition("drill", { member: recovered })).toEqual(skipped);
    const relaunch = { member: recovered, relaunchRecovered: true };
    expect(disposition("drill", relaunch)).toEqual(skipped);
  });

  it("is left alone by our recovery, unless the operator asked to relaunch", () => {
    const seen = { member: recovered };
    expect(disposition("recovery", seen)).toEqual(skip(`already recovered since ${since}`));
    expect(disposition("recovery", { ...seen, relaunchRecovered: true })).toEqual(start);
  });

  it("makes our drill skip the server also when strangers recovered it while we waited", () => {
    const reason = `recovered since ${toIso(at(300))}: a drill would replace its instance`;
    const jobs = [over(recovery, "LAUNCHED", at(300))];
    expect(disposition("drill", { jobs })).toEqual(skip(reason));
  });
});

describe("a real recovery that the clock of DRS, behind ours, dates before our start", () => {
  const jobs = [over(recovery, "LAUNCHED", at(-clockSkewSeconds + 10))];

  it("is not replaced by our drill, though it was not there when the servers were listed", () => {
    expect(disposition("drill", { jobs })).toMatchObject({ result: { outcome: "skipped" } });
  });

  it("is left alone by our recovery", () => {
    expect(disposition("recovery", { jobs })).toMatchObject({ result: { outcome: "skipped" } });
  });
});

describe("a server that could not be launched when the execution was prepared", () => {
  it("fails with that reason, whatever others do with it", () => {
    const notReady = { ...one, notReady: "not ready: STOPPED" };
    expect(disposition("recovery", { member: notReady, jobs: [recovery] })).toEqual({
      kind: "settle",
      result: { server, outcome: "failed", reason: "not ready: STOPPED" },
    });
  });
});

describe("jobs of others in a job list", () => {
  it("are read in the order in which they were created", () => {
    const ended = [over(recovery, "LAUNCHED", at(5)), over(termination, "TERMINATED", at(15))];
    const later = { ...ended[1], createdAt: at(8) } as Job;
    const first = { ...ended[0], createdAt: at(1) } as Job;
    expect(disposition("drill", { jobs: [later, first] })).toEqual(start);
  });

  it("do not speak of servers that are not the plan's", () => {
    const foreign = job("job-x", ["s-9999"], { initiatedBy: "START_RECOVERY" });
    expect(disposition("drill", { jobs: [foreign] })).toEqual(start);
  });
});

describe("a decision among strangers", () => {
  it("starts the free servers, holds back the busy ones and settles the recovered ones, each with its reason", () => {
    const members = ["s-0001", "s-0002", "s-0003", "s-0004"].map((id) => member(id));
    const jobs = [
      job("job-d", ["s-0001"]),
      job("job-r", ["s-0002"], { initiatedBy: "START_RECOVERY" }),
      over(job("job-x", ["s-0003"]), "LAUNCHED", at(20)),
    ];
    const decision = decided(members, { jobs });
    expect(started(decision)).toEqual([["s-0004"]]);
    expect(decision.held).toEqual([
      { server: "s-0001", kind: "busy", reason: "busy: job job-d, started by START_DRILL" },
    ]);
    expect(settled(decision)).toEqual([
      {
        server: "s-0002",
        outcome: "skipped",
        reason: "under recovery by job job-r, which is not ours",
        jobId: "job-r",
      },
      { server: "s-0003", outcome: "launched", jobId: "job-x", byStranger: true },
    ]);
  });

  it("fails a server that stays busy until its wave's deadline, with the job that held it", () => {
    const opened = { name: "first", members: 1, openedAt: startedAt, deadlineAt: at(7_200) };
    const waves = [{ ...opened, launched: 0, failed: 0, skipped: 0, done: false, broken: false }];
    const late = { lane: laneState({ waves }), turn: { now: at(7_201) } };
    expect(settled(decided([one], { jobs: [drill] }, late))).toEqual([
      {
        server,
        outcome: "failed",
        reason: "not started within 120 minutes: busy: job job-d, started by START_DRILL",
      },
    ]);
  });

  it("takes no job that the journal names for a stranger's", () => {
    const ours = job("job-1", [server]);
    const ended = [endedBatch(1, [server], { outcome: "void", jobId: "job-1", results: [] })];
    expect(decided([one], { jobs: [ours] }).held).toHaveLength(1);
    expect(decided([one], { jobs: [ours] }, { ended }).held).toEqual([]);
  });
});
