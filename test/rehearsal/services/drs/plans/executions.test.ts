import { describe, expect, it } from "vitest";
import {
  describeJobs,
  fleetOf,
  jobLog,
  lane,
  serverId,
  serverIds,
  startBench,
} from "../../bench.js";
import { signedRequest } from "../../signed-request.js";
import { minutes, planCalls, servers } from "./plan-calls.js";

const hour = 3_600;

describe("an execution of a recovery plan", () => {
  it("validates, runs its steps one after another, and is COMPLETED after the last", async () => {
    const bench = await startBench({ drs: { launchSeconds: () => 600 } });
    const calls = planCalls(bench);
    const plan = await calls.planOf("shop", servers(1, 2), minutes(10), servers(3));
    const execution = await calls.start(plan, { tags: { run: "1" } });
    expect(execution).toMatchObject({ mode: "DRILL", status: "CREATED", tags: { run: "1" } });
    expect(await calls.statuses(execution)).toEqual([
      "CREATED",
      ...["NOT_STARTED", "NOT_STARTED", "NOT_STARTED"],
    ]);
    await bench.pass(60);
    const running = ["IN_PROGRESS", "EXECUTING", "NOT_STARTED", "NOT_STARTED"];
    expect(await calls.statuses(execution)).toEqual(running);
    await bench.pass(600);
    const waiting = ["IN_PROGRESS", "COMPLETED", "WAITING", "NOT_STARTED"];
    expect(await calls.statuses(execution)).toEqual(waiting);
    await bench.pass(600);
    const last = ["IN_PROGRESS", "COMPLETED", "COMPLETED", "EXECUTING"];
    expect(await calls.statuses(execution)).toEqual(last);
    await bench.pass(hour);
    expect(await calls.execution(execution)).toMatchObject({
      status: "COMPLETED",
      completedAt: expect.stringMatching(/^2026-01-24T02:30:0/),
    });
    expect(bench.drs.instances(lane).map(({ server }) => server)).toEqual(serverIds(3));
  });

  it("recovers the servers of a step by one job as StartRecovery does, and names it", async () => {
    const bench = await startBench();
    const calls = planCalls(bench);
    const plan = await calls.planOf("shop", servers(1, 2), servers(3));
    const execution = await calls.start(plan, { mode: "RECOVERY" });
    await bench.pass(hour);
    const client = bench.client();
    const jobs = [...(await describeJobs(client))].reverse();
    expect(jobs).toMatchObject([
      { type: "LAUNCH", initiatedBy: "START_RECOVERY", status: "COMPLETED" },
      { type: "LAUNCH", initiatedBy: "START_RECOVERY", status: "COMPLETED" },
    ]);
    const named = (await calls.stepsOf(execution)).map(({ configuration }) =>
      configuration.executionServerStepConfiguration?.servers.map(({ jobID }) => jobID),
    );
    const [first, second] = jobs.map(({ jobID }) => jobID);
    expect(named).toEqual([[first, first], [second]]);
    expect((await jobLog(client, first)).map(({ event }) => event)).toContain("JOB_END");
    const starts = bench.events.flatMap((event) => (event.type === "job-started" ? [event] : []));
    expect(starts).toMatchObject([{ isDrill: false }, { isDrill: false }]);
  });

  it("starts a job for each server where the switch says so", async () => {
    const bench = await startBench({ drs: { planJobs: "per-server" } });
    const calls = planCalls(bench);
    const execution = await calls.start(await calls.planOf("shop", servers(1, 2)));
    await bench.pass(hour);
    expect(bench.drs.jobs(lane).map(({ participants }) => participants.length)).toEqual([1, 1]);
    expect(await calls.statuses(execution)).toEqual(["COMPLETED", "COMPLETED"]);
  });

  it("runs the copy of the plan that was taken at its start", async () => {
    const bench = await startBench();
    const calls = planCalls(bench);
    const recoveryPlanArn = await calls.planOf("shop", servers(1));
    const execution = await calls.start(recoveryPlanArn);
    await calls.addStep(recoveryPlanArn, servers(2));
    await bench.pass(hour);
    expect(await calls.statuses(execution)).toEqual(["COMPLETED", "COMPLETED"]);
    expect(bench.drs.instances(lane)).toHaveLength(1);
  });

  it("is made once by one client token", async () => {
    const calls = planCalls(await startBench());
    const plan = await calls.planOf("shop", servers(1));
    const first = await calls.start(plan, { clientToken: "again" });
    expect(await calls.start(plan, { clientToken: "again" })).toEqual(first);
  });

  it("fails as a whole, with no server recovered, when one server fails the validation", async () => {
    const bench = await startBench();
    const calls = planCalls(bench);
    bench.drs.setReplication(serverId(3), { state: "INITIAL_SYNC" });
    const execution = await calls.start(await calls.planOf("shop", servers(1), servers(2, -3)));
    await bench.pass(hour);
    expect(await calls.statuses(execution)).toEqual(["FAILED", "NOT_STARTED", "NOT_STARTED"]);
    expect((await calls.execution(execution)).errorDetail?.message).toContain("READY_FOR_TEST");
    expect(bench.drs.jobs(lane)).toEqual([]);
  });

  it("takes a stalled server, unless the switch has it fail the validation", async () => {
    for (const planStalledServer of ["accepted", "refused"] as const) {
      const bench = await startBench({ drs: { planStalledServer } });
      const calls = planCalls(bench);
      bench.drs.setReplication(serverId(1), { state: "STALLED" });
      const execution = await calls.start(await calls.planOf("shop", servers(1)));
      await bench.pass(hour);
      const { status } = await calls.execution(execution);
      expect(status).toBe(planStalledServer === "accepted" ? "COMPLETED" : "FAILED");
    }
  });

  it("fails at the step whose server somebody else recovers when its turn comes", async () => {
    const bench = await startBench();
    const calls = planCalls(bench);
    const execution = await calls.start(await calls.planOf("shop", servers(1), servers(2, -3)));
    await bench.pass(60);
    await bench.pass(300);
    bench.drs.stranger.startRecovery(lane, [serverId(2)]);
    await bench.pass(hour);
    expect(await calls.statuses(execution)).toEqual(["FAILED", "COMPLETED", "FAILED"]);
    const [, step] = await calls.stepsOf(execution);
    expect(step?.errorDetail).toMatchObject({ code: "ConflictException" });
    expect(step?.configuration.executionServerStepConfiguration?.servers).not.toContainEqual(
      expect.objectContaining({ jobID: expect.anything() }),
    );
  });

  it("fails with a critical server, and goes on without an optional one", async () => {
    const bench = await startBench();
    const calls = planCalls(bench);
    bench.drs.failServer(serverId(2), "conversion");
    bench.drs.failServer(serverId(3), "launch");
    const execution = await calls.start(
      await calls.planOf("shop", servers(1, -2), servers(3), servers(4)),
    );
    await bench.pass(hour);
    expect(await calls.statuses(execution)).toEqual([
      "FAILED",
      ...["COMPLETED", "FAILED", "NOT_STARTED"],
    ]);
    const [optional] = await calls.stepsOf(execution);
    expect(optional?.errorDetail?.message).toContain(serverId(2));
    expect(bench.drs.instances(lane).map(({ server }) => server)).toEqual([serverId(1)]);
  });

  it("completes a step of optional servers that all failed", async () => {
    const bench = await startBench();
    const calls = planCalls(bench);
    for (const number of [1, 2]) bench.drs.failServer(serverId(number), "launch");
    const execution = await calls.start(await calls.planOf("shop", servers(-1, -2)));
    await bench.pass(hour);
    expect(await calls.statuses(execution)).toEqual(["COMPLETED", "COMPLETED"]);
  });

  it("recovers to the point in time that was pinned, and checks it again when its step begins", async () => {
    const bench = await startBench();
    const calls = planCalls(bench);
    const plan = await calls.planOf("shop", servers(1), minutes(120), servers(2));
    const fifthNewest = async (number: number) => {
      const body = { sourceServerID: serverId(number), order: "DESC", maxResults: 5 };
      const { items } = await calls.ask("DescribeRecoverySnapshots", body);
      const found = items as readonly { snapshotID: string; timestamp: string }[];
      return found.at(-1) as { snapshotID: string; timestamp: string };
    };
    const pins = [await fifthNewest(1), await fifthNewest(2)];
    const sourceServers = pins.map(({ snapshotID }, index) => ({
      sourceServerID: serverId(index + 1),
      recoverySnapshotID: snapshotID,
    }));
    const execution = await calls.start(plan, { sourceServers });
    await bench.pass(3 * hour);
    expect(await calls.statuses(execution)).toEqual(["FAILED", "COMPLETED", "COMPLETED", "FAILED"]);
    const [instance] = bench.drs.instances(lane);
    expect(instance?.pointInTime).toBe(Date.parse(pins[0]?.timestamp ?? ""));
  });

  it("reaches its 24 hours: the step times out, its job runs on, nothing can be retried", async () => {
    const bench = await startBench({ drs: { launchSeconds: () => 25 * hour } });
    const calls = planCalls(bench);
    const execution = await calls.start(await calls.planOf("shop", servers(1), servers(2)));
    await bench.pass(24 * hour + 1);
    expect(await calls.statuses(execution)).toEqual(["TIMED_OUT", "TIMED_OUT", "NOT_STARTED"]);
    const [step] = await calls.stepsOf(execution);
    const { recoveryPlanExecutionStepArn = "" } = step ?? {};
    const retry = { recoveryPlanExecutionStepArn };
    const skip = { ...retry, status: "SKIPPED" };
    const refused = { status: 409, code: "ConflictException" };
    expect(await calls.refusal("RetryRecoveryPlanExecutionStep", retry)).toMatchObject(refused);
    expect(await calls.refusal("UpdateRecoveryPlanExecutionStep", skip)).toMatchObject(refused);
    await bench.pass(2 * hour);
    expect(bench.drs.instances(lane)).toHaveLength(1);
    expect(await calls.statuses(execution)).toEqual(["TIMED_OUT", "TIMED_OUT", "NOT_STARTED"]);
  });

  it("leaves no timer behind when it has ended", async () => {
    const bench = await startBench();
    const calls = planCalls(bench);
    await calls.start(await calls.planOf("shop", servers(1)));
    await bench.pass(hour);
    await expect(bench.clock.run(() => false, "nothing")).rejects.toThrow("no timer is set");
  });

  it("is listed newest first, by plan and by status, and by pages", async () => {
    const bench = await startBench();
    const calls = planCalls(bench);
    const plan = await calls.planOf("shop", servers(1));
    const other = await calls.planOf("billing", servers(2));
    const first = await calls.start(plan);
    await bench.pass(hour);
    const second = await calls.start(plan);
    const third = await calls.start(other);
    const listed = async (body: Readonly<Record<string, unknown>>): Promise<unknown> => {
      const { recoveryPlanExecutions } = await calls.ask("ListRecoveryPlanExecutions", body);
      return (recoveryPlanExecutions as readonly { recoveryPlanExecutionArn: string }[]).map(
        ({ recoveryPlanExecutionArn }) => recoveryPlanExecutionArn,
      );
    };
    const arns = [third, second, first].map((one) => one.recoveryPlanExecutionArn);
    expect(await listed({})).toEqual(arns);
    expect(await listed({ maxResults: 1 })).toEqual(arns.slice(0, 1));
    expect(await listed({ recoveryPlanArn: plan })).toEqual(arns.slice(1));
    expect(await listed({ status: "COMPLETED" })).toEqual(arns.slice(2));
    const filter = { status: "NOT_STARTED" };
    const { recoveryPlanExecutionArn } = second;
    const steps = await calls.ask("ListRecoveryPlanExecutionSteps", {
      recoveryPlanExecutionArn,
      filter,
    });
    expect(steps.recoveryPlanExecutionSteps).toHaveLength(1);
  });

  it("takes tags by its ARN, and is deleted when it has ended and not before", async () => {
    const bench = await startBench();
    const calls = planCalls(bench);
    const execution = await calls.start(await calls.planOf("shop", servers(1)));
    const { recoveryPlanExecutionArn } = execution;
    const path = `/tags/${encodeURIComponent(recoveryPlanExecutionArn)}`;
    await signedRequest(bench)("POST", path, JSON.stringify({ tags: { a: "1" } }));
    expect(await calls.execution(execution)).toMatchObject({ tags: { a: "1" } });
    const body = { recoveryPlanExecutionArn };
    expect(await calls.refusal("DeleteRecoveryPlanExecution", body)).toMatchObject({ status: 409 });
    await bench.pass(hour);
    expect(await calls.ask("DeleteRecoveryPlanExecution", body)).toEqual(body);
    expect(await calls.refusal("GetRecoveryPlanExecution", body)).toMatchObject({ status: 404 });
  });
});

