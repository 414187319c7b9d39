import { Refusal, refusalAs } from "../refusal.js";
import type { World } from "../world.js";

const types = {
  plan: "AWS::DRS::RecoveryPlan",
  step: "AWS::DRS::RecoveryPlanStep",
  execution: "AWS::DRS::RecoveryPlanExecution",
  executionStep: "AWS::DRS::RecoveryPlanExecutionStep",
} as const;

export type PlanResource = keyof typeof types;

/** What a refusal is about. */
export interface About {
  readonly kind: PlanResource;
  readonly id: string;
}

/** The refusal of what the rules of plans forbid. */
export function againstRules(world: World, message: string, { kind, id }: About): Refusal {
  return refusalAs(world.switches.planRequestRefused, message, id, types[kind]);
}

/** The refusal of what a plan, an execution or a step is in no state for. */
export function inWrongState(world: World, message: string, { kind, id }: About): Refusal {
  return refusalAs(world.switches.planStateRefused, message, id, types[kind]);
}

/** A refusal whose error the user guide names. */
export function conflict(message: string, { kind, id }: About): Refusal {
  return refusalAs("ConflictException", message, id, types[kind]);
}

export function notFound(message: string, { kind, id }: About): Refusal {
  return refusalAs("ResourceNotFoundException", message, id, types[kind]);
}

/** The refusal of one too many. Its text is ours; the quotas of plans have no code. */
export function overPlanQuota(world: World, message: string, { kind, id }: About): Refusal {
  const { planOverQuota } = world.switches;
  if (planOverQuota !== "ServiceQuotaExceededException") {
    return refusalAs(planOverQuota, message, id, types[kind]);
  }
  const members = { resourceId: id, resourceType: types[kind], serviceCode: "drs" };
  return new Refusal(planOverQuota, message, { members });
}
