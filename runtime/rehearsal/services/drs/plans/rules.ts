import type { LaneRecord } from "../model.js";
import { type Refusal, refusalAs } from "../refusal.js";
import { arnIn, type World } from "../world.js";
import { planLimits } from "./limits.js";
import { type PlanServer, type StepConfiguration, serverIdOf, serversOf } from "./model.js";
import { type About, againstRules, overPlanQuota } from "./refusals.js";

/** The list of steps that a call wants. */
export interface WantedSteps {
  /** All of them in their order, as they would be. */
  readonly configurations: readonly StepConfiguration[];
  /** Servers that the call itself names. */
  readonly named: readonly PlanServer[];
  readonly about: About;
  /** Whether the operation declares the error of a quota. */
  readonly declaresQuota: boolean;
}

/** Refuses a list of steps that breaks a rule of plans. Source: user guide, adding and ordering steps. */
export function checkSteps(world: World, lane: LaneRecord, wanted: WantedSteps): void {
  const { configurations, named, about } = wanted;
  for (const server of named) checkServer(world, lane, server, about);
  checkUnique(world, configurations, about);
  checkCounts(world, wanted);
}

/** Refuses a wait step at the head. */
export function checkFirst(world: World, first: StepConfiguration | undefined, about: About): void {
  if (first?.kind !== "wait") return;
  throw againstRules(world, "A wait step cannot be the first step of a recovery plan", about);
}

function checkServer(world: World, lane: LaneRecord, server: PlanServer, about: About): void {
  const id = serverIdOf(server);
  if (server.serverArn !== arnIn(lane, `source-server/${id}`)) {
    const message = `Source server ${server.serverArn} is not of the account and Region of the plan`;
    throw againstRules(world, message, about);
  }
  if (lane.servers.has(id)) return;
  throw refusalAs(world.switches.planServerUnknown, `Source server ${id} does not exist`, id);
}

function checkUnique(
  world: World,
  configurations: readonly StepConfiguration[],
  about: About,
): void {
  const seen = new Set<string>();
  for (const server of serversOf(configurations)) {
    const id = serverIdOf(server);
    if (seen.has(id)) {
      const message = `Source server ${id} can be in one step of a recovery plan, and there once`;
      throw againstRules(world, message, about);
    }
    seen.add(id);
  }
}

function checkCounts(world: World, { configurations, about, declaresQuota }: WantedSteps): void {
  const refuse = (message: string): Refusal =>
    declaresQuota ? overPlanQuota(world, message, about) : againstRules(world, message, about);
  const { stepsPerPlan, serversPerPlan } = planLimits;
  if (configurations.length > stepsPerPlan) {
    throw refuse(`A recovery plan has at most ${stepsPerPlan} steps`);
  }
  if (serversOf(configurations).length > serversPerPlan) {
    throw refuse(`A recovery plan has at most ${serversPerPlan} source servers`);
  }
}
