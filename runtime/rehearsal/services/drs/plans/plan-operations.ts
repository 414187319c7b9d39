import { readMembers, readRequired, tagMap } from "../members.js";
import type { LaneRecord } from "../model.js";
import { type Call, type Operation, postOperation, right } from "../operation.js";
import { ascending, page } from "../paging.js";
import { taggingRights } from "../tagging-rights.js";
import { arnIn, type World } from "../world.js";
import { onceByToken } from "./client-tokens.js";
import { mostPerPage, planLimits } from "./limits.js";
import { activeExecution, type PlanRecord } from "./model.js";
import { namedPlan, rightsOn } from "./named.js";
import { planDescription, planName } from "./readers.js";
import { inWrongState, overPlanQuota } from "./refusals.js";
import { wirePlan, wirePlanSummary } from "./wire.js";

const createRecoveryPlan = postOperation("CreateRecoveryPlan", {
  rights: (call) => [
    right("drs:CreateRecoveryPlan"),
    ...taggingRights(call, [arnIn(call.lane, "recovery-plan/plan-00000000000000000")]),
  ],
  run(call) {
    const { world, lane } = call;
    const { plans } = lane.recoveryPlans;
    const find = (arn: string): PlanRecord | undefined =>
      [...plans.values()].find((plan) => plan.arn === arn);
    const plan = onceByToken(call, "CreateRecoveryPlan", find, () => create(call));
    return { status: 201, body: { recoveryPlan: wirePlan(world, plan) } };
  },
});

const getRecoveryPlan = postOperation("GetRecoveryPlan", {
  rights: rightsOn("drs:GetRecoveryPlan", "recoveryPlanArn"),
  run: (call) => ({
    status: 200,
    body: { recoveryPlan: wirePlan(call.world, namedPlan(call)) },
  }),
});

const listRecoveryPlans = postOperation("ListRecoveryPlans", {
  rights: () => [right("drs:ListRecoveryPlans")],
  run({ world, lane, body }) {
    const placed = [...lane.recoveryPlans.plans.values()].map((item) => ({
      key: ascending(item.sequence),
      item,
    }));
    const { items, ...next } = page(world, body, placed, { mostAllowed: mostPerPage });
    const recoveryPlans = items.map((plan) => wirePlanSummary(world, plan));
    return { status: 200, body: { recoveryPlans, ...next } };
  },
});

const updateRecoveryPlan = postOperation("UpdateRecoveryPlan", {
  rights: rightsOn("drs:UpdateRecoveryPlan", "recoveryPlanArn"),
  run(call) {
    const { world, lane, body } = call;
    const plan = namedPlan(call);
    const readers = { name: planName, description: planDescription };
    const { name = plan.name, description } = readMembers(body, readers);
    checkNameIsFree(world, lane, name, plan);
    plan.name = name;
    if (description !== undefined) plan.description = description;
    plan.updatedAt = world.now();
    return { status: 200, body: { recoveryPlan: wirePlan(world, plan) } };
  },
});

const deleteRecoveryPlan = postOperation("DeleteRecoveryPlan", {
  rights: rightsOn("drs:DeleteRecoveryPlan", "recoveryPlanArn"),
  run(call) {
    const { world, lane } = call;
    const plan = namedPlan(call);
    const running = activeExecution(lane.recoveryPlans, plan.id);
    if (running) {
      const message = `Recovery plan ${plan.id} has execution ${running.id} in progress`;
      throw inWrongState(world, message, { kind: "plan", id: plan.arn });
    }
    plan.isBeingDeleted = true;
    const { planDeletionSeconds } = world.switches;
    if (planDeletionSeconds === 0) forget(world, lane, plan);
    else world.after(world.now(), planDeletionSeconds, () => forget(world, lane, plan));
    return { status: 200, body: { recoveryPlanArn: plan.arn } };
  },
});

/** Recovery plans themselves, without their steps. */
export const planOperations: readonly Operation[] = [
  createRecoveryPlan,
  getRecoveryPlan,
  listRecoveryPlans,
  updateRecoveryPlan,
  deleteRecoveryPlan,
];

function create({ world, lane, body }: Call): PlanRecord {
  const readers = { name: planName, description: planDescription, tags: tagMap };
  const {
    name,
    description,
    tags = {},
  } = readRequired<
    { name: string; description: string; tags: Readonly<Record<string, string>> },
    "name"
  >(body, readers, ["name"]);
  checkNameIsFree(world, lane, name);
  const { plans, created } = lane.recoveryPlans;
  const { plansPerLane } = planLimits;
  if (plans.size >= plansPerLane) {
    const message = `An account has at most ${plansPerLane} recovery plans in a Region`;
    throw overPlanQuota(world, message, { kind: "plan", id: name });
  }
  created.plans += 1;
  const id = `plan-${world.digits(17, "plan", lane.lane, created.plans)}`;
  const plan: PlanRecord = {
    id,
    arn: arnIn(lane, `recovery-plan/${id}`),
    sequence: created.plans,
    name,
    ...(description !== undefined && { description }),
    tags: { ...tags },
    steps: [],
    createdAt: world.now(),
    updatedAt: world.now(),
    isBeingDeleted: false,
  };
  plans.set(id, plan);
  return plan;
}

/** Names are unique in a lane. Source: user guide, recovery plan concepts. */
function checkNameIsFree(world: World, lane: LaneRecord, name: string, own?: PlanRecord): void {
  const plans = [...lane.recoveryPlans.plans.values()];
  const other = plans.find((plan) => plan.name === name && plan !== own);
  if (!other) return;
  const message = `Recovery plan ${other.id} has the name ${name} already`;
  throw inWrongState(world, message, { kind: "plan", id: other.arn });
}

function forget(world: World, lane: LaneRecord, plan: PlanRecord): void {
  const { plans, executions } = lane.recoveryPlans;
  plans.delete(plan.id);
  if (world.switches.planDeletionKeepsExecutions) return;
  for (const { id, plan: of } of executions.values()) {
    if (of.id === plan.id) executions.delete(id);
  }
}
