import { listOf, readMembers, readRequired } from "../members.js";
import { type Call, type Operation, postOperation } from "../operation.js";
import { ascending, page } from "../paging.js";
import { onceByToken } from "./client-tokens.js";
import { mostPerPage, planLimits } from "./limits.js";
import { type PlanRecord, type PlanStep, type StepConfiguration, serversOf } from "./model.js";
import { namedPlan, namedStep, rightsOn } from "./named.js";
import { planName, stepConfiguration, stepOrder, strictArn } from "./readers.js";
import { againstRules, refusedAs } from "./refusals.js";
import { checkFirst, checkSteps } from "./rules.js";
import { stepArn } from "./step-arn.js";
import { wirePlanStep } from "./wire.js";

const createRecoveryPlanStep = postOperation("CreateRecoveryPlanStep", {
  rights: rightsOn("drs:CreateRecoveryPlanStep", "recoveryPlanArn"),
  run(call) {
    const plan = namedPlan(call);
    const find = (arn: string): PlanStep | undefined => plan.steps.find((one) => one.arn === arn);
    const step = onceByToken(call, `CreateRecoveryPlanStep ${plan.arn}`, find, () =>
      create(call, plan),
    );
    return { status: 201, body: { recoveryPlanStep: wirePlanStep(call.world, plan, step) } };
  },
});

const getRecoveryPlanStep = postOperation("GetRecoveryPlanStep", {
  rights: rightsOn("drs:GetRecoveryPlanStep", "recoveryPlanStepArn"),
  run(call) {
    const { plan, step } = namedStep(call);
    return { status: 200, body: { recoveryPlanStep: wirePlanStep(call.world, plan, step) } };
  },
});

const listRecoveryPlanSteps = postOperation("ListRecoveryPlanSteps", {
  rights: rightsOn("drs:ListRecoveryPlanSteps", "recoveryPlanArn"),
  run(call) {
    const { world, body } = call;
    const plan = namedPlan(call);
    const placed = plan.steps.map((item, index) => ({ key: ascending(index), item }));
    const { items, ...next } = page(world, body, placed, { mostAllowed: mostPerPage });
    const recoveryPlanSteps = items.map((step) => wirePlanStep(world, plan, step));
    return { status: 200, body: { recoveryPlanSteps, ...next } };
  },
});

const updateRecoveryPlanStep = postOperation("UpdateRecoveryPlanStep", {
  rights: rightsOn("drs:UpdateRecoveryPlanStep", "recoveryPlanStepArn"),
  run(call) {
    const { world, body } = call;
    const { plan, step } = namedStep(call);
    const readers = { stepName: planName, configuration: stepConfiguration };
    const { stepName, configuration } = readMembers(body, readers);
    if (configuration) checkReplacement(call, plan, step, configuration);
    step.name = stepName ?? step.name;
    step.configuration = configuration ?? step.configuration;
    step.updatedAt = world.now();
    touch(call, plan);
    return { status: 200, body: { recoveryPlanStep: wirePlanStep(world, plan, step) } };
  },
});

const deleteRecoveryPlanStep = postOperation("DeleteRecoveryPlanStep", {
  rights: rightsOn("drs:DeleteRecoveryPlanStep", "recoveryPlanStepArn"),
  run(call) {
    const { world } = call;
    const { plan, step } = namedStep(call);
    const left = plan.steps.filter((one) => one !== step);
    const { planWaitFirstByDeletion } = world.switches;
    if (planWaitFirstByDeletion !== "accepted" && left[0]?.configuration.kind === "wait") {
      const message = "The wait step behind it would be the first step of the plan";
      throw refusedAs(planWaitFirstByDeletion, message, { kind: "step", id: step.arn });
    }
    plan.steps = left;
    touch(call, plan);
    return { status: 200, body: { recoveryPlanStepArn: step.arn } };
  },
});

