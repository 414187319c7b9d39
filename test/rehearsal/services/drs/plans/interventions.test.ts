import { describe, expect, it } from "vitest";
import { fleetOf, lane, serverId, startBench } from "../../bench.js";
import {
  type ExecutionSeen,
  type ExecutionStepSeen,
  minutes,
  planCalls,
  serverArn,
  servers,
} from "./plan-calls.js";

const hour = 3_600;
const conflict = { status: 409, code: "ConflictException" };
const invalid = { status: 400, code: "ValidationException" };

type Json = Readonly<Record<string, unknown>>;

/** A bench with a plan of these steps under way, and what can be done to its execution. */
async function underWay(steps: readonly Json[], drs: Json = {}) {
  const bench = await startBench({ fleet: fleetOf(6), drs });
  const calls = planCalls(bench);
  const plan = await calls.planOf("shop", ...steps);
  const step = async (of: ExecutionSeen, index: number): Promise<ExecutionStepSeen> => {
    const found = (await calls.stepsOf(of))[index - 1];
    if (!found) throw new Error(`step must be one of the execution, got ${index}.`);
    return found;
  };
  const arn = async (of: ExecutionSeen, index: number) => {
    const { recoveryPlanExecutionStepArn } = await step(of, index);
    return { recoveryPlanExecutionStepArn };
  };
  return {
    bench,
    calls,
    plan,
    step,
    retry: async (of: ExecutionSeen, index: number) =>
      calls.ask("RetryRecoveryPlanExecutionStep", await arn(of, index)),
    refusedRetry: async (of: ExecutionSeen, index: number) =>
      calls.refusal("RetryRecoveryPlanExecutionStep", await arn(of, index)),
    update: async (of: ExecutionSeen, index: number, change: Json) =>
      calls.ask("UpdateRecoveryPlanExecutionStep", { ...(await arn(of, index)), ...change }),
    refusedUpdate: async (of: ExecutionSeen, index: number, change: Json) =>
      calls.refusal("UpdateRecoveryPlanExecutionStep", { ...(await arn(of, index)), ...change }),
    cancel: (of: ExecutionSeen) => {
      const { recoveryPlanExecutionArn } = of;
      return calls.ask("CancelRecoveryPlanExecution", { recoveryPlanExecutionArn });
    },
    refusedCancel: (of: ExecutionSeen) => {
      const { recoveryPlanExecutionArn } = of;
      return calls.refusal("CancelRecoveryPlanExecution", { recoveryPlanExecutionArn });
    },
  };
}

const skipped = { status: "SKIPPED" };

describe("cancelling an execution", () => {
  it("starts no further step, and waits for the one that runs", async () => {
    const { bench, calls, plan, cancel, refusedCancel } = await underWay([
      servers(1),
      minutes(5),
      servers(2),
    ]);
    const execution = await calls.start(plan);
    await bench.pass(60);
    const { recoveryPlanExecution } = await cancel(execution);
    expect(recoveryPlanExecution).toMatchObject({ status: "CANCELLING" });
    const cancelling = ["CANCELLING", "EXECUTING", "SKIPPED", "SKIPPED"];
    expect(await calls.statuses(execution)).toEqual(cancelling);
    expect(await refusedCancel(execution)).toMatchObject(conflict);
    await bench.pass(hour);
    const cancelled = ["CANCELLED", "COMPLETED", "SKIPPED", "SKIPPED"];
    expect(await calls.statuses(execution)).toEqual(cancelled);
    expect(bench.drs.instances(lane).map(({ server }) => server)).toEqual([serverId(1)]);
    expect(await refusedCancel(execution)).toMatchObject(conflict);
  });

  it("ends it at once when no step runs", async () => {
    const { bench, calls, plan, cancel } = await underWay([servers(1)]);
    const execution = await calls.start(plan);
    await cancel(execution);
    expect(await calls.statuses(execution)).toEqual(["CANCELLED", "SKIPPED"]);
    await bench.pass(hour);
    expect(bench.drs.jobs(lane)).toEqual([]);
  });

  it("is CANCELLED even when the step that ran failed", async () => {
    const { bench, calls, plan, cancel } = await underWay([servers(1), servers(2)]);
    bench.drs.failServer(serverId(1), "launch");
    const execution = await calls.start(plan);
    await bench.pass(60);
    await cancel(execution);
    await bench.pass(hour);
    expect(await calls.statuses(execution)).toEqual(["CANCELLED", "FAILED", "SKIPPED"]);
  });

  it.each([
    [false, "CANCELLING", "WAITING"],
    [true, "CANCELLED", "SKIPPED"],
  ])("ends a running wait step at once: %s", async (planCancelEndsWait, status, step) => {
    const { bench, calls, plan, cancel } = await underWay([servers(1), minutes(100), servers(2)], {
      planCancelEndsWait,
    });
    const execution = await calls.start(plan);
    await bench.pass(2_000);
    await cancel(execution);
    expect(await calls.statuses(execution)).toEqual([status, "COMPLETED", step, "SKIPPED"]);
    await bench.pass(2 * hour);
    expect((await calls.execution(execution)).status).toBe("CANCELLED");
  });
});

