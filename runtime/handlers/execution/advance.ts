import { DrError } from "../../core/errors.js";
import { type LaneKey, laneOf } from "../../core/lane.js";
import { answered } from "../../core/recovery/answers.js";
import { decideCleanUp } from "../../core/recovery/clean-up.js";
import { decide } from "../../core/recovery/decide.js";
import type { CallAnswer } from "../../core/recovery/observation.js";
import { jobsFrom } from "../../core/recovery/observe.js";
import { voided } from "../../core/recovery/reconcile.js";
import type { Batch, EndedBatch, GateState, LaneState } from "../../core/recovery/state.js";
import { jobTags } from "../../core/recovery/tags.js";
import type { Decision, GateMark, LaneView, Observation } from "../../core/recovery/view.js";
import { cadence } from "../../limits.js";
import type { ExecutionDeps } from "./deps.js";
import { observe } from "./observe.js";
import { requireHead, requireLane } from "./records.js";

/** What the lane's state machine does next. */
export type Advanced =
  | { readonly next: "wait"; readonly seconds: number }
  | { readonly next: "pause" }
  | { readonly next: "ended" };

/** Times that one turn may call DRS for changes: after a 409 the rest is started in the same turn. */
const rounds = 3;

/**
 * One turn of a lane: load, observe, decide, record, act. Safe to run twice or side by side: only
 * the turn that moved the lane from one revision to the next may call what that write intended.
 */
export async function advance(
  deps: ExecutionDeps,
  { executionId, lane }: { executionId: string; lane: LaneKey },
): Promise<Advanced> {
  let view = await loadView(deps, executionId, lane);
  if (view.lane.phase === "recovered" || view.lane.phase === "cleaned-up") {
    await confirm(deps, view.lane, missingMarks(view));
    return ended(deps, view.lane);
  }
  if (view.lane.taskToken) await deps.workflows.heartbeat(view.lane.taskToken);
  const token = deps.newId();
  let stored = view.lane;
  let told: readonly EndedBatch[] = [];
  for (let round = 0; ; round += 1) {
    const looked = await lookAt(deps, view);
    if (!looked) {
      const answers = { lane: view.lane, ended: told, marks: [] };
      if (round > 0) await record(deps, stored, answers, token);
      return { next: "wait", seconds: throttledSeconds(deps) };
    }
    const { seen, hasLooked } = looked;
    if (hasLooked && !seen.unavailable) view = sinceFirstLook(view, seen);
    const turn = {
      now: deps.clock.now(),
      token,
      random: deps.random,
      mayIntend: hasLooked && round < rounds,
    };
    const decision =
      view.lane.phase === "cleaning-up"
        ? decideCleanUp(view, seen, turn)
        : decide(view, seen, turn);
    const over = [...told, ...decision.ended];
    const written = await record(deps, stored, { ...decision, ended: over }, token);
    if (!written) return { next: "wait", seconds: 1 };
    await auditRevived(deps, view, decision);
    if (decision.calls.length === 0) return answer(deps, written, decision);
    const acted = await act(deps, view, written, decision.calls);
    stored = written;
    told = acted.ended;
    view = {
      ...view,
      lane: acted.lane,
      ended: [...view.ended, ...decision.ended, ...told],
      gates: marked(view.gates, decision.marks),
    };
  }
}

/**
 * The lane is read before its ended batches: a batch that it had let go of by then is among them. In
 * the other order a server could be in neither, and look as if it still waited.
 */
async function loadView(
  deps: ExecutionDeps,
  executionId: string,
  lane: LaneKey,
): Promise<LaneView> {
  const { journal } = deps;
  const [head, state, members] = await Promise.all([
    requireHead(journal, executionId),
    requireLane(journal, executionId, lane),
    journal.members(executionId, lane),
  ]);
  const gateWaves = [...new Set(head.waves.flatMap(({ dependsOn }) => dependsOn))];
  const [endedBatches, gates] = await Promise.all([
    journal.endedBatches(executionId, lane),
    journal.gates(executionId, gateWaves),
  ]);
  return { head, lane: state, members, ended: endedBatches, gates };
}

/** The first look that shows something says from when on jobs matter; later ones ask from there. */
function sinceFirstLook(view: LaneView, { jobs }: Observation): LaneView {
  const from = view.lane.jobsFrom ?? jobsFrom(view.head, jobs);
  return { ...view, lane: { ...view.lane, jobsFrom: from } };
}

async function lookAt(deps: ExecutionDeps, view: LaneView) {
  try {
    return await observe(deps, view);
  } catch (error) {
    if (error instanceof DrError && error.code === "lane-throttled") return undefined;
    throw error;
  }
}

function throttledSeconds({ random }: ExecutionDeps): number {
  return Math.ceil(cadence.gatePollSeconds * (0.5 + random()));
}

/**
 * Writes the batches that have ended, then the lane with the intents inside it, and only when that is
 * written what this turn decided by itself: servers that end without a call, and gates. Answers the
 * lane as it stands now, or nothing when another turn was first: then this one must not call anything.
 */
async function record(
  deps: ExecutionDeps,
  stored: LaneState,
  { lane, ended: over, marks }: Pick<Decision, "lane" | "ended" | "marks">,
  token: string,
): Promise<LaneState | undefined> {
  await putEnded(deps, lane, over);
  const next: LaneState = { ...lane, revision: stored.revision + 1, owner: token };
  const isNew = hasChanged(stored, lane);
  if (isNew && (await deps.journal.writeLane(next)) === "lost") return undefined;
  await confirm(deps, lane, marks);
  return isNew ? next : stored;
}