const reorderRecoveryPlanSteps = postOperation("ReorderRecoveryPlanSteps", {
  rights: rightsOn("drs:ReorderRecoveryPlanSteps", "recoveryPlanArn"),
  run(call) {
    const { world } = call;
    const plan = namedPlan(call);
    const steps = inWantedOrder(call, plan);
    checkFirst(world, steps[0]?.configuration, { kind: "plan", id: plan.arn });
    plan.steps = steps;
    touch(call, plan);
    const recoveryPlanSteps = steps.map((step) => wirePlanStep(world, plan, step));
    return { status: 200, body: { recoveryPlanSteps } };
  },
});

/** Steps of recovery plans. Executions that run have copies, which these do not change. */
export const planStepOperations: readonly Operation[] = [
  createRecoveryPlanStep,
  getRecoveryPlanStep,
  listRecoveryPlanSteps,
  updateRecoveryPlanStep,
  deleteRecoveryPlanStep,
  reorderRecoveryPlanSteps,
];

interface WantedStep {
  readonly stepName: string;
  readonly stepOrder: number;
  readonly configuration: StepConfiguration;
}

function create(call: Call, plan: PlanRecord): PlanStep {
  const { world, lane, body } = call;
  const readers = { stepName: planName, stepOrder, configuration: stepConfiguration };
  const wanted = readRequired<WantedStep, "stepName" | "configuration">(body, readers, [
    "stepName",
    "configuration",
  ]);
  const { stepName, configuration } = wanted;
  const { created } = lane.recoveryPlans;
  const step: PlanStep = {
    arn: stepArn(
      world,
      plan.arn,
      `st-${world.digits(17, "plan-step", lane.lane, created.steps + 1)}`,
    ),
    name: stepName,
    configuration,
    createdAt: world.now(),
    updatedAt: world.now(),
  };
  const about = { kind: "plan", id: plan.arn } as const;
  const place = placeOf(call, plan, wanted.stepOrder);
  if (place === 0) checkFirst(world, configuration, about);
  const steps = plan.steps.toSpliced(place, 0, step);
  checkSteps(world, lane, {
    configurations: steps.map((one) => one.configuration),
    named: serversOf([configuration]),
    about,
    declaresQuota: true,
  });
  created.steps += 1;
  plan.steps = steps;
  touch(call, plan);
  return step;
}

/** Index at which a step of this order comes to stand; without order, after all others. */
function placeOf({ world }: Call, plan: PlanRecord, order: number | undefined): number {
  const last = plan.steps.length;
  if (order === undefined) return last;
  if (order - 1 <= last) return order - 1;
  const message = `stepOrder must be at most ${last + 1}, got ${order}`;
  throw againstRules(world, message, { kind: "plan", id: plan.arn });
}

function checkReplacement(
  { world, lane }: Call,
  plan: PlanRecord,
  step: PlanStep,
  configuration: StepConfiguration,
): void {
  const about = { kind: "step", id: step.arn } as const;
  if (configuration.kind !== step.configuration.kind) {
    throw againstRules(world, `The type of step ${step.arn} cannot be changed`, about);
  }
  checkSteps(world, lane, {
    configurations: plan.steps.map((one) => (one === step ? configuration : one.configuration)),
    named: serversOf([configuration]),
    about,
    declaresQuota: false,
  });
}

/** The steps of a plan as the call lists them; it must list each, once. */
function inWantedOrder({ world, body }: Call, plan: PlanRecord): readonly PlanStep[] {
  const arns = listOf(strictArn, { min: 1, max: planLimits.stepsPerPlan });
  const { orderedStepArns } = readRequired<
    { orderedStepArns: readonly string[] },
    "orderedStepArns"
  >(body, { orderedStepArns: arns }, ["orderedStepArns"]);
  const steps = orderedStepArns.flatMap((arn) => plan.steps.filter((one) => one.arn === arn));
  const isComplete = new Set(steps).size === plan.steps.length;
  if (isComplete && orderedStepArns.length === plan.steps.length) return steps;
  const message = "orderedStepArns must list every step of the plan once, and no other";
  throw againstRules(world, message, { kind: "plan", id: plan.arn });
}

function touch({ world }: Call, plan: PlanRecord): void {
  if (world.switches.planTouchedBySteps) plan.updatedAt = world.now();
}
