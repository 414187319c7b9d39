import { type OrchestrationHub, ProtectionGroup, RecoveryPlan } from "../components/index.js";
import {
  expectedServers,
  protectionGroups,
  recoveryPlans,
} from "../runtime/environment/documents.js";
import { declaredFleet } from "../runtime/environment/fleet.js";
import type { ServerEnvironment } from "../runtime/environment/schema.js";
import type { AccountProviders } from "./providers.js";

/** The groups and plans of the environment, with their drills, in the hub's tables. */
export function deployPlans(
  environment: ServerEnvironment,
  hub: OrchestrationHub,
  providerOf: AccountProviders,
): void {
  const inHub = { provider: providerOf(environment.hub.account) };
  const fleet = declaredFleet(environment);
  for (const group of protectionGroups(environment)) {
    new ProtectionGroup(`group-${group.name}`, { hub, group }, inHub);
  }
  for (const plan of recoveryPlans(environment)) {
    const drills = environment.drills.filter((drill) => drill.plan === plan.name);
    const expected = expectedServers(environment, plan, fleet);
    const args = { hub, plan, drills, expectedServers: expected };
    new RecoveryPlan(`plan-${plan.name}`, args, inHub);
  }
}
