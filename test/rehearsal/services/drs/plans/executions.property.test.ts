import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plusSeconds } from "../../../../../runtime/core/instant.js";
import { createDrs, type DrsEmulator } from "../../../../../runtime/rehearsal/services/drs/drs.js";
import { createVirtualClock } from "../../../../../runtime/rehearsal/virtual-clock.js";
import { account, fleetOf, lane, region, serverId } from "../../bench.js";
import {
  type ExecutionSeen,
  type ExecutionStepSeen,
  minutes,
  type StepSeen,
  servers,
} from "./plan-calls.js";

const fleetSize = 8;
const day = 86_400;

type Action =
  | { readonly kind: "start" | "cancel" }
  | { readonly kind: "skip" | "retry"; readonly step: number }
  | { readonly kind: "stranger"; readonly servers: readonly number[] }
  | { readonly kind: "stranger-terminates" }
  | { readonly kind: "fail"; readonly server: number; readonly phase: "conversion" | "launch" }
  | { readonly kind: "pass"; readonly seconds: number };

const server = fc.integer({ min: 1, max: fleetSize });
const step = fc.nat({ max: 3 });

const failure = fc.record({
  kind: fc.constant("fail" as const),
  server,
  phase: fc.constantFrom("conversion" as const, "launch" as const),
});

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ kind: "start" as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: "cancel" as const }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("skip" as const), step }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("retry" as const), step }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("stranger" as const),
      servers: fc.array(server, { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: "stranger-terminates" as const }) },
  { weight: 2, arbitrary: failure },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("pass" as const),
      seconds: fc.integer({ min: 0, max: 1_500 }),
    }),
  },
);

/** Steps of a plan: how many of the fleet's servers each takes, which are optional, and a wait of 0 or more. */
const planned = fc.array(
  fc.record({
    critical: fc.integer({ min: 0, max: 2 }),
    optional: fc.integer({ min: 1, max: 2 }),
    waitMinutes: fc.constantFrom(0, 0, 10),
  }),
  { minLength: 1, maxLength: 2 },
);

const switches = fc.record({
  planJobs: fc.constantFrom("per-step" as const, "per-server" as const),
  planStepOverQuota: fc.constantFrom("fails" as const, "waits" as const),
  planCancelEndsWait: fc.boolean(),
});

type Planned = typeof planned extends fc.Arbitrary<infer T> ? T : never;
type Switches = typeof switches extends fc.Arbitrary<infer T> ? T : never;

/** An execution at last. */
interface Ended {
  readonly seen: ExecutionSeen;
  readonly steps: readonly ExecutionStepSeen[];
}

/** Everything that a run left behind. */
interface Outcome {
  readonly executions: readonly Ended[];
  readonly jobs: ReturnType<DrsEmulator["jobs"]>;
}

async function run(plan: Planned, options: Switches, actions: readonly Action[]): Promise<Outcome> {
  const clock = createVirtualClock();
  const quotas = () => ({ concurrentJobs: 4, serversInAllJobs: 7 });
  const drs = createDrs({
    timeline: clock,
    seed: 5,
    fleet: fleetOf(fleetSize),
    options: { ...options, quotas, planJobTags: "of-execution" },
  });
  const roleArn = `arn:aws:iam::${account}:role/operator`;
  const ask = async (operation: string, body: object): Promise<Record<string, unknown>> => {
    const reply = await drs.answer({
      service: "drs",
      region,
      principal: { account, roleArn, arn: roleArn },
      method: "POST",
      path: `/${operation}`,
      query: new URLSearchParams(),
      headers: {},
      body: Buffer.from(JSON.stringify(body)),
    });
    return { status: reply.status, ...JSON.parse(String(reply.body)) };
  };
  const pass = async (seconds: number): Promise<void> => {
    let isOver = false;
    clock.at(plusSeconds(clock.now(), seconds), () => {
      isOver = true;
    });
    await clock.run(() => isOver, `${seconds} s`);
  };
  const created = (await ask("CreateRecoveryPlan", { name: "shop" })).recoveryPlan;
  const { recoveryPlanArn } = created as { recoveryPlanArn: string };
  let next = 1;
  for (const { critical, optional, waitMinutes } of plan) {
    const numbers = Array.from({ length: critical + optional }, (_, index) => next + index);
    next += numbers.length;
    const signed = numbers.map((number, index) => (index < critical ? number : -number));
    const configurations = [servers(...signed), ...(waitMinutes > 0 ? [minutes(waitMinutes)] : [])];
    for (const configuration of configurations) {
      const body = { recoveryPlanArn, stepName: "a step", configuration };
      const { recoveryPlanStep } = await ask("CreateRecoveryPlanStep", body);
      expect((recoveryPlanStep as StepSeen).stepName).toBe("a step");
    }
  }

  const started: string[] = [];
  const stepArn = async (index: number): Promise<string> => {
    const recoveryPlanExecutionArn = started.at(-1);
    const listed = await ask("ListRecoveryPlanExecutionSteps", { recoveryPlanExecutionArn });
    const steps = (listed.recoveryPlanExecutionSteps ?? []) as readonly ExecutionStepSeen[];
    return steps[index]?.recoveryPlanExecutionStepArn ?? roleArn;
  };
  const act = async (one: Action): Promise<void> => {
    if (one.kind === "pass") await pass(one.seconds);
    if (one.kind === "fail") drs.failServer(serverId(one.server), one.phase, 1);
    if (one.kind === "stranger") drs.stranger.startRecovery(lane, one.servers.map(serverId));
    if (one.kind === "stranger-terminates") {
      drs.stranger.terminate(
        lane,
        drs.instances(lane).map(({ instance }) => instance),
      );
    }
    if (one.kind === "start") {
      const { recoveryPlanExecution: execution } = await ask("StartRecoveryPlanExecution", {
        recoveryPlanArn,
        mode: "DRILL",
        tags: { execution: String(started.length) },
      });
      if (execution) started.push((execution as ExecutionSeen).recoveryPlanExecutionArn);
    }
    const recoveryPlanExecutionArn = started.at(-1);
    if (one.kind === "cancel" && recoveryPlanExecutionArn !== undefined) {
      await ask("CancelRecoveryPlanExecution", { recoveryPlanExecutionArn });
    }
    if (one.kind === "skip" || one.kind === "retry") {
      const recoveryPlanExecutionStepArn = await stepArn(one.step);
      const body = { recoveryPlanExecutionStepArn };
      if (one.kind === "retry") await ask("RetryRecoveryPlanExecutionStep", body);
      else await ask("UpdateRecoveryPlanExecutionStep", { ...body, status: "SKIPPED" });
    }
  };
  for (const one of actions) await act(one);
  await pass(2 * day);

  const executions = [];
  for (const recoveryPlanExecutionArn of started) {
    const { recoveryPlanExecution } = await ask("GetRecoveryPlanExecution", {
      recoveryPlanExecutionArn,
    });
    const { recoveryPlanExecutionSteps } = await ask("ListRecoveryPlanExecutionSteps", {
      recoveryPlanExecutionArn,
    });
    executions.push({
      seen: recoveryPlanExecution as ExecutionSeen,
      steps: recoveryPlanExecutionSteps as readonly ExecutionStepSeen[],
    });
  }
  return { executions, jobs: drs.jobs(lane) };
}

