import { DrError } from "../../core/errors.js";
import { secondsBetween, toIso } from "../../core/instant.js";
import type { LaneKey } from "../../core/lane.js";
import type {
  Command,
  ExecutionKind,
  ExecutionState,
  LaneState,
  LaneWave,
  Outcome,
} from "../../core/recovery/state.js";
import type { ExecutionDeps } from "./deps.js";
import { changeHead, requireHead } from "./records.js";
import { type ServerStatus, serverStatuses, type Totals, totalsOf } from "./results.js";

/** The whole of an execution as an operator sees it. */
export interface ExecutionStatus {
  readonly executionId: string;
  readonly plan: string;
  readonly kind: ExecutionKind;
  readonly state: ExecutionState;
  readonly command: Command;
  readonly outcome?: Outcome;
  readonly cause?: string;
  readonly startedAt: string;
  readonly recoveredAt?: string;
  readonly endedAt?: string;
  /** From the start to the end of the last server, clean-up not included. */
  readonly makespanSeconds?: number;
  readonly totals: Totals & { readonly terminated: number };
  /** Most servers held back at once, by kind of reason, summed over the lanes. */
  readonly heldBack: Readonly<Record<string, number>>;
  readonly leftBehind: readonly string[];
  readonly lostLanes: readonly { readonly lane: LaneKey; readonly reason: string }[];
  readonly lanes: readonly {
    readonly lane: LaneKey;
    readonly phase: LaneState["phase"];
    readonly waves: readonly LaneWave[];
    readonly openBatches: number;
    readonly lost?: string;
  }[];
  readonly servers?: readonly ServerStatus[];
}

export async function status(
  deps: ExecutionDeps,
  executionId: string,
  summary: boolean,
): Promise<ExecutionStatus> {
  const head = await requireHead(deps.journal, executionId);
  const lanes = await deps.journal.lanes(executionId);
  const servers = await serverStatuses(deps.journal, head, lanes);
  const terminated = lanes.reduce((sum, lane) => sum + lane.terminated, 0);
  const { recoveredAt, endedAt } = head;
  return {
    executionId,
    plan: head.plan,
    kind: head.kind,
    state: head.state,
    command: head.command,
    ...(head.outcome === undefined ? {} : { outcome: head.outcome }),
    ...(head.cause === undefined ? {} : { cause: head.cause }),
    startedAt: toIso(head.startedAt),
    ...(recoveredAt === undefined
      ? {}
      : {
          recoveredAt: toIso(recoveredAt),
          makespanSeconds: secondsBetween(head.startedAt, recoveredAt),
        }),
    ...(endedAt === undefined ? {} : { endedAt: toIso(endedAt) }),
    totals: { ...totalsOf(servers), terminated },
    heldBack: summed(lanes.map(({ heldBack }) => heldBack)),
    leftBehind: lanes.flatMap(({ leftBehind }) => leftBehind),
    lostLanes: head.lostLanes,
    lanes: lanes.map(({ lane, phase, waves, openBatches, lost }) => ({
      lane,
      phase,
      waves,
      openBatches: openBatches.length,
      ...(lost === undefined ? {} : { lost }),
    })),
    ...(summary ? {} : { servers }),
  };
}

function summed(
  parts: readonly Readonly<Record<string, number>>[],
): Readonly<Record<string, number>> {
  const total: Record<string, number> = {};
  for (const part of parts) {
    for (const [key, count] of Object.entries(part)) total[key] = (total[key] ?? 0) + count;
  }
  return total;
}

/**
 * Records what the operator wants. A turn that begins after it was recorded intends nothing new
 * while paused or cancelled; what was started is watched to its end.
 */
export async function command(
  deps: ExecutionDeps,
  executionId: string,
  wanted: Command,
): Promise<{ executionId: string; command: Command }> {
  const head = await changeHead(deps.journal, executionId, (current) => {
    if (current.state === "ended") {
      const message = `Execution "${executionId}" has ended; there is nothing to ${wanted}.`;
      throw new DrError("invalid-request", message, { executionId });
    }
    if (current.command === "cancel" && wanted !== "cancel") {
      const message = `Execution "${executionId}" was cancelled and cannot be taken up again. Start a new one.`;
      throw new DrError("invalid-request", message, { executionId });
    }
    const isResumed = current.command === "pause" && wanted === "run";
    return {
      ...current,
      command: wanted,
      ...(isResumed ? { resumedAt: deps.clock.now() } : {}),
    };
  });
  await deps.journal.audit(executionId, deps.clock.now(), { what: wanted, detail: {} });
  if (wanted !== "pause") await wake(deps, executionId);
  return { executionId, command: head.command };
}

async function wake({ journal, workflows }: ExecutionDeps, executionId: string): Promise<void> {
  for (const { pauseToken } of await journal.lanes(executionId)) {
    if (pauseToken) await workflows.succeed(pauseToken, {});
  }
}

/** Cleans up a drill that ended without: its own instances, nothing else. */
export async function terminate(
  deps: ExecutionDeps,
  executionId: string,
): Promise<{ executionId: string }> {
  const head = await requireHead(deps.journal, executionId);
  if (head.kind !== "drill" || head.state !== "ended") {
    const message = `executionId must name a drill that has ended, got a ${head.kind} that is ${head.state}. Instances of a recovery are never ended from here.`;
    throw new DrError("invalid-request", message, { executionId });
  }
  await deps.journal.audit(executionId, deps.clock.now(), { what: "terminate", detail: {} });
  const name = `${executionId}-clean-up`;
  await deps.workflows.start("recover-plan", name, { executionId, begin: "clean-up" });
  return { executionId };
}
