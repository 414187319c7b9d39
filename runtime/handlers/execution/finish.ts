import type { Head, Outcome } from "../../core/recovery/state.js";
import type { ExecutionDeps } from "./deps.js";
import { changeHead, requireHead } from "./records.js";
import { serverStatuses, type Totals, totalsOf } from "./results.js";

/** Notes that every lane has ended its servers, and says whether a clean-up follows. */
export async function finishRecovery(
  deps: ExecutionDeps,
  executionId: string,
): Promise<{ cleanUp: boolean }> {
  const head = await changeHead(deps.journal, executionId, (current) =>
    current.recoveredAt !== undefined
      ? undefined
      : {
          ...current,
          recoveredAt: deps.clock.now(),
          state: current.cleanUp ? "cleaning-up" : current.state,
        },
  );
  return { cleanUp: head.cleanUp };
}

/** Ends an execution: its outcome, its lock, and the word to the people. May be called twice. */
export async function finish(
  deps: ExecutionDeps,
  executionId: string,
): Promise<{ outcome: Outcome }> {
  const before = await requireHead(deps.journal, executionId);
  const lanes = await deps.journal.lanes(executionId);
  const totals = totalsOf(await serverStatuses(deps.journal, before, lanes));
  const outcome = before.outcome ?? outcomeOf(before, totals);
  const leftBehind = lanes.flatMap((lane) => lane.leftBehind.map((id) => `${lane.lane} ${id}`));
  await end(deps, executionId, outcome);
  const uncleaned = lanes.filter(
    ({ phase, lost }) => phase === "cleaning-up" || (phase === "cleaned-up" && lost !== undefined),
  );
  leftBehind.push(
    ...uncleaned.map(
      ({ lane, lost }) => `${lane}, whose clean-up did not end: ${lost ?? "unknown"}`,
    ),
  );
  const left = leftBehind.length > 0 ? ` Left behind: ${leftBehind.join(", ")}.` : "";
  const counts = `${totals.launched} launched, ${totals.failed} failed, ${totals.skipped} skipped`;
  await tell(deps, before, `${outcome}: ${counts}.${left}`);
  return { outcome };
}

function outcomeOf({ command, lostLanes }: Head, { failed }: Totals): Outcome {
  if (command === "cancel") return "cancelled";
  return failed > 0 || lostLanes.length > 0 ? "recovered-with-failures" : "recovered";
}

/** Ends an execution that could not go on, with its cause. What was started is told, not undone. */
export async function fail(
  deps: ExecutionDeps,
  executionId: string,
  cause: string,
): Promise<object> {
  const head = await end(deps, executionId, "failed", cause);
  await tell(deps, head, `failed: ${cause}`);
  return {};
}

async function end(
  deps: ExecutionDeps,
  executionId: string,
  outcome: Outcome,
  cause?: string,
): Promise<Head> {
  const head = await changeHead(deps.journal, executionId, (current) =>
    current.state === "ended"
      ? undefined
      : {
          ...current,
          state: "ended",
          outcome,
          endedAt: deps.clock.now(),
          ...(cause === undefined ? {} : { cause }),
        },
  );
  await deps.journal.unlockPlan(head.plan, executionId);
  const detail = { outcome, ...(cause === undefined ? {} : { cause }) };
  await deps.journal.audit(executionId, deps.clock.now(), { what: "ended", detail });
  return head;
}

async function tell(deps: ExecutionDeps, head: Head, message: string): Promise<void> {
  const subject = `${head.kind} of ${head.plan} ended`;
  const lost = head.lostLanes.map(({ lane, reason }) => `\n${lane}: ${reason}`).join("");
  await deps.notifier.notify(subject, `Execution ${head.executionId} ${message}${lost}`);
}