describe("retrying a step", () => {
  it("recovers the servers that failed and no other, counts, and lets later steps follow", async () => {
    const { bench, calls, plan, retry, step } = await underWay([servers(1, 2, -3), servers(4)]);
    bench.drs.failServer(serverId(2), "launch", 1);
    bench.drs.failServer(serverId(3), "launch", 1);
    const execution = await calls.start(plan);
    await bench.pass(hour);
    expect(await calls.statuses(execution)).toEqual(["FAILED", "FAILED", "NOT_STARTED"]);
    const { recoveryPlanExecutionStep } = await retry(execution, 1);
    expect(recoveryPlanExecutionStep).toMatchObject({ status: "EXECUTING", attempt: 2 });
    expect(await calls.execution(execution)).not.toHaveProperty("completedAt");
    await bench.pass(hour);
    expect(await calls.statuses(execution)).toEqual(["COMPLETED", "COMPLETED", "COMPLETED"]);
    const named = bench.drs.jobs(lane).map(({ participants }) => participants.map((p) => p.server));
    expect(named).toEqual([
      [serverId(1), serverId(2), serverId(3)],
      [serverId(2), serverId(3)],
      [serverId(4)],
    ]);
    const { configuration } = await step(execution, 1);
    const jobs = bench.drs.jobs(lane).map(({ jobId }) => jobId);
    expect(configuration.executionServerStepConfiguration?.servers).toMatchObject([
      { jobID: jobs[0] },
      { jobID: jobs[1] },
      { jobID: jobs[1] },
    ]);
  });

  it("is refused while the execution runs, for a step that did not fail, and for a wait step", async () => {
    const { bench, calls, plan, refusedRetry } = await underWay([
      servers(1),
      minutes(1),
      servers(2),
    ]);
    bench.drs.failServer(serverId(2), "launch");
    const execution = await calls.start(plan);
    await bench.pass(60);
    expect(await refusedRetry(execution, 1)).toMatchObject(conflict);
    await bench.pass(hour);
    expect((await calls.execution(execution)).status).toBe("FAILED");
    expect(await refusedRetry(execution, 1)).toMatchObject(conflict);
    expect(await refusedRetry(execution, 2)).toMatchObject(invalid);
  });

  it("is refused while another execution of the plan runs, and after 24 hours", async () => {
    const { bench, calls, plan, refusedRetry } = await underWay([servers(1)]);
    bench.drs.failServer(serverId(1), "launch", 1);
    const failed = await calls.start(plan);
    await bench.pass(hour);
    await calls.start(plan);
    const refused = await refusedRetry(failed, 1);
    expect(refused).toMatchObject(conflict);
    expect(refused.message).toContain("Another execution is already active");
    await bench.pass(23 * hour);
    expect((await refusedRetry(failed, 1)).message).toContain("24 hours");
  });
});

