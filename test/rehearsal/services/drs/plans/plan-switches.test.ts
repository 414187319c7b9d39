import { describe, expect, it } from "vitest";
import type { DrsSwitches } from "../../../../../runtime/rehearsal/services/drs/switches.js";
import type { NeededRight } from "../../../../../runtime/rehearsal/services/service.js";
import { fleetOf, lane, startBench } from "../../bench.js";
import { minutes, planCalls, serverArn, servers } from "./plan-calls.js";

const hour = 3_600;

async function benchWith(drs: Partial<DrsSwitches>, fleetSize = 4) {
  const bench = await startBench({ fleet: fleetOf(fleetSize), drs });
  return { bench, calls: planCalls(bench) };
}

/** Servers `first` to `last`. */
function range(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

describe("quotas of a recovery plan", () => {
  it.each([
    ["ServiceQuotaExceededException", 402],
    ["ValidationException", 400],
  ] as const)("refuse a 21st step and a 101st server by %s", async (planOverQuota, status) => {
    const { calls } = await benchWith({ planOverQuota }, 101);
    const step = { stepName: "one more" };
    const full = await calls.planOf("steps", ...range(1, 20).map((number) => servers(number)));
    const refusedStep = { ...step, recoveryPlanArn: full, configuration: servers(21) };
    expect(await calls.refusal("CreateRecoveryPlanStep", refusedStep)).toMatchObject({
      status,
      code: planOverQuota,
    });
    const large = await calls.planOf("servers", servers(...range(1, 100)));
    const refusedServer = { ...step, recoveryPlanArn: large, configuration: servers(101) };
    expect(await calls.refusal("CreateRecoveryPlanStep", refusedServer)).toMatchObject({
      status,
      code: planOverQuota,
    });
  });

  it("refuse by 400 what UpdateRecoveryPlanStep would add, as it declares no 402", async () => {
    const { calls } = await benchWith({}, 101);
    const recoveryPlanArn = await calls.planOf("shop", servers(...range(1, 99)));
    const { recoveryPlanStepArn } = await calls.addStep(recoveryPlanArn, servers(100));
    const changed = { recoveryPlanStepArn, configuration: servers(100, 101) };
    expect(await calls.refusal("UpdateRecoveryPlanStep", changed)).toMatchObject({
      status: 400,
      code: "ValidationException",
    });
  });
});

describe("switches of recovery plans", () => {
  it("say what a plan without steps is, and so which refusal it meets", async () => {
    const { calls } = await benchWith({ planWithoutSteps: "ACTIVE" });
    const recoveryPlanArn = await calls.createPlan();
    const { recoveryPlan } = await calls.ask("GetRecoveryPlan", { recoveryPlanArn });
    expect(recoveryPlan).toMatchObject({ status: "ACTIVE" });
  });

  it("may refuse a deletion that leaves a wait step first", async () => {
    const { calls } = await benchWith({ planWaitFirstByDeletion: "ConflictException" });
    const recoveryPlanArn = await calls.createPlan();
    const { recoveryPlanStepArn } = await calls.addStep(recoveryPlanArn, servers(1));
    await calls.addStep(recoveryPlanArn, minutes(1));
    const refused = await calls.refusal("DeleteRecoveryPlanStep", { recoveryPlanStepArn });
    expect(refused).toMatchObject({ status: 409, code: "ConflictException" });
  });

  it.each([true, false])("say whether steps move updatedAt of their plan: %s", async (moves) => {
    const { bench, calls } = await benchWith({ planTouchedBySteps: moves });
    const recoveryPlanArn = await calls.createPlan();
    await bench.pass(60);
    await calls.addStep(recoveryPlanArn, servers(1));
    const { recoveryPlan } = await calls.ask("GetRecoveryPlan", { recoveryPlanArn });
    const { createdAt, updatedAt } = recoveryPlan as { createdAt: string; updatedAt: string };
    expect(updatedAt !== createdAt).toBe(moves);
  });

  it.each([
    [
      "within-plan",
      /:recovery-plan\/plan-\w{17}\/step\/st-\w{17}$/,
      /-execution\/exec-\w{17}\/step\/step-\w{17}$/,
    ],
    [
      "of-their-own",
      /:recovery-plan-step\/st-\w{17}$/,
      /:recovery-plan-execution-step\/step-\w{17}$/,
    ],
  ] as const)("say how steps are named: %s", async (planStepArns, ofPlan, ofExecution) => {
    const { calls } = await benchWith({ planStepArns });
    const recoveryPlanArn = await calls.createPlan();
    const step = await calls.addStep(recoveryPlanArn, servers(1));
    expect(step.recoveryPlanStepArn).toMatch(ofPlan);
    const { recoveryPlanExecutionArn } = await calls.start(recoveryPlanArn);
    const { recoveryPlanExecutionSteps: steps } = await calls.ask(
      "ListRecoveryPlanExecutionSteps",
      {
        recoveryPlanExecutionArn,
      },
    );
    expect(steps).toMatchObject([
      { recoveryPlanExecutionStepArn: expect.stringMatching(ofExecution) },
    ]);
  });

  it("may take the executions along with a deleted plan", async () => {
    const { bench, calls } = await benchWith({ planDeletionKeepsExecutions: false });
    const recoveryPlanArn = await calls.planOf("shop", servers(1));
    const { recoveryPlanExecutionArn } = await calls.start(recoveryPlanArn);
    await bench.pass(hour);
    await calls.ask("DeleteRecoveryPlan", { recoveryPlanArn });
    const read = await calls.refusal("GetRecoveryPlanExecution", { recoveryPlanExecutionArn });
    expect(read).toMatchObject({ status: 404 });
  });

  it("may list executions oldest first, and hand their tags to their jobs", async () => {
    const { bench, calls } = await benchWith({
      planExecutionOrder: "oldest-first",
      planJobTags: "of-execution",
    });
    const plan = await calls.planOf("shop", servers(1));
    const first = await calls.start(plan, { tags: { run: "1" } });
    await bench.pass(hour);
    await calls.start(plan, { tags: { run: "2" } });
    await bench.pass(hour);
    const { recoveryPlanExecutions } = await calls.ask("ListRecoveryPlanExecutions", {});
    const { recoveryPlanExecutionArn } = first;
    expect(recoveryPlanExecutions).toMatchObject([{ recoveryPlanExecutionArn }, {}]);
    expect(bench.drs.jobs(lane).map(({ tags }) => tags)).toEqual([{ run: "1" }, { run: "2" }]);
  });

  it("may call an execution that reached its 24 hours FAILED, as the API model can", async () => {
    const bench = await startBench({
      drs: { planTimeLimitStatus: "FAILED", launchSeconds: () => 30 * hour },
    });
    const calls = planCalls(bench);
    const execution = await calls.start(await calls.planOf("shop", servers(1)));
    await bench.pass(24 * hour);
    expect(await calls.statuses(execution)).toEqual(["FAILED", "TIMED_OUT"]);
  });
});

describe("rights that IAM asks for recovery plans", () => {
  it.each([true, false])(
    "are on the plan, and those of its jobs where the switch says so: %s",
    async (planAsksStartRecovery) => {
      const asked: NeededRight[] = [];
      const bench = await startBench({
        drs: { planAsksStartRecovery },
        gateway: {
          authorize: (_principal, needed) => {
            asked.push(needed);
            return { allowed: true, reason: "" };
          },
        },
      });
      const calls = planCalls(bench);
      const plan = await calls.planOf("shop", servers(1), servers(2));
      asked.length = 0;
      const execution = await calls.start(plan, { tags: { run: "1" } });
      expect(asked.map(({ action, resources }) => [action, resources])).toEqual([
        ["drs:StartRecoveryPlanExecution", [plan]],
        ...(planAsksStartRecovery ? [["drs:StartRecovery", [serverArn(1), serverArn(2)]]] : []),
        ["drs:TagResource", [expect.stringContaining(":recovery-plan-execution/exec-")]],
      ]);
      asked.length = 0;
      await calls.stepsOf(execution);
      const { recoveryPlanExecutionArn } = execution;
      expect(new Set(asked.flatMap(({ resources }) => resources))).toEqual(
        new Set([recoveryPlanExecutionArn]),
      );
    },
  );
});
