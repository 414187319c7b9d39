import { type LaneKey, laneOf } from "../../core/lane.js";
import type { LaneState } from "../../core/recovery/state.js";
import { advance } from "./advance.js";
import type { ExecutionDeps } from "./deps.js";
import { changeLane, requireHead } from "./records.js";
import type { RequestOf } from "./requests.js";

/** Keeps the token by which the plan waits for a lane, and starts the lane's own machine. */
export async function beginLane(
  deps: ExecutionDeps,
  request: RequestOf<"begin-lane">,
): Promise<object> {
  const { executionId, lane, phase, taskToken } = request;
  const state = await changeLane(deps.journal, executionId, lane, deps.newId(), (current) => ({
    ...(phase === "clean-up" ? cleaningUp(deps, current) : current),
    taskToken,
    handOvers: current.handOvers + 1,
  }));
  const isOver = phase === "recover" ? state.phase !== "recovering" : state.phase === "cleaned-up";
  if (isOver) await deps.workflows.succeed(taskToken, {});
  else await startPart(deps, executionId, lane, state.handOvers);
  return {};
}

function cleaningUp({ clock }: ExecutionDeps, state: LaneState): LaneState {
  if (state.phase === "cleaning-up" || state.phase === "cleaned-up") return state;
  const {
    lost: _lost,
    backoff: _backoff,
    pauseToken: _pauseToken,
    deniedSince: _since,
    ...rest
  } = state;
  return { ...rest, phase: "cleaning-up", phaseSince: clock.now(), suspects: [] };
}

/** Starts a lane's machine again under the name of its next part: started twice, it runs once. */
export async function handOver(
  deps: ExecutionDeps,
  request: RequestOf<"hand-over">,
): Promise<object> {
  const { executionId, lane, part } = request;
  const next = part + 1;
  await changeLane(deps.journal, executionId, lane, deps.newId(), (state) =>
    state.handOvers >= next ? undefined : { ...state, handOvers: next },
  );
  await startPart(deps, executionId, lane, next);
  return {};
}

async function startPart(
  { workflows }: ExecutionDeps,
  executionId: string,
  lane: LaneKey,
  part: number,
): Promise<void> {
  const { account, region } = laneOf(lane);
  const name = `${executionId}-${account}-${region}-${part}`;
  await workflows.start("recover-lane", name, { executionId, lane, part });
}

/** Keeps the token by which a paused lane is woken; at once when the pause is already over. */
export async function holdLane(
  deps: ExecutionDeps,
  request: RequestOf<"hold-lane">,
): Promise<object> {
  const { executionId, lane, taskToken } = request;
  await changeLane(deps.journal, executionId, lane, deps.newId(), (state) => ({
    ...state,
    pauseToken: taskToken,
  }));
  const { command } = await requireHead(deps.journal, executionId);
  if (command !== "pause") await deps.workflows.succeed(taskToken, {});
  return {};
}

/**
 * Ends a lane whose machine could not go on: its gates are passed as broken and its end is told, so
 * that nobody waits for it; what waits fails with the cause, what is in flight is told as it stands.
 */
export async function laneLost(
  deps: ExecutionDeps,
  request: RequestOf<"lane-lost">,
): Promise<object> {
  const { executionId, lane, cause } = request;
  deps.log.error("lane lost", { executionId, lane, cause });
  const state = await changeLane(deps.journal, executionId, lane, deps.newId(), (current) => ({
    ...current,
    lost: cause,
  }));
  await deps.journal.audit(executionId, deps.clock.now(), {
    what: "lane lost",
    lane,
    detail: { cause },
  });
  const head = await requireHead(deps.journal, executionId);
  const members = await deps.journal.members(executionId, lane);
  const mine = new Set(members.map(({ wave }) => wave));
  const unmarked = head.waves.filter(
    ({ name }) => mine.has(name) && !state.waves.find((wave) => wave.name === name)?.done,
  );
  for (const { name } of unmarked) await deps.journal.markGate(executionId, name, lane, true);
  if (state.taskToken) await deps.workflows.succeed(state.taskToken, {});
  if (state.phase === "recovering") await settle(deps, executionId, lane);
  return {};
}

/** Writes down how the servers of a lost lane end. What kept its machine from going on may keep this too. */
async function settle(deps: ExecutionDeps, executionId: string, lane: LaneKey): Promise<void> {
  try {
    await advance(deps, { executionId, lane });
  } catch (error) {
    deps.log.error("lost lane not settled", { executionId, lane, error: String(error) });
  }
}
