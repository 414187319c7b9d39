import { z } from "zod";
import { DrError } from "../core/errors.js";
import { plusSeconds, toIso } from "../core/instant.js";
import { laneKey } from "../core/lane.js";
import type { Clock, DrsOfLane, Estate, Library, QuotasOfLane } from "../core/ports.js";
import type { ProtectionGroup } from "../core/recovery/plan.js";
import { type LaneInventory, resolvePlan } from "../core/recovery/resolve.js";
import { memberSelects } from "../core/recovery/selection.js";
import {
  jobHorizonSeconds,
  type LaneServers,
  lanesNamed,
  listLanes,
  measureLanes,
} from "./inventory.js";
import { documentName, parseRequest } from "./requests.js";

const queryRequest = z.discriminatedUnion("operation", [
  z.strictObject({ operation: z.literal("inventory") }),
  z.strictObject({ operation: z.literal("quotas") }),
  z.strictObject({
    operation: z.literal("resolve"),
    group: documentName.optional(),
    plan: documentName.optional(),
  }),
  z.strictObject({ operation: z.literal("export") }),
]);

export interface QueryDeps {
  readonly estate: Estate;
  readonly library: Library;
  readonly drs: DrsOfLane;
  readonly quotas: QuotasOfLane;
  readonly clock: Clock;
}

/** Reads over all lanes in parallel. Changes nothing. */
export function queryHandler(deps: QueryDeps) {
  return async (event: unknown): Promise<object> => {
    const request = parseRequest(queryRequest, event);
    switch (request.operation) {
      case "inventory":
        return inventory(deps);
      case "quotas":
        return quotas(deps);
      case "resolve":
        return resolve(deps, request);
      case "export":
        return exportAll(deps);
    }
  };
}

async function inventory(deps: QueryDeps) {
  const lanes = await listLanes(deps, await deps.estate.lanes());
  const servers = lanes.reduce((sum, lane) => sum + lane.servers.length, 0);
  return { servers, lanes };
}

async function quotas(deps: QueryDeps) {
  const since = plusSeconds(deps.clock.now(), -jobHorizonSeconds);
  return { lanes: await measureLanes(deps, await deps.estate.lanes(), since) };
}

async function resolve(
  deps: QueryDeps,
  { group, plan }: { group?: string | undefined; plan?: string | undefined },
) {
  if (group !== undefined && plan === undefined) return resolveGroup(deps, group);
  if (plan !== undefined && group === undefined) return resolvePlanByName(deps, plan);
  throw new DrError(
    "invalid-request",
    "Exactly one of group and plan must be given. Name one of them.",
  );
}

async function resolveGroup(deps: QueryDeps, name: string) {
  const group = await deps.library.groups.get(name);
  if (!group) throw new DrError("not-found", `There is no group "${name}".`);
  const { members } = group.document;
  const lanes = await listLanes(deps, lanesNamed(await deps.estate.lanes(), members));
  return {
    group: name,
    lanes: lanes.map((lane) => ({
      lane: laneKey(lane),
      servers: lane.servers
        .filter((one) =>
          members.some((member) =>
            memberSelects(member, { lane, server: one.server, tags: one.tags }),
          ),
        )
        .map(({ server }) => server),
      ...(lane.problem === undefined ? {} : { problem: lane.problem }),
    })),
  };
}

async function resolvePlanByName(deps: QueryDeps, name: string) {
  const plan = await deps.library.plans.get(name);
  if (!plan) throw new DrError("not-found", `There is no plan "${name}".`);
  const groups = await groupsOf(deps);
  const named = plan.document.waves.flatMap(({ group }) => groups.get(group)?.members ?? []);
  const lanes = await listLanes(deps, lanesNamed(await deps.estate.lanes(), named));
  const inventories = new Map(lanes.map((lane) => [laneKey(lane), asInventory(lane)]));
  const { members, problems } = resolvePlan(plan.document, groups, inventories);
  return {
    plan: name,
    problems,
    lanes: [...members].map(([lane, found]) => ({ lane, members: found })),
  };
}

function asInventory({ servers, problem }: LaneServers): LaneInventory {
  return problem === undefined
    ? { kind: "listed", servers, instances: [] }
    : { kind: "lost", reason: problem };
}

async function groupsOf({ library }: QueryDeps): Promise<ReadonlyMap<string, ProtectionGroup>> {
  const groups = await library.groups.list();
  return new Map(groups.map(({ document }) => [document.name, document]));
}

/** Groups, plans and what DRS knows of every server: enough to rebuild the library elsewhere. */
async function exportAll(deps: QueryDeps) {
  const [groups, plans, { lanes }] = await Promise.all([
    deps.library.groups.list(),
    deps.library.plans.list(),
    inventory(deps),
  ]);
  return { schemaVersion: 1, exportedAt: toIso(deps.clock.now()), groups, plans, lanes };
}
