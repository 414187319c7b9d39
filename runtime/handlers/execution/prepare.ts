import pMap from "p-map";
import { DrError } from "../../core/errors.js";
import { type Instant, secondsBetween } from "../../core/instant.js";
import { type LaneKey, laneKey, laneOf } from "../../core/lane.js";
import type { Drs } from "../../core/ports.js";
import { newLane } from "../../core/recovery/model.js";
import type { LaneQuotas } from "../../core/recovery/observation.js";
import type { ProtectionGroup, RecoveryPlan } from "../../core/recovery/plan.js";
import { documentedQuotas, executionWaves } from "../../core/recovery/predict.js";
import { type LaneInventory, type Resolution, resolvePlan } from "../../core/recovery/resolve.js";
import type { Head, LaneState } from "../../core/recovery/state.js";
import { denialPatienceSeconds } from "../../limits.js";
import type { ExecutionDeps } from "./deps.js";
import { changeHead, changeLane, requireHead } from "./records.js";

/** Lanes that are asked at once. */
const lanesAtOnce = 40;

/**
 * Times that a lane is asked which refuses. A session that has just ended, or a grant that has not spread
 * yet, refuses once and not again; a lane that is lost here is lost for the whole execution.
 */
const mostAsked = 3;

/**
 * Finds the servers of an execution and writes them down, lane by lane. Before the head says
 * `recovering` nothing can start, so it may be repeated after a crash at any point.
 */
export async function prepare(
  deps: ExecutionDeps,
  executionId: string,
): Promise<{ lanes: readonly LaneKey[] }> {
  const head = await requireHead(deps.journal, executionId);
  if (head.state !== "preparing") return preparedBefore(deps, executionId);
  const { plan, groups } = await documentsOf(deps, head);
  const inventory = await inventoryOf(deps, lanesOf(plan, groups));
  waitForAny(head, inventory, deps.clock.now());
  const resolution = resolvePlan(plan, groups, inventory);
  refuseUnresolved(head, resolution);
  const { state } = await requireHead(deps.journal, executionId);
  if (state !== "preparing") return preparedBefore(deps, executionId);
  const lanes = await writeLanes(deps, head, resolution, inventory);
  const lostLanes = [...inventory].flatMap(([lane, seen]) =>
    seen.kind === "lost" ? [{ lane, reason: seen.reason }] : [],
  );
  await changeHead(deps.journal, executionId, (current) =>
    current.state === "preparing"
      ? {
          ...current,
          state: "recovering",
          waves: executionWaves(plan.waves, resolution.members),
          laneCount: lanes.length,
          lostLanes,
        }
      : undefined,
  );
  return { lanes };
}

async function preparedBefore(
  { journal }: ExecutionDeps,
  executionId: string,
): Promise<{ lanes: readonly LaneKey[] }> {
  const lanes = await journal.lanes(executionId);
  return { lanes: lanes.map(({ lane }) => lane) };
}

interface PlanDocuments {
  readonly plan: RecoveryPlan;
  readonly groups: ReadonlyMap<string, ProtectionGroup>;
}

async function documentsOf({ library }: ExecutionDeps, head: Head): Promise<PlanDocuments> {
  const plan = await library.plans.get(head.plan);
  if (!plan)
    throw new DrError("not-found", `Plan "${head.plan}" was removed; nothing was started.`);
  const names = [...new Set(plan.document.waves.map(({ group }) => group))];
  const found = await Promise.all(names.map((name) => library.groups.get(name)));
  const groups = found.flatMap((group) => (group ? [group.document] : []));
  return { plan: plan.document, groups: new Map(groups.map((group) => [group.name, group])) };
}

/** The lanes that the groups of a plan's waves name. */
function lanesOf(
  plan: RecoveryPlan,
  groups: ReadonlyMap<string, ProtectionGroup>,
): readonly LaneKey[] {
  const members = plan.waves.flatMap(({ group }) => groups.get(group)?.members ?? []);
  return [...new Set(members.map(laneKey))];
}

