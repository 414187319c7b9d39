import { timestamp } from "../wire-values.js";
import type { World } from "../world.js";
import type {
  ExecutionRecord,
  ExecutionServer,
  ExecutionStep,
  PlanRecord,
  PlanStep,
} from "./model.js";

/** A plan has no server to recover without a server step; and so it cannot be started. */
export function planStatus(world: World, { steps }: PlanRecord): "ACTIVE" | "INVALID" {
  if (steps.length === 0) return world.switches.planWithoutSteps;
  return steps.some(({ configuration }) => configuration.kind === "server") ? "ACTIVE" : "INVALID";
}

export function wirePlanSummary(world: World, plan: PlanRecord) {
  return {
    recoveryPlanArn: plan.arn,
    name: plan.name,
    status: planStatus(world, plan),
    createdAt: timestamp(world, plan.createdAt),
    updatedAt: timestamp(world, plan.updatedAt),
  };
}

export function wirePlan(world: World, plan: PlanRecord) {
  return {
    ...wirePlanSummary(world, plan),
    ...(plan.description !== undefined && { description: plan.description }),
    tags: plan.tags,
  };
}

export function wirePlanStep(world: World, plan: PlanRecord, step: PlanStep) {
  const { configuration } = step;
  return {
    recoveryPlanStepArn: step.arn,
    stepOrder: plan.steps.indexOf(step) + 1,
    stepName: step.name,
    configuration:
      configuration.kind === "wait"
        ? wireWait(configuration)
        : { serverStepConfiguration: { servers: configuration.servers } },
    createdAt: timestamp(world, step.createdAt),
    updatedAt: timestamp(world, step.updatedAt),
  };
}

export function wireExecutionSummary(world: World, execution: ExecutionRecord) {
  return {
    recoveryPlanExecutionArn: execution.arn,
    recoveryPlanArn: execution.plan.arn,
    mode: execution.mode,
    status: execution.status,
    startedAt: timestamp(world, execution.startedAt),
    ...(execution.errorDetail && { errorDetail: execution.errorDetail }),
  };
}

export function wireExecution(world: World, execution: ExecutionRecord) {
  const { completedAt, tags } = execution;
  return {
    ...wireExecutionSummary(world, execution),
    ...(completedAt !== undefined && { completedAt: timestamp(world, completedAt) }),
    tags,
  };
}

export function wireExecutionStepSummary(step: ExecutionStep) {
  const { configuration } = step;
  return {
    recoveryPlanExecutionStepArn: step.arn,
    stepName: step.name,
    stepIndex: step.index,
    status: step.status,
    configuration:
      configuration.kind === "wait"
        ? wireWait(configuration)
        : { executionServerStepConfiguration: { servers: configuration.servers.map(wireServer) } },
    ...(step.errorDetail && { errorDetail: step.errorDetail }),
  };
}

export function wireExecutionStep(world: World, step: ExecutionStep) {
  return {
    ...wireExecutionStepSummary(step),
    attempt: step.attempt,
    createdAt: timestamp(world, step.createdAt),
    updatedAt: timestamp(world, step.updatedAt),
  };
}

function wireWait({ waitDurationMinutes }: { readonly waitDurationMinutes: number }) {
  return { waitStepConfiguration: { waitDurationMinutes } };
}

function wireServer({ serverArn, impactLevel, jobId }: ExecutionServer) {
  return { serverArn, impactLevel, ...(jobId !== undefined && { jobID: jobId }) };
}
