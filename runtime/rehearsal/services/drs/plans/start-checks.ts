import type { LaneRecord } from "../model.js";
import { Refusal } from "../refusal.js";
import type { World } from "../world.js";
import {
  activeExecution,
  type ExecutionRecord,
  isActive,
  type PlanRecord,
  serversOf,
} from "./model.js";
import { conflict } from "./refusals.js";
import { planStatus } from "./wire.js";

/**
 * Refuses to start an execution of a plan. Conditions, errors and texts are the user guide's, their
 * order is ours.
 */
export function checkStart(world: World, lane: LaneRecord, plan: PlanRecord): void {
  const { id, arn, steps } = plan;
  const about = { kind: "plan", id: arn } as const;
  if (plan.isBeingDeleted) {
    throw conflict(`Cannot start execution: recovery plan ${id} is being deleted.`, about);
  }
  if (steps.length === 0) {
    const message = `Recovery plan ${id} has no steps. Add at least one step to the plan before starting an execution.`;
    throw new Refusal("ValidationException", message, { members: { reason: "other" } });
  }
  const status = planStatus(world, plan);
  if (status !== "ACTIVE") {
    const message = `Recovery plan ${id} is in status ${status} and cannot be executed. Only ACTIVE plans can be executed.`;
    throw conflict(message, about);
  }
  checkOnlyExecution(lane, plan);
  const configurations = steps.map(({ configuration }) => configuration);
  checkServersAreFree(lane, plan, serversOf(configurations));
}

/** Refuses while another execution of the plan has not ended. */
export function checkOnlyExecution(lane: LaneRecord, { id, arn }: ExecutionRecord["plan"]): void {
  if (!activeExecution(lane.recoveryPlans, id)) return;
  const message = `Another execution is already active for plan ${id}`;
  throw conflict(message, { kind: "plan", id: arn });
}

/** Refuses servers that an execution of another plan holds. The text is ours: AWS tells its content only. */
export function checkServersAreFree(
  lane: LaneRecord,
  plan: ExecutionRecord["plan"],
  servers: readonly { readonly serverArn: string }[],
): void {
  const wanted = new Set(servers.map(({ serverArn }) => serverArn));
  for (const other of lane.recoveryPlans.executions.values()) {
    if (other.plan.id === plan.id || !isActive(other)) continue;
    const held = serversOf(other.steps.map(({ configuration }) => configuration));
    const shared = held.find(({ serverArn }) => wanted.has(serverArn));
    if (!shared) continue;
    const message = `Source server ${shared.serverArn} is in execution ${other.id} of plan ${other.plan.id}`;
    throw conflict(message, { kind: "execution", id: other.arn });
  }
}
