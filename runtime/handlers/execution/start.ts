import { DrError } from "../../core/errors.js";
import { before, plusSeconds } from "../../core/instant.js";
import type { RecoveryPlan, Revised } from "../../core/recovery/plan.js";
import type { Head } from "../../core/recovery/state.js";
import { voidAfterSeconds } from "../../limits.js";
import type { ExecutionDeps } from "./deps.js";
import { changeHead } from "./records.js";
import type { RequestOf } from "./requests.js";

type Start = RequestOf<"start">;

/**
 * Starts a drill or a recovery of a plan. One execution a plan: the lock of one that has ended, or
 * whose state machine was stopped from outside, is taken over. May be called twice with one id.
 */
export async function start(deps: ExecutionDeps, request: Start): Promise<{ executionId: string }> {
  const plan = await deps.library.plans.get(request.plan);
  if (!plan) {
    throw new DrError("not-found", `There is no plan "${request.plan}"; nothing was started.`);
  }
  if (request.kind === "recovery" && request.cleanUp) {
    const message =
      "cleanUp must be absent for a recovery: its instances are production now. Start a drill, or leave cleanUp out.";
    throw new DrError("invalid-request", message);
  }
  const executionId = request.executionId ?? deps.newId();
  const known = await deps.journal.head(executionId);
  if (known) return startedBefore(deps, known, request);
  const head = newHead(deps, executionId, plan, request);
  if ((await deps.journal.createHead(head)) === "lost")
    return start(deps, { ...request, executionId });
  await lock(deps, head);
  await begin(deps, head);
  return { executionId };
}

async function startedBefore(
  deps: ExecutionDeps,
  head: Head,
  { plan, kind }: Start,
): Promise<{ executionId: string }> {
  const { executionId } = head;
  if (head.plan !== plan || head.kind !== kind) {
    const message = `executionId must be new, got "${executionId}", which is a ${head.kind} of plan "${head.plan}". Leave it out or choose another.`;
    throw new DrError("invalid-request", message);
  }
  if (head.state === "ended" && head.laneCount === 0) {
    const message = `Execution "${executionId}" ended before it began: ${head.cause ?? "unknown"} Start another under a new id.`;
    throw new DrError("invalid-request", message, { executionId });
  }
  if (head.state === "preparing") {
    await lock(deps, head);
    await begin(deps, head);
  }
  return { executionId };
}

function newHead(
  { clock, region }: ExecutionDeps,
  executionId: string,
  { revision, document }: Revised<RecoveryPlan>,
  { kind, cleanUp, relaunchRecovered }: Start,
): Head {
  return {
    executionId,
    revision: 1,
    plan: document.name,
    planRevision: revision,
    kind,
    state: "preparing",
    command: "run",
    cleanUp: kind === "drill" && (cleanUp ?? true),
    relaunchRecovered,
    waves: [],
    laneCount: 0,
    lostLanes: [],
    reserve: document.reserve,
    pacingSeconds: document.pacingSeconds,
    writerRegion: region,
    startedAt: clock.now(),
  };
}

async function begin(deps: ExecutionDeps, head: Head): Promise<void> {
  const { executionId, plan, kind } = head;
  await deps.journal.audit(executionId, deps.clock.now(), {
    what: "started",
    detail: { plan, kind },
  });
  await deps.workflows.start("recover-plan", executionId, { executionId, begin: "recovery" });
  const subject = `${kind} of ${plan} started`;
  await deps.notifier.notify(subject, `Execution ${executionId}: ${subject}.`);
}

async function lock(deps: ExecutionDeps, head: Head): Promise<void> {
  const { executionId, plan } = head;
  const { heldBy } = await deps.journal.lockPlan(plan, executionId);
  if (heldBy === undefined) return;
  if (await isOver(deps, heldBy)) {
    await endStopped(deps, heldBy, executionId);
    if ((await deps.journal.takeOverLock(plan, heldBy, executionId)) === "written") return;
  }
  const cause = `Plan "${plan}" is being executed as "${heldBy}".`;
  await changeHead(deps.journal, executionId, (current) => ({
    ...current,
    state: "ended",
    outcome: "failed",
    cause,
    endedAt: deps.clock.now(),
  }));
  throw new DrError("plan-locked", `${cause} Nothing was started; wait for it, or cancel it.`, {
    heldBy,
  });
}

/** The lanes of an execution outlive its machine: they start nothing more once it says that it has ended. */
async function endStopped(deps: ExecutionDeps, executionId: string, by: string): Promise<void> {
  await changeHead(deps.journal, executionId, (head) =>
    head.state === "ended"
      ? undefined
      : {
          ...head,
          state: "ended",
          outcome: "failed",
          cause: `Its state machine was stopped; the plan was taken over by "${by}".`,
          endedAt: deps.clock.now(),
        },
  );
}

/** An execution is over when it says so, or when its machine stands still for longer than a start can take. */
async function isOver(
  { journal, workflows, clock }: ExecutionDeps,
  executionId: string,
): Promise<boolean> {
  const head = await journal.head(executionId);
  if (!head) return false;
  if (head.state === "ended") return true;
  if (before(clock.now(), plusSeconds(head.startedAt, voidAfterSeconds))) return false;
  return !(await workflows.isRunning(executionId));
}
