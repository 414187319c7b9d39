import { groupBy } from "../core/group-by.js";
import { type LaneKey, laneKey } from "../core/lane.js";
import type { EstateLane } from "../core/ports.js";
import type { GroupMember, ProtectionGroup, RecoveryPlan, Wave } from "../core/recovery/plan.js";
import { waveSelects } from "../core/recovery/selection.js";
import type { DeclaredMember } from "./demand.js";
import { declaredFleet, type FleetServer } from "./fleet.js";
import type { Environment, PlanDeclaration, ServerEnvironment, WaveDeclaration } from "./schema.js";

/** The protection groups of an environment, as the hub's table holds them. */
export function protectionGroups(environment: Environment): readonly ProtectionGroup[] {
  return environment.groups.map(protectionGroup);
}

/** The recovery plans of an environment, as the hub's table holds them. */
export function recoveryPlans(environment: Environment): readonly RecoveryPlan[] {
  return environment.plans.map(recoveryPlan);
}

/** The lanes of an environment, as the hub's table holds them. */
export function estateLanes(environment: Environment): readonly EstateLane[] {
  return environment.accounts.flatMap(({ id, name, lanes }) =>
    lanes.map(({ region, servers }) => ({
      account: id,
      region,
      accountName: name,
      declaredServers: servers,
    })),
  );
}

/** What the hub tells AssumeRole in every spoke. Not a secret. */
export function hubExternalId({ name, hub }: Pick<ServerEnvironment, "name" | "hub">): string {
  return hub.externalId ?? `${name}-${hub.account}`;
}

/**
 * How many servers of the declared fleet each wave of a plan selects, by lane; lanes in which it
 * selects none are left out. Several plans of one environment share one `fleet`.
 */
export function expectedServers(
  environment: Environment,
  plan: RecoveryPlan,
  fleet: readonly FleetServer[] = declaredFleet(environment),
): Readonly<Record<string, Readonly<Record<LaneKey, number>>>> {
  const byLane = groupBy(fleet, ({ lane }) => laneKey(lane));
  const groups = new Map(protectionGroups(environment).map((group) => [group.name, group]));
  return Object.fromEntries(
    plan.waves.map((wave) => [wave.name, selectedByLane(wave, groups.get(wave.group), byLane)]),
  );
}

function selectedByLane(
  wave: Wave,
  group: ProtectionGroup | undefined,
  byLane: ReadonlyMap<LaneKey, readonly FleetServer[]>,
): Readonly<Record<LaneKey, number>> {
  const counts: Record<LaneKey, number> = {};
  for (const [lane, members] of groupBy(group?.members ?? [], laneKey)) {
    const here: ProtectionGroup = { name: wave.group, members };
    const selected = (byLane.get(lane) ?? []).filter((server) => waveSelects(wave, here, server));
    if (selected.length > 0) counts[lane] = selected.length;
  }
  return counts;
}

/** A declared group as core knows it: without the keys that have no value. */
export function protectionGroup(group: {
  readonly name: string;
  readonly members: readonly DeclaredMember[];
}): ProtectionGroup {
  return { name: group.name, members: group.members.map(groupMember) };
}

function groupMember({ account, region, tags, servers }: DeclaredMember): GroupMember {
  return { account, region, ...(tags && { tags }), ...(servers && { servers }) };
}

function recoveryPlan(declared: PlanDeclaration): RecoveryPlan {
  const { name, objectives, waves, reserve, pacingSeconds } = declared;
  return { name, objectives, waves: waves.map(recoveryWave), reserve, pacingSeconds };
}

/** A declared wave as core knows it: without the keys that have no value. */
export function recoveryWave({ tags, servers, optional, ...rest }: WaveDeclaration): Wave {
  return {
    ...rest,
    ...(tags && { tags }),
    ...(servers && { servers }),
    ...(optional && { optional }),
  };
}
