import { type Instant, plusSeconds } from "../../../../core/instant.js";
import { planLimits } from "./limits.js";
import {
  type ErrorDetail,
  type ExecutionRecord,
  type ExecutionStatus,
  type ExecutionStep,
  type ExecutionStepStatus,
  serversOf,
} from "./model.js";
import { validateServers } from "./recover-servers.js";
import type { Run } from "./run.js";
import { detailOf, runServerStep } from "./run-server-step.js";

/** Sets an accepted execution going: its servers are validated first. */
export function startRun(run: Run): void {
  const { world, execution } = run;
  limitTime(run);
  world.after(execution.startedAt, world.switches.planValidationSeconds, () => {
    if (execution.status === "CREATED") validate(run);
  });
}

/** Runs a step that failed once more; the steps behind it follow as ever. */
export function retryStep(run: Run, step: ExecutionStep): void {
  const { world } = run;
  step.attempt += 1;
  step.errorDetail = undefined;
  moveStep(run, step, "EXECUTING");
  resume(run);
  world.after(world.now(), world.switches.planStepGapSeconds, () => {
    if (step.status === "EXECUTING") recover(run, step);
  });
}

/** Leaves out a step. An execution that had failed by it goes on behind it. */
export function skipStep(run: Run, step: ExecutionStep): void {
  const hasFailed = step.status === "FAILED";
  moveStep(run, step, "SKIPPED");
  if (!hasFailed || run.execution.status !== "FAILED") return;
  resume(run);
  runNextSoon(run);
}

/** Starts no further step. What runs goes on to its end, and the execution ends with it. */
export function cancelRun(run: Run): void {
  const { world, execution } = run;
  const running = runningStep(execution);
  for (const step of execution.steps) {
    if (step.status === "NOT_STARTED") moveStep(run, step, "SKIPPED");
  }
  if (running?.status === "WAITING" && world.switches.planCancelEndsWait) {
    moveStep(run, running, "SKIPPED");
  }
  if (runningStep(execution)) execution.status = "CANCELLING";
  else end(run, "CANCELLED");
}

/** Whether the time of an execution is up, so that it cannot go on. */
export function isOutOfTime({ world, execution }: Run): boolean {
  return world.now() >= limitOf(execution);
}

/** Ends the step that runs, and lets the execution go on or end as that asks for. */
function endStep(
  run: Run,
  step: ExecutionStep,
  status: "COMPLETED" | "FAILED",
  errorDetail?: ErrorDetail,
): void {
  const { execution } = run;
  step.errorDetail = errorDetail;
  moveStep(run, step, status);
  if (execution.status === "CANCELLING") end(run, "CANCELLED");
  else if (status === "FAILED") end(run, "FAILED", errorDetail);
  else runNextSoon(run);
}

function validate(run: Run): void {
  const { world, lane, execution } = run;
  const servers = serversOf(
    execution.steps
      .filter(({ status }) => status === "NOT_STARTED")
      .map(({ configuration }) => configuration),
  );
  try {
    validateServers(world, lane, execution, servers);
  } catch (error) {
    end(run, "FAILED", detailOf(error));
    return;
  }
  execution.status = "IN_PROGRESS";
  runNext(run);
}

function resume(run: Run): void {
  const { execution } = run;
  execution.status = "IN_PROGRESS";
  execution.completedAt = undefined;
  execution.errorDetail = undefined;
  limitTime(run);
}

function runNextSoon(run: Run): void {
  const { world } = run;
  world.after(world.now(), world.switches.planStepGapSeconds, () => {
    if (run.execution.status === "IN_PROGRESS") runNext(run);
  });
}

function runNext(run: Run): void {
  const { steps } = run.execution;
  const step = steps.find(({ status }) => status === "NOT_STARTED");
  if (!step) {
    const isWhole = steps.every(({ status }) => status === "COMPLETED");
    end(run, "COMPLETED", isWhole ? undefined : withSkippedSteps);
    return;
  }
  if (step.configuration.kind === "wait") {
    wait(run, step, step.configuration.waitDurationMinutes);
    return;
  }
  moveStep(run, step, "EXECUTING");
  recover(run, step);
}

function recover(run: Run, step: ExecutionStep): void {
  runServerStep(run, step, (status, errorDetail) => endStep(run, step, status, errorDetail));
}

function wait(run: Run, step: ExecutionStep, minutes: number): void {
  const { world } = run;
  moveStep(run, step, "WAITING");
  world.after(world.now(), minutes * 60, () => {
    if (step.status === "WAITING") endStep(run, step, "COMPLETED");
  });
}

/** The message is AWS's; its code is ours, and the user guide warns of relying on it. */
const withSkippedSteps: ErrorDetail = {
  code: "COMPLETED_WITH_SKIPPED_STEPS",
  message: "Completed with skipped steps. View execution details for more information.",
};

function end({ world, execution }: Run, status: ExecutionStatus, errorDetail?: ErrorDetail): void {
  execution.stopLimit?.();
  execution.status = status;
  execution.completedAt = world.now();
  execution.errorDetail = errorDetail;
}

function moveStep({ world }: Run, step: ExecutionStep, status: ExecutionStepStatus): void {
  step.status = status;
  step.updatedAt = world.now();
}

/** Jobs that run when the time is up run on; nobody waits for them any more. */
function limitTime(run: Run): void {
  const { world, execution } = run;
  const message = "The execution reached its limit of 24 hours";
  execution.stopLimit = world.timeline.at(limitOf(execution), () => {
    const running = runningStep(execution);
    if (running) moveStep(run, running, "TIMED_OUT");
    end(run, world.switches.planTimeLimitStatus, { code: "TIMED_OUT", message });
  });
}

/** Retries do not move it. */
function limitOf({ startedAt }: ExecutionRecord): Instant {
  return plusSeconds(startedAt, planLimits.executionSeconds);
}

function runningStep({ steps }: ExecutionRecord): ExecutionStep | undefined {
  return steps.find(({ status }) => status === "EXECUTING" || status === "WAITING");
}
