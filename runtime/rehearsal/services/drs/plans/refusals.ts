import { Refusal, refusalAs } from "../refusal.js";
import type { PossibleRefusal } from "../switches.js";
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

/** A refusal whose error a switch of its own chooses. */
export function refusedAs(refusal: PossibleRefusal, message: string, { kind, id }: About): Refusal {
  return refusalAs(refusal, message, id, types[kind]);
}

/** The refusal of what the rules of plans forbid. */
export function againstRules(world: World, message: string, about: About): Refusal {
  return refusedAs(world.switches.planRequestRefused, message, about);
}

/** The refusal of what a plan, an execution or a step is in no state for. */
export function inWrongState(world: World, message: string, about: About): Refusal {
  return refusedAs(world.switches.planStateRefused, message, about);
}

/** A refusal whose error the user guide names. */
export function conflict(message: string, about: About): Refusal {
  return refusedAs("ConflictException", message, about);
}

export function notFound(message: string, about: About): Refusal {
  return refusedAs("ResourceNotFoundException", message, about);
}

/** The refusal of one too many. Its text is ours; the quotas of plans have no code. */
export function overPlanQuota(world: World, message: string, about: About): Refusal {
  const { planOverQuota } = world.switches;
  if (planOverQuota !== "ServiceQuotaExceededException") {
    return refusedAs(planOverQuota, message, about);
  }
  const members = { resourceId: about.id, resourceType: types[about.kind], serviceCode: "drs" };
  return new Refusal(planOverQuota, message, { members });
}