/** Repeats what a written lane says outside of it. A turn that dies before it is made up for by the next. */
async function confirm(
  deps: ExecutionDeps,
  lane: LaneState,
  marks: readonly GateMark[],
): Promise<void> {
  await putEnded(deps, lane, lane.settling);
  for (const { wave, lane: key, broken } of marks) {
    await deps.journal.markGate(lane.executionId, wave, key, broken);
  }
}

async function putEnded(
  { journal }: ExecutionDeps,
  { executionId, lane }: LaneState,
  batches: readonly EndedBatch[],
): Promise<void> {
  await Promise.all(batches.map((batch) => journal.putEndedBatch(executionId, lane, batch)));
}

function missingMarks({ lane, gates }: LaneView): readonly GateMark[] {
  const unmarked = gates.filter(({ done }) => !done.has(lane.lane)).map(({ wave }) => wave);
  return lane.waves
    .filter(({ name, done }) => done && unmarked.includes(name))
    .map(({ name, broken }) => ({ wave: name, lane: lane.lane, broken }));
}

function marked(gates: readonly GateState[], marks: readonly GateMark[]): readonly GateState[] {
  return gates.map((gate) => {
    const own = marks.filter(({ wave }) => wave === gate.wave);
    const broken = own.filter((mark) => mark.broken);
    return {
      ...gate,
      done: new Set([...gate.done, ...own.map(({ lane }) => lane)]),
      broken: new Set([...gate.broken, ...broken.map(({ lane }) => lane)]),
    };
  });
}

function hasChanged(before: LaneState, after: LaneState): boolean {
  return (
    JSON.stringify(before) !==
    JSON.stringify({ ...after, revision: before.revision, owner: before.owner })
  );
}

async function act(
  deps: ExecutionDeps,
  view: LaneView,
  written: LaneState,
  calls: readonly Batch[],
): Promise<{ readonly lane: LaneState; readonly ended: readonly EndedBatch[] }> {
  let lane = written;
  const over: EndedBatch[] = [];
  let isRefused = false;
  for (const batch of calls) {
    if (isRefused) {
      over.push(voided(batch, "not called: the lane refused the call before it", deps.clock.now()));
      lane = {
        ...lane,
        openBatches: lane.openBatches.filter(({ number }) => number !== batch.number),
      };
      continue;
    }
    const reply = await call(deps, view, batch);
    await deps.journal.audit(lane.executionId, deps.clock.now(), auditOf(lane.lane, batch, reply));
    const folded = answered(lane, batch, reply, deps.clock.now(), deps.random);
    lane = folded.lane;
    over.push(...folded.ended);
    isRefused = reply.kind === "throttled" || reply.kind === "over-quota";
  }
  return { lane, ended: over };
}

function call({ drs }: ExecutionDeps, { head, lane }: LaneView, batch: Batch): Promise<CallAnswer> {
  const port = drs(laneOf(lane.lane));
  if (batch.kind === "terminate") return port.terminate(batch.instances ?? []);
  return port.startRecovery({
    servers: batch.servers,
    isDrill: head.kind === "drill",
    tags: jobTags(head.executionId, lane.lane, batch.number),
  });
}

/** Says that a batch which had been given up has a job after all: no call may arrive that late. */
async function auditRevived(
  { journal, clock }: ExecutionDeps,
  { lane, ended: records }: LaneView,
  decision: Decision,
): Promise<void> {
  const dead = records.filter(({ outcome }) => outcome === "void").map(({ number }) => number);
  const watched = lane.openBatches.filter(({ jobId }) => jobId !== undefined);
  const ended = decision.ended.filter(({ outcome }) => outcome === "ended");
  for (const { number, jobId, servers } of [...decision.lane.openBatches, ...ended]) {
    const isNew = !watched.some((batch) => batch.number === number);
    if (jobId === undefined || !dead.includes(number) || !isNew) continue;
    await journal.audit(lane.executionId, clock.now(), {
      what: "revived",
      lane: lane.lane,
      detail: { batch: number, servers: servers.length, job: jobId },
    });
  }
}

function auditOf(lane: LaneKey, { kind, number, servers }: Batch, reply: CallAnswer) {
  const job = reply.kind === "accepted" ? { job: reply.job.jobId } : { message: reply.message };
  const detail = { batch: number, servers: servers.length, answer: reply.kind, ...job };
  return { what: `called ${kind}`, lane, detail };
}

async function answer(
  deps: ExecutionDeps,
  lane: LaneState,
  { next, held }: Decision,
): Promise<Advanced> {
  deps.log.info("lane advanced", {
    executionId: lane.executionId,
    lane: lane.lane,
    revision: lane.revision,
    next: next.kind,
    held: held.length,
  });
  switch (next.kind) {
    case "wait":
      return { next: "wait", seconds: next.seconds };
    case "pause":
      return { next: "pause" };
    case "ended":
      return ended(deps, lane);
  }
}

/** The lane's end is told by its own last turn, so that hand-overs do not break the plan's wait. */
async function ended({ workflows }: ExecutionDeps, { taskToken }: LaneState): Promise<Advanced> {
  if (taskToken) await workflows.succeed(taskToken, {});
  return { next: "ended" };
}
