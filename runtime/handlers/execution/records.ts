import { DrError } from "../../core/errors.js";
import type { LaneKey } from "../../core/lane.js";
import type { Journal } from "../../core/ports.js";
import type { Head, LaneState } from "../../core/recovery/state.js";

/** Attempts against other writers before a change gives up; Step Functions then repeats it whole. */
const attempts = 8;

export async function requireHead(journal: Journal, executionId: string): Promise<Head> {
  const head = await journal.head(executionId);
  if (head) return head;
  throw new DrError("not-found", `There is no execution "${executionId}".`, { executionId });
}

export async function requireLane(
  journal: Journal,
  executionId: string,
  lane: LaneKey,
): Promise<LaneState> {
  const state = await journal.lane(executionId, lane);
  if (state) return state;
  const message = `Execution "${executionId}" has no lane ${lane}.`;
  throw new DrError("not-found", message, { executionId, lane });
}

/** Changes a head under its revision, reading it anew when somebody else was first. */
export async function changeHead(
  journal: Journal,
  executionId: string,
  change: (head: Head) => Head | undefined,
): Promise<Head> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const head = await requireHead(journal, executionId);
    const changed = change(head);
    if (!changed) return head;
    const next = { ...changed, revision: head.revision + 1 };
    if ((await journal.updateHead(next)) === "written") return next;
  }
  throw stale(executionId);
}

/** Changes a lane beside its turns, under its revision. */
export async function changeLane(
  journal: Journal,
  executionId: string,
  lane: LaneKey,
  owner: string,
  change: (state: LaneState) => LaneState | undefined,
): Promise<LaneState> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const state = await requireLane(journal, executionId, lane);
    const changed = change(state);
    if (!changed) return state;
    const next = { ...changed, revision: state.revision + 1, owner };
    if ((await journal.writeLane(next)) === "written") return next;
  }
  throw stale(executionId);
}

function stale(executionId: string): DrError {
  const message = `Execution "${executionId}" is being changed by others; nothing was done. Try again.`;
  return new DrError("stale-revision", message, { executionId });
}
