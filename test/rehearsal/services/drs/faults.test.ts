import { ThrottlingException } from "@aws-sdk/client-drs";
import { describe, expect, it } from "vitest";
import {
  describeJobs,
  describeServer,
  lane,
  lastBody,
  serverId,
  serverIds,
  startBench,
  startRecovery,
} from "../bench.js";

const calls = { service: "drs", operation: "StartRecovery" } as const;

describe("a call that a fault meets", () => {
  it("is throttled with 429 and Retry-After before anything is done", async () => {
    const bench = await startBench({
      faults: [{ kind: "throttling", calls, retryAfterSeconds: 7 }],
    });
    const refusal = await startRecovery(bench.client(), [serverId(1)]).catch((error) => error);
    expect(refusal).toBeInstanceOf(ThrottlingException);
    expect(refusal).toMatchObject({ retryAfterSeconds: "7", $metadata: { httpStatusCode: 429 } });
    expect(lastBody(bench, "StartRecovery")).toEqual({
      message: "Rate exceeded",
      serviceCode: "drs",
    });
    expect(bench.drs.jobs(lane)).toEqual([]);
  });

  it("takes effect though its reply is lost", async () => {
    const bench = await startBench({ faults: [{ kind: "lost-reply", calls }] });
    await expect(startRecovery(bench.client(), [serverId(1)])).rejects.toMatchObject({
      code: "ECONNRESET",
    });
    expect(bench.drs.jobs(lane)).toHaveLength(1);
    expect(bench.calls).toMatchObject([
      { operation: "StartRecovery", status: 0, error: "ReplyLost" },
    ]);
  });

  it("is lost before it arrives", async () => {
    const bench = await startBench({ faults: [{ kind: "lost-call", calls }] });
    await expect(startRecovery(bench.client(), [serverId(1)])).rejects.toThrow();
    expect(bench.drs.jobs(lane)).toEqual([]);
  });

  it("takes effect though it is answered 500", async () => {
    const bench = await startBench({ faults: [{ kind: "internal-error", calls, when: "after" }] });
    await expect(startRecovery(bench.client(), [serverId(1)])).rejects.toMatchObject({
      name: "InternalServerException",
    });
    expect(bench.drs.jobs(lane)).toHaveLength(1);
  });

  it("hides its job from DescribeJobs for a while, and nowhere else", async () => {
    const bench = await startBench({ faults: [{ kind: "hidden-job", seconds: 30 }] });
    const client = bench.client();
    const { jobID } = await startRecovery(client, [serverId(1)]);
    expect(await describeJobs(client)).toEqual([]);
    const server = await describeServer(client, serverId(1));
    expect(server?.lifeCycle?.lastLaunch?.initiated?.jobID).toBe(jobID);
    await bench.pass(30);
    expect(await describeJobs(client)).toHaveLength(1);
  });

  it.each([
    [{ kind: "hidden-job", seconds: 10 }, 30, 30],
    [{ kind: "hidden-job", seconds: 50 }, 30, 50],
  ] as const)(
    "with %j hides its job no shorter than every job is hidden, %d seconds",
    async (fault, jobVisibleAfterSeconds, seconds) => {
      const bench = await startBench({ faults: [fault], drs: { jobVisibleAfterSeconds } });
      const client = bench.client();
      await startRecovery(client, [serverId(1)]);
      await bench.pass(seconds - 1);
      expect(await describeJobs(client)).toEqual([]);
      await bench.pass(1);
      expect(await describeJobs(client)).toHaveLength(1);
    },
  );
});

describe("a stranger", () => {
  it("starts jobs under the same rules", async () => {
    const bench = await startBench();
    const started = bench.drs.stranger.startRecovery(lane, serverIds(2), { isDrill: true });
    expect(started).toEqual({ jobId: expect.stringMatching(/^drsjob-/) });
    expect(bench.drs.stranger.startRecovery(lane, [serverId(1)])).toMatchObject({
      refused: "ConflictException",
    });
    await bench.pass(1_000);
    const [job] = await describeJobs(bench.client());
    expect(job).toMatchObject({ initiatedBy: "START_DRILL", tags: {}, status: "COMPLETED" });
    const ids = bench.drs.instances(lane).map(({ instance }) => instance);
    expect(bench.drs.stranger.terminate(lane, ids)).toHaveProperty("jobId");
    await bench.pass(200);
    expect(bench.drs.instances(lane)).toEqual([]);
  });
});

describe("the stream of events", () => {
  it("tells jobs, servers and refusals, and who is behind them", async () => {
    const bench = await startBench();
    const client = bench.client();
    const by = "arn:aws:iam::111122223333:role/operator";
    const { jobID } = await startRecovery(client, [serverId(1)], { tags: { a: "b" } });
    await startRecovery(client, [serverId(1)]).catch(() => undefined);
    bench.drs.stranger.startRecovery(lane, [serverId(1)]);
    const now = bench.clock.now();
    const at = { lane, at: now };
    const refused = { type: "refused", operation: "StartRecovery", servers: [serverId(1)] };
    expect(bench.events).toEqual([
      { type: "call", operation: "StartRecovery", by, ...at },
      {
        type: "job-started",
        jobId: jobID,
        kind: "launch",
        isDrill: false,
        servers: [serverId(1)],
        tags: { a: "b" },
        by,
        ...at,
      },
      { type: "call", operation: "StartRecovery", by, ...at },
      { ...refused, code: "ConflictException", by, ...at },
      { ...refused, code: "ConflictException", by: "stranger", ...at },
    ]);
    await bench.pass(1_000);
    expect(bench.events.slice(5).map(({ type }) => type)).toEqual(["server-launched", "job-ended"]);
  });

  it("hands out copies that later events do not change", async () => {
    const bench = await startBench();
    await startRecovery(bench.client(), [serverId(1)]);
    const [before] = bench.drs.jobs(lane);
    await bench.pass(1_000);
    expect(before?.status).toBe("PENDING");
  });
});