describe("skipping a step", () => {
  it("steps over it when its turn comes, and the execution is COMPLETED with a message", async () => {
    const { bench, calls, plan, update } = await underWay([servers(1), servers(2), servers(3)]);
    const execution = await calls.start(plan);
    await bench.pass(60);
    await update(execution, 2, skipped);
    expect(await calls.statuses(execution)).toEqual([
      "IN_PROGRESS",
      ...["EXECUTING", "SKIPPED", "NOT_STARTED"],
    ]);
    await bench.pass(hour);
    expect(await calls.execution(execution)).toMatchObject({
      status: "COMPLETED",
      errorDetail: {
        message: "Completed with skipped steps. View execution details for more information.",
      },
    });
    expect(bench.drs.instances(lane).map(({ server }) => server)).toEqual([
      serverId(1),
      serverId(3),
    ]);
  });

  it("resumes an execution behind the step that failed", async () => {
    const { bench, calls, plan, update } = await underWay([servers(1), servers(2)]);
    bench.drs.failServer(serverId(1), "launch");
    const execution = await calls.start(plan);
    await bench.pass(hour);
    await update(execution, 1, skipped);
    expect((await calls.execution(execution)).status).toBe("IN_PROGRESS");
    await bench.pass(hour);
    expect(await calls.statuses(execution)).toEqual(["COMPLETED", "SKIPPED", "COMPLETED"]);
  });

  it("is refused for a step that runs, waits or is COMPLETED, and after a failed validation", async () => {
    const { bench, calls, plan, refusedUpdate } = await underWay([servers(1), minutes(60)]);
    const execution = await calls.start(plan);
    await bench.pass(60);
    expect(await refusedUpdate(execution, 1, skipped)).toMatchObject(conflict);
    await bench.pass(1_800);
    expect(await calls.statuses(execution)).toEqual(["IN_PROGRESS", "COMPLETED", "WAITING"]);
    expect(await refusedUpdate(execution, 1, skipped)).toMatchObject(conflict);
    expect(await refusedUpdate(execution, 2, skipped)).toMatchObject(conflict);
    await bench.pass(2 * hour);
    bench.drs.setReplication(serverId(1), { state: "STOPPED" });
    const refused = await calls.start(plan);
    await bench.pass(60);
    expect((await calls.execution(refused)).status).toBe("FAILED");
    expect(await refusedUpdate(refused, 1, skipped)).toMatchObject(conflict);
  });

  it.each(["ValidationException", "accepted"] as const)(
    "after the time is up is answered as the switch says: %s",
    async (planSkipOfTimedOut) => {
      const { bench, calls, plan, step, refusedUpdate, update } = await underWay([servers(1)], {
        planSkipOfTimedOut,
        launchSeconds: () => 30 * hour,
      });
      const execution = await calls.start(plan);
      await bench.pass(24 * hour);
      if (planSkipOfTimedOut === "accepted") await update(execution, 1, skipped);
      else expect(await refusedUpdate(execution, 1, skipped)).toMatchObject(invalid);
      const { status } = await step(execution, 1);
      expect(status).toBe(planSkipOfTimedOut === "accepted" ? "SKIPPED" : "TIMED_OUT");
      expect((await calls.execution(execution)).status).toBe("TIMED_OUT");
    },
  );
});

describe("changing a step of an execution", () => {
  it("replaces servers and minutes of steps that have not started", async () => {
    const { bench, calls, plan, update } = await underWay([servers(1), minutes(100), servers(2)]);
    const execution = await calls.start(plan);
    await bench.pass(60);
    await update(execution, 2, { waitDurationMinutes: 1 });
    await update(execution, 3, { servers: [{ serverArn: serverArn(5) }] });
    await bench.pass(hour);
    expect((await calls.execution(execution)).status).toBe("COMPLETED");
    expect(bench.drs.instances(lane).map(({ server }) => server)).toEqual([
      serverId(1),
      serverId(5),
    ]);
  });

  it("is refused for a step that has started, of the other type, by several members or none", async () => {
    const { bench, calls, plan, refusedUpdate } = await underWay([servers(1), servers(2)]);
    const execution = await calls.start(plan);
    await bench.pass(60);
    const other = { servers: [{ serverArn: serverArn(3) }] };
    expect(await refusedUpdate(execution, 1, other)).toMatchObject(conflict);
    for (const change of [
      { waitDurationMinutes: 5 },
      { servers: [{ serverArn: serverArn(1) }] },
      { ...other, ...skipped },
      { status: "COMPLETED" },
      {},
    ]) {
      expect(await refusedUpdate(execution, 2, change)).toMatchObject(invalid);
    }
  });
});

describe("a server step", () => {
  const quotas = () => ({ concurrentJobs: 1 });

  it("fails when its job is over a quota of the lane", async () => {
    const { bench, calls, plan, step } = await underWay([servers(1)], { quotas });
    const execution = await calls.start(plan);
    bench.drs.stranger.startRecovery(lane, [serverId(6)]);
    await bench.pass(60);
    expect((await step(execution, 1)).errorDetail?.code).toBe("ServiceQuotaExceededException");
    expect(await calls.statuses(execution)).toEqual(["FAILED", "FAILED"]);
  });

  it("waits for the quota where the switch says so, and no longer once it is cancelled", async () => {
    for (const isCancelled of [false, true]) {
      const { bench, calls, plan, cancel } = await underWay([servers(1)], {
        quotas,
        planStepOverQuota: "waits",
      });
      const execution = await calls.start(plan);
      bench.drs.stranger.startRecovery(lane, [serverId(6)]);
      await bench.pass(60);
      expect(await calls.statuses(execution)).toEqual(["IN_PROGRESS", "EXECUTING"]);
      if (isCancelled) await cancel(execution);
      await bench.pass(hour);
      expect(await calls.statuses(execution)).toEqual(
        isCancelled ? ["CANCELLED", "FAILED"] : ["COMPLETED", "COMPLETED"],
      );
    }
  });
});
