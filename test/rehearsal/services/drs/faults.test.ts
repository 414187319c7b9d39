import { ThrottlingException } from "@aws-sdk/client-drs";
import { describe, expect, it } from "vitest";
import type { DrsOptions, Fault } from "../../../../runtime/rehearsal/services/drs/drs.js";
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

function faulty(wanted: string, where: "before" | "after", fault: Fault): DrsOptions {
  return {
    intercept: ({ operation }, phase) =>
      operation === wanted && phase === where ? fault : undefined,
  };
}

describe("the injection point", () => {
  it("throttles with 429 and Retry-After before anything is done", async () => {
    const fault = { kind: "throttle", retryAfterSeconds: 7 } as const;
    const bench = await startBench({ drs: faulty("StartRecovery", "before", fault) });
    const refusal = await startRecovery(bench.client(), [serverId(1)]).catch((error) => error);
    expect(refusal).toBeInstanceOf(ThrottlingException);
    expect(refusal).toMatchObject({ retryAfterSeconds: "7", $metadata: { httpStatusCode: 429 } });
    expect(lastBody(bench, "StartRecovery")).toEqual({
      message: "Rate exceeded",
      serviceCode: "drs",
    });
    expect(bench.drs.jobs(lane)).toEqual([]);
  });

  it("drops the reply of a call that took effect", async () => {
    const bench = await startBench({
      drs: faulty("StartRecovery", "after", { kind: "drop-reply" }),
    });
    await expect(startRecovery(bench.client(), [serverId(1)])).rejects.toMatchObject({
      code: "ECONNRESET",
    });
    expect(bench.drs.jobs(lane)).toHaveLength(1);
    expect(bench.calls).toMatchObject([
      { operation: "StartRecovery", status: 0, error: "ReplyLost" },
    ]);
  });

  it("loses a call before it arrives", async () => {
    const bench = await startBench({
      drs: faulty("StartRecovery", "before", { kind: "drop-reply" }),
    });
    await expect(startRecovery(bench.client(), [serverId(1)])).rejects.toThrow();
    expect(bench.drs.jobs(lane)).toEqual([]);
  });

  it("answers 500 for a call that took effect", async () => {
    const bench = await startBench({
      drs: faulty("StartRecovery", "after", { kind: "internal-error" }),
    });
    await expect(startRecovery(bench.client(), [serverId(1)])).rejects.toMatchObject({
      name: "InternalServerException",
    });
    expect(bench.drs.jobs(lane)).toHaveLength(1);
  });

  it("hides a new job from DescribeJobs for a while, and nowhere else", async () => {
    const fault = { kind: "hide-job", seconds: 30 } as const;
    const bench = await startBench({ drs: faulty("StartRecovery", "after", fault) });
    const client = bench.client();
    const { jobID } = await startRecovery(client, [serverId(1)]);
    expect(await describeJobs(client)).toEqual([]);
    const server = await describeServer(client, serverId(1));
    expect(server?.lifeCycle?.lastLaunch?.initiated?.jobID).toBe(jobID);
    await bench.pass(30);
    expect(await describeJobs(client)).toHaveLength(1);
  });
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
