import { oneOf, readMembers, structure } from "../members.js";
import { type Call, type Operation, postOperation } from "../operation.js";
import { ascending, page } from "../paging.js";
import { mostPerPage } from "./limits.js";
import type { ExecutionRecord, ExecutionStep } from "./model.js";
import { namedExecution, namedExecutionStep, rightsOn } from "./named.js";
import { againstRules, inWrongState } from "./refusals.js";
import { checkResume } from "./resume-check.js";
import { retryStep } from "./run-execution.js";
import { unfitMessage, updateStep } from "./update-step.js";
import { wireExecutionStep, wireExecutionStepSummary } from "./wire.js";

const getRecoveryPlanExecutionStep = postOperation("GetRecoveryPlanExecutionStep", {
  rights: rightsOn("drs:GetRecoveryPlanExecutionStep", "recoveryPlanExecutionStepArn"),
  run(call) {
    const { step } = namedExecutionStep(call);
    return {
      status: 200,
      body: { recoveryPlanExecutionStep: wireExecutionStep(call.world, step) },
    };
  },
});

const listRecoveryPlanExecutionSteps = postOperation("ListRecoveryPlanExecutionSteps", {
  rights: rightsOn("drs:ListRecoveryPlanExecutionSteps", "recoveryPlanExecutionArn"),
  run(call) {
    const { world, body } = call;
    const execution = namedExecution(call);
    const { filter: { status } = {} } = readMembers<{ filter: Partial<Filter> }>(body, { filter });
    const placed = execution.steps
      .filter((step) => status === undefined || step.status === status)
      .map((item) => ({ key: ascending(item.index), item }));
    const { items, ...next } = page(world, body, placed, { mostAllowed: mostPerPage });
    const recoveryPlanExecutionSteps = items.map(wireExecutionStepSummary);
    return { status: 200, body: { recoveryPlanExecutionSteps, ...next } };
  },
});

const retryRecoveryPlanExecutionStep = postOperation("RetryRecoveryPlanExecutionStep", {
  rights: rightsOn("drs:RetryRecoveryPlanExecutionStep", "recoveryPlanExecutionStepArn"),
  run(call) {
    const { world, lane, caller } = call;
    const { execution, step } = namedExecutionStep(call);
    checkRetry(call, execution, step);
    execution.caller = caller;
    retryStep({ world, lane, execution }, step);
    return { status: 200, body: { recoveryPlanExecutionStep: wireExecutionStep(world, step) } };
  },
});

const updateRecoveryPlanExecutionStep = postOperation("UpdateRecoveryPlanExecutionStep", {
  rights: rightsOn("drs:UpdateRecoveryPlanExecutionStep", "recoveryPlanExecutionStepArn"),
  run(call) {
    const { execution, step } = namedExecutionStep(call);
    updateStep(call, execution, step);
    return {
      status: 200,
      body: { recoveryPlanExecutionStep: wireExecutionStep(call.world, step) },
    };
  },
});

/** Steps of the runs of recovery plans. */
export const executionStepOperations: readonly Operation[] = [
  getRecoveryPlanExecutionStep,
  listRecoveryPlanExecutionSteps,
  retryRecoveryPlanExecutionStep,
  updateRecoveryPlanExecutionStep,
];

interface Filter {
  readonly status: ExecutionStep["status"];
}

const filter = structure<Filter>({
  status: oneOf([
    "NOT_STARTED",
    "EXECUTING",
    "WAITING",
    "COMPLETED",
    "FAILED",
    "TIMED_OUT",
    "SKIPPED",
  ]),
});

/** Source: user guide, retrying a failed step. */
function checkRetry(call: Call, execution: ExecutionRecord, step: ExecutionStep): void {
  const { world, lane } = call;
  const about = { kind: "executionStep", id: step.arn } as const;
  if (step.configuration.kind === "wait") {
    throw againstRules(world, "A wait step cannot be retried", about);
  }
  if (execution.status !== "FAILED" || step.status !== "FAILED") {
    const message = unfitMessage(execution, step, "retried");
    throw inWrongState(world, message, about);
  }
  checkResume(world, lane, execution);
}
