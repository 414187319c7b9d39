import { includesTags } from "../../environment/demand.js";
import type {
  Environment,
  FleetSet,
  LaneDeclaration,
  MemberDeclaration,
  PlanDeclaration,
} from "../../environment/schema.js";

/**
 * Environments like this one with less in them, as far as a plan needs it: fewer plans first, then fewer
 * lanes, waves and servers, then plainer waves. They may break rules of environments; whoever takes one checks it.
 */
export function* smallerEnvironments(
  environment: Environment,
  planName: string,
): Generator<Environment> {
  const plan = environment.plans.find(({ name }) => name === planName);
  if (!plan) return;
  const { plans, drills } = environment;
  if (plans.length > 1 || drills.length > 0) {
    const alone = withPlan(environment, plan);
    yield withoutOthersServers(alone);
    yield alone;
  }
  yield* fewerLanes(environment);
  yield* fewerWaves(environment, plan);
  yield* fewerServers(environment);
  yield* plainerPlans(environment, plan);
}

/** The environment with this plan alone, and the groups that it names. */
function withPlan(environment: Environment, plan: PlanDeclaration): Environment {
  const named = new Set(plan.waves.map(({ group }) => group));
  return {
    ...environment,
    drills: [],
    plans: [plan],
    groups: environment.groups.filter(({ name }) => named.has(name)),
  };
}

/** Without sets of servers that no group selects, as far as their own tags tell. */
function withoutOthersServers(environment: Environment): Environment {
  const members = environment.groups.flatMap((group) => group.members);
  const accounts = environment.accounts.map((account) => {
    const lanes = account.lanes.map((lane) => {
      const here = members.filter(
        (one) => one.account === account.id && one.region === lane.region,
      );
      const fleet = lane.fleet?.filter((set) => here.some((member) => selects(member, set)));
      return fleet?.length ? withFleet(lane, fleet) : lane;
    });
    return { ...account, lanes };
  });
  return { ...environment, accounts };
}

function selects({ tags, servers }: MemberDeclaration, set: FleetSet): boolean {
  if (tags) return includesTags(set.tags, tags);
  return set.servers?.some((id) => servers?.includes(id)) ?? false;
}

function withFleet(lane: LaneDeclaration, fleet: FleetSet[]): LaneDeclaration {
  return { ...lane, fleet, servers: fleet.reduce((sum, set) => sum + sizeOf(set), 0) };
}

function* fewerLanes(environment: Environment): Generator<Environment> {
  const all = environment.accounts.flatMap(({ lanes }) => lanes);
  if (all.length < 2) return;
  for (const gone of all) {
    const accounts = environment.accounts.map((account) => ({
      ...account,
      lanes: account.lanes.filter((lane) => lane !== gone),
    }));
    const isLeft = (id: string, region: string): boolean =>
      accounts.some((one) => one.id === id && one.lanes.some((lane) => lane.region === region));
    yield {
      ...environment,
      accounts: accounts.filter(({ lanes }) => lanes.length > 0),
      groups: environment.groups.map((group) => ({
        ...group,
        members: group.members.filter(({ account, region }) => isLeft(account, region)),
      })),
    };
  }
}

function* fewerWaves(environment: Environment, plan: PlanDeclaration): Generator<Environment> {
  if (plan.waves.length < 2) return;
  for (const gone of plan.waves.toReversed()) {
    const waves = plan.waves
      .filter((wave) => wave !== gone)
      .map((wave) => ({ ...wave, dependsOn: wave.dependsOn.filter((name) => name !== gone.name) }));
    yield replaced(environment, plan, { ...plan, waves });
  }
}

function* fewerServers(environment: Environment): Generator<Environment> {
  for (const account of environment.accounts) {
    for (const lane of account.lanes) {
      for (const fleet of smallerFleets(lane.fleet ?? [])) {
        const servers = fleet.reduce((sum, set) => sum + sizeOf(set), 0);
        const lanes = account.lanes.map((one) =>
          one === lane ? { ...lane, fleet, servers } : one,
        );
        yield {
          ...environment,
          accounts: environment.accounts.map((one) => (one === account ? { ...one, lanes } : one)),
        };
      }
    }
  }
}

function* smallerFleets(fleet: FleetSet[]): Generator<FleetSet[]> {
  for (const [index, set] of fleet.entries()) {
    if (fleet.length > 1) yield fleet.toSpliced(index, 1);
    const size = sizeOf(set);
    if (size < 2) continue;
    const half = Math.floor(size / 2);
    const ids = set.servers?.slice(0, half);
    yield fleet.with(index, { ...set, ...(ids ? { servers: ids } : { count: half }) });
  }
}

function sizeOf({ count, servers }: FleetSet): number {
  return servers?.length ?? count ?? 0;
}

function* plainerPlans(environment: Environment, plan: PlanDeclaration): Generator<Environment> {
  const { reserve, pacingSeconds, waves } = plan;
  if (reserve.jobs > 0 || reserve.servers > 0) {
    yield replaced(environment, plan, { ...plan, reserve: { jobs: 0, servers: 0 } });
  }
  if (pacingSeconds > 0) yield replaced(environment, plan, { ...plan, pacingSeconds: 0 });
  for (const [index, wave] of waves.entries()) {
    if (wave.dependsOn.length === 0) continue;
    const freed = waves.with(index, { ...wave, dependsOn: [] });
    yield replaced(environment, plan, { ...plan, waves: freed });
  }
}

function replaced(
  environment: Environment,
  plan: PlanDeclaration,
  by: PlanDeclaration,
): Environment {
  return { ...environment, plans: environment.plans.map((one) => (one === plan ? by : one)) };
}