/** What every lane shows. A lane that answers nothing is told as lost; the others do not notice. */
async function inventoryOf(
  deps: Pick<ExecutionDeps, "drs" | "log">,
  lanes: readonly LaneKey[],
): Promise<ReadonlyMap<LaneKey, LaneInventory>> {
  const entries = await pMap(
    lanes,
    async (lane) => [lane, await laneInventory(deps, lane)] as const,
    { concurrency: lanesAtOnce },
  );
  return new Map(entries);
}

async function laneInventory(
  { drs, log }: Pick<ExecutionDeps, "drs" | "log">,
  lane: LaneKey,
): Promise<LaneInventory> {
  const port = drs(laneOf(lane));
  for (let asked = 1; ; asked += 1) {
    try {
      return await listed(port);
    } catch (error) {
      if (!(error instanceof DrError) || error.code === "lane-throttled") throw error;
      if (isRefusal(error) && asked < mostAsked) continue;
      log.warn("lane lost", { lane, reason: error.message });
      return { kind: "lost", reason: error.message };
    }
  }
}

/** Refusals come at once; silence has taken most of the function's time already. */
function isRefusal({ code, fields }: DrError): boolean {
  return code === "lane-denied" || /^ExpiredToken/.test(String(fields.error));
}

async function listed(port: Drs): Promise<LaneInventory> {
  const servers = await port.sourceServers();
  const withInstance = servers.filter(({ recoveryInstance }) => recoveryInstance !== undefined);
  const ids = withInstance.map(({ server }) => server);
  const instances = ids.length > 0 ? await port.recoveryInstances(ids) : [];
  return { kind: "listed", servers, instances };
}

/**
 * Fails a preparation that no lane answers, to be asked again: nobody is kept waiting by it, and what denies
 * or hides all of them may pass. A lane beside others that answer is not waited for.
 */
function waitForAny(
  { plan, startedAt }: Head,
  inventory: ReadonlyMap<LaneKey, LaneInventory>,
  now: Instant,
): void {
  const lost = [...inventory.values()].flatMap((seen) => (seen.kind === "lost" ? seen.reason : []));
  if (lost.length === 0 || lost.length < inventory.size) return;
  if (secondsBetween(startedAt, now) >= denialPatienceSeconds) return;
  throw new DrError("lane-unreachable", `No lane of plan "${plan}" answers: ${lost.join("; ")}`);
}

function refuseUnresolved({ plan }: Head, { members, problems }: Resolution): void {
  if (problems.length > 0) {
    const message = `Plan "${plan}" cannot be executed; nothing was started. ${problems.join("; ")}.`;
    throw new DrError(members.size > 0 ? "ambiguous-selection" : "empty-selection", message);
  }
  if (members.size === 0) {
    const message = `Plan "${plan}" selects no server in any lane that answers; nothing was started.`;
    throw new DrError("empty-selection", message);
  }
}

async function writeLanes(
  deps: ExecutionDeps,
  head: Head,
  { members }: Resolution,
  inventory: ReadonlyMap<LaneKey, LaneInventory>,
): Promise<readonly LaneKey[]> {
  const { executionId } = head;
  await pMap(
    members,
    async ([lane, ofLane]) => {
      const seen = inventory.get(lane);
      const quotas = await quotasOf(deps, lane, seen);
      const known = await deps.journal.lane(executionId, lane);
      if (known && hasBegun(known)) return;
      await deps.journal.putMembers(executionId, lane, ofLane);
      const state = newLane(head, lane, quotas);
      const fresh = seen?.kind === "lost" ? { ...state, lost: seen.reason } : state;
      if ((await deps.journal.writeLane(fresh)) === "written") return;
      await changeLane(deps.journal, executionId, lane, fresh.owner, (current) =>
        hasBegun(current) ? undefined : fresh,
      );
    },
    { concurrency: lanesAtOnce },
  );
  return [...members.keys()];
}

/** A preparation that was given up for dead may still be at work when its lanes have begun. */
function hasBegun({ handOvers }: LaneState): boolean {
  return handOvers > 0;
}

async function quotasOf(
  { quotas }: ExecutionDeps,
  lane: LaneKey,
  seen: LaneInventory | undefined,
): Promise<LaneQuotas> {
  return seen?.kind === "lost" ? documentedQuotas : quotas(laneOf(lane));
}