function serversIn({ configuration }: ExecutionStepSeen) {
  return configuration.executionServerStepConfiguration?.servers ?? [];
}

/** What has become of each server of a step: by its job, or by the step when no job was begun. */
function checkResults({ seen, steps }: Ended, { jobs }: Outcome): void {
  for (const one of steps) {
    const results = serversIn(one).map(({ serverArn, jobID, impactLevel }) => {
      const job = jobs.find(({ jobId }) => jobId === jobID);
      if (job) expect(job.endedAt).toBeLessThanOrEqual(Date.parse(seen.completedAt ?? ""));
      const participant = job?.participants.find(({ server: id }) => serverArn.endsWith(id));
      return { impactLevel, result: participant?.launchStatus ?? "none" };
    });
    const failed = results.filter(({ result }) => result !== "LAUNCHED");
    for (const { result } of results) expect(["LAUNCHED", "FAILED", "none"]).toContain(result);
    if (one.status === "COMPLETED") {
      expect(failed.filter(({ impactLevel }) => impactLevel === "CRITICAL")).toEqual([]);
      expect(failed.filter(({ result }) => result === "none")).toEqual([]);
    } else if (one.status === "FAILED") {
      expect(one.errorDetail).toBeDefined();
      expect(failed).not.toEqual([]);
    } else if (one.status === "NOT_STARTED") {
      expect(results.filter(({ result }) => result !== "none")).toEqual([]);
    } else {
      expect(one.status).toBe("SKIPPED");
    }
  }
}

/** Servers that the jobs of an execution launched, each as often as they did. */
function launchedBy({ seen }: Ended, { jobs }: Outcome): readonly string[] {
  return jobs
    .filter(({ tags }) => tags.execution === seen.tags.execution)
    .flatMap(({ participants }) => participants)
    .filter(({ launchStatus }) => launchStatus === "LAUNCHED")
    .map((one) => one.server);
}

describe("an execution, whatever happens beside it and to it", () => {
  it("ends after its jobs, with a result for each server, and launches none of them twice", async () => {
    const ends = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        planned,
        switches,
        fc.array(failure, { maxLength: 5 }),
        fc.array(action, { minLength: 4, maxLength: 30 }),
        async (plan, options, failures, actions) => {
          const outcome = await run(plan, options, [...failures, { kind: "start" }, ...actions]);
          for (const one of outcome.executions) {
            ends.add(one.seen.status);
            expect(["COMPLETED", "FAILED", "CANCELLED"]).toContain(one.seen.status);
            checkResults(one, outcome);
            const launched = launchedBy(one, outcome);
            expect(launched).toHaveLength(new Set(launched).size);
          }
        },
      ),
    );
    expect([...ends].sort()).toEqual(["CANCELLED", "COMPLETED", "FAILED"]);
  });
});