describe("StartRecoveryPlanExecution", () => {
  it("is refused, in AWS's words, where the plan cannot be run", async () => {
    const bench = await startBench({ fleet: fleetOf(8) });
    const calls = planCalls(bench);
    const start = (recoveryPlanArn: string, more: object = {}) =>
      calls.refusal("StartRecoveryPlanExecution", { recoveryPlanArn, mode: "DRILL", ...more });
    const idOf = (arn: string): string => arn.split("/")[1] ?? "";

    const empty = await calls.createPlan("empty");
    expect(await start(empty)).toEqual({
      status: 400,
      code: "ValidationException",
      message: `Recovery plan ${idOf(empty)} has no steps. Add at least one step to the plan before starting an execution.`,
    });

    const waits = await calls.createPlan("waits");
    const step = await calls.addStep(waits, servers(1));
    await calls.addStep(waits, minutes(1));
    const { recoveryPlanStepArn } = step;
    await calls.ask("DeleteRecoveryPlanStep", { recoveryPlanStepArn });
    expect(await start(waits)).toEqual({
      status: 409,
      code: "ConflictException",
      message: `Recovery plan ${idOf(waits)} is in status INVALID and cannot be executed. Only ACTIVE plans can be executed.`,
    });

    const plan = await calls.planOf("shop", servers(1), servers(2));
    const execution = await calls.start(plan);
    expect(await start(plan)).toEqual({
      status: 409,
      code: "ConflictException",
      message: `Another execution is already active for plan ${idOf(plan)}`,
    });
    const overlapping = await calls.planOf("billing", servers(2, 3));
    const held = await start(overlapping);
    expect(held).toMatchObject({ status: 409, code: "ConflictException" });
    expect(held.message).toContain(idOf(plan));
    expect(held.message).toContain(idOf(execution.recoveryPlanExecutionArn));

    const pinned = await calls.planOf("pinned", servers(5));
    const pin = (sourceServerID: string, recoverySnapshotID?: string) =>
      start(pinned, { sourceServers: [{ sourceServerID, recoverySnapshotID }] });
    const snapshot = `pit-${"0".repeat(17)}`;
    const invalid = { status: 400, code: "ValidationException" };
    expect(await pin(serverId(6), snapshot)).toEqual({
      ...invalid,
      message: `Source server IDs not found in plan: ${serverId(6)}`,
    });
    expect(await pin(serverId(5))).toEqual({
      ...invalid,
      message: `Missing recoverySnapshotID for servers: ${serverId(5)}`,
    });
    expect(await pin(serverId(5), `snap-${"0".repeat(16)}`)).toMatchObject(invalid);
    expect(await start(pinned, { mode: "TEST" })).toMatchObject(invalid);
  });

  it("keeps its plan from being deleted until the execution has ended", async () => {
    const bench = await startBench();
    const calls = planCalls(bench);
    const recoveryPlanArn = await calls.planOf("shop", servers(1));
    const execution = await calls.start(recoveryPlanArn);
    const body = { recoveryPlanArn };
    expect(await calls.refusal("DeleteRecoveryPlan", body)).toMatchObject({ status: 409 });
    await bench.pass(hour);
    await calls.ask("DeleteRecoveryPlan", body);
    expect(await calls.statuses(execution)).toEqual(["COMPLETED", "COMPLETED"]);
  });
});
