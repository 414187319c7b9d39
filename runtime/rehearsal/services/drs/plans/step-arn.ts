import type { World } from "../world.js";

/** The ARN of a step of the plan, or execution, that has this one. */
export function stepArn({ switches }: World, of: string, id: string): string {
  if (switches.planStepArns === "within-plan") return `${of}/step/${id}`;
  return of.replace(/\/[^/]+$/, `-step/${id}`);
}
