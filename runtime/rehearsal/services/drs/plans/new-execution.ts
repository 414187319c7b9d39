import type { Call } from "../operation.js";
import { arnIn } from "../world.js";
import type {
  ExecutionRecord,
  ExecutionStep,
  ExecutionStepConfiguration,
  PlanRecord,
  StepConfiguration,
} from "./model.js";
import { stepArn } from "./step-arn.js";

/** Notes an execution of a plan as it is now: later changes of the plan are not its own. */
export function newExecution(
  { world, lane, caller }: Call,
  plan: PlanRecord,
  { mode, tags, pins }: Pick<ExecutionRecord, "mode" | "tags" | "pins">,
): ExecutionRecord {
  const { executions, created } = lane.recoveryPlans;
  created.executions += 1;
  const digits = (...parts: readonly (string | number)[]): string =>
    world.digits(17, "plan-execution", lane.lane, created.executions, ...parts);
  const id = `exec-${digits()}`;
  const arn = arnIn(lane, `recovery-plan-execution/${id}`);
  const now = world.now();
  const steps = plan.steps.map(
    ({ name, configuration }, place): ExecutionStep => ({
      arn: stepArn(world, arn, `step-${digits(place)}`),
      index: place + 1,
      name,
      configuration: executionConfiguration(configuration),
      status: "NOT_STARTED",
      attempt: 1,
      createdAt: now,
      updatedAt: now,
    }),
  );
  const execution: ExecutionRecord = {
    id,
    arn,
    sequence: created.executions,
    plan: { id: plan.id, arn: plan.arn },
    mode,
    status: "CREATED",
    startedAt: now,
    tags: { ...tags },
    steps,
    pins,
    caller,
  };
  executions.set(id, execution);
  return execution;
}

/** A step's configuration with places for what becomes of its servers. */
export function executionConfiguration(
  configuration: StepConfiguration,
): ExecutionStepConfiguration {
  if (configuration.kind === "wait") return configuration;
  return { kind: "server", servers: configuration.servers.map((server) => ({ ...server })) };
}
