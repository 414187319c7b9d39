import { parseArn } from "../../arns.js";
import type { NeededRight } from "../../service.js";
import { type Call, right } from "../operation.js";
import type { ExecutionRecord, ExecutionStep, PlanRecord, PlanStep } from "./model.js";
import { arnOf } from "./readers.js";
import { notFound } from "./refusals.js";

/** The plan that `recoveryPlanArn` names. */
export function namedPlan({ lane, body }: Call): PlanRecord {
  const arn = arnOf(body, "recoveryPlanArn");
  const found = [...lane.recoveryPlans.plans.values()].find((plan) => plan.arn === arn);
  if (found) return found;
  throw notFound(`Recovery plan ${arn} does not exist`, { kind: "plan", id: arn });
}

/** The step that `recoveryPlanStepArn` names, with its plan. */
export function namedStep({ lane, body }: Call): { plan: PlanRecord; step: PlanStep } {
  const arn = arnOf(body, "recoveryPlanStepArn");
  for (const plan of lane.recoveryPlans.plans.values()) {
    const step = plan.steps.find((one) => one.arn === arn);
    if (step) return { plan, step };
  }
  throw notFound(`Recovery plan step ${arn} does not exist`, { kind: "step", id: arn });
}

/** The execution that `recoveryPlanExecutionArn` names. */
export function namedExecution({ lane, body }: Call): ExecutionRecord {
  const arn = arnOf(body, "recoveryPlanExecutionArn");
  const found = [...lane.recoveryPlans.executions.values()].find((one) => one.arn === arn);
  if (found) return found;
  throw notFound(`Recovery plan execution ${arn} does not exist`, { kind: "execution", id: arn });
}

/** The step that `recoveryPlanExecutionStepArn` names, with its execution. */
export function namedExecutionStep({ lane, body }: Call): {
  execution: ExecutionRecord;
  step: ExecutionStep;
} {
  const arn = arnOf(body, "recoveryPlanExecutionStepArn");
  for (const execution of lane.recoveryPlans.executions.values()) {
    const step = execution.steps.find((one) => one.arn === arn);
    if (step) return { execution, step };
  }
  const message = `Recovery plan execution step ${arn} does not exist`;
  throw notFound(message, { kind: "executionStep", id: arn });
}

/** Rights to an action on the plan or execution that a member names. IAM knows no ARNs of steps. */
export function rightsOn(action: string, member: string) {
  return ({ body }: Call): readonly NeededRight[] => [
    right(action, [ownerOf(String(body[member]))]),
  ];
}

function ownerOf(arn: string): string {
  const resource = parseArn(arn)?.resource ?? "";
  const [kind = "", id = ""] = resource.split("/");
  return `${arn.slice(0, arn.length - resource.length)}${kind}/${id}`;
}
