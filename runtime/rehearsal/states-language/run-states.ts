import { instant, plusSeconds } from "../../core/instant.js";
import type { Block, ChoiceState, MapState, State, TaskState, WaitState } from "./definition.js";
import { type Branch, type Engine, sleepUntil, type Visit, viewOf, withinLimit } from "./engine.js";
import { rehearsalFailure, StateFailure } from "./failure.js";
import { isJsonObject, type Json, type JsonObject } from "./json.js";
import { Attempts, catcherOf } from "./recovery.js";
import { attemptMap } from "./run-map.js";
import { attemptTask } from "./run-task.js";

/** Where a state leads, and what it hands on. Without `next` its block ends. */
interface Step {
  readonly output: Json;
  readonly next: string | undefined;
}

/** What a state says on the way out: variables and output, each with expressions. */
interface Leaving {
  readonly Assign?: Readonly<Record<string, Json>> | undefined;
  readonly Output?: Json | undefined;
}

/**
 * Runs the states of a block one after another, and answers the output of the last. A branch whose
 * scope closes never comes back.
 *
 * @throws {StateFailure} what no Catch takes
 */
export async function runStates(
  engine: Engine,
  branch: Branch,
  block: Block,
  input: Json,
): Promise<Json> {
  let name = block.StartAt;
  let current = input;
  for (;;) {
    const state = block.States[name];
    if (state === undefined) throw new StateFailure("States.Runtime", `There is no state ${name}.`);
    if (!branch.scope.isOpen) await engine.activity.suspend<never>(branch.scope, () => noUndo);
    const event = state.Type === "Fail" ? "Fail" : state.Type;
    branch.history.add(`${event}StateEntered`, name);
    const visit = { name, input: current, enteredAt: engine.timeline.now(), retryCount: 0 };
    const step = await runState(engine, branch, state, visit);
    branch.history.add(`${event}StateExited`, name);
    current = withinLimit(name, "output", step.output);
    if (step.next === undefined) return current;
    name = step.next;
  }
}

function noUndo(): void {}

async function runState(engine: Engine, branch: Branch, state: State, visit: Visit): Promise<Step> {
  switch (state.Type) {
    case "Task":
    case "Map":
      return runWithRecovery(engine, branch, state, visit);
    case "Choice":
      return choose(engine, branch, state, visit);
    case "Wait":
      await sleepUntil(engine, branch, await wakingTime(engine, branch, state, visit));
      return leave(engine, branch, visit, state, state.Next, visit.input);
    case "Pass":
      return leave(engine, branch, visit, state, state.Next, visit.input);
    case "Succeed":
      return leave(engine, branch, visit, state, undefined, visit.input);
    case "Fail": {
      const view = viewOf(branch, visit);
      const { Error: error = "States.TaskFailed", Cause: cause = "" } = state;
      const given = await engine.evaluator.value("Fail", { error, cause }, view);
      const texts = isJsonObject(given) ? given : {};
      throw new StateFailure(String(texts.error), String(texts.cause));
    }
  }
}

/** Attempts a state until it succeeds, until no retrier takes its failure, or until a Catch does. */
async function runWithRecovery(
  engine: Engine,
  branch: Branch,
  state: TaskState | MapState,
  visit: Visit,
): Promise<Step> {
  const attempts = new Attempts(state.Retry, engine.random);
  for (let retryCount = 0; ; retryCount += 1) {
    const attempt: Visit = { ...visit, retryCount };
    try {
      const result = await attemptOnce(engine, branch, state, attempt);
      return await leave(engine, branch, attempt, state, state.Next, result, { result });
    } catch (thrown) {
      const failure = rehearsalFailure(thrown);
      const seconds = attempts.secondsToNext(failure);
      if (seconds === undefined) return recover(engine, branch, state, attempt, failure);
      await sleepUntil(engine, branch, plusSeconds(engine.timeline.now(), seconds));
    }
  }
}

function attemptOnce(
  engine: Engine,
  branch: Branch,
  state: TaskState | MapState,
  visit: Visit,
): Promise<Json> {
  if (state.Type === "Task") return attemptTask(engine, branch, state, visit);
  const runItem = (item: Branch, input: Json): Promise<Json> =>
    runStates(engine, item, state.ItemProcessor, input);
  return attemptMap(engine, branch, state, visit, runItem);
}

async function recover(
  engine: Engine,
  branch: Branch,
  state: TaskState | MapState,
  visit: Visit,
  failure: StateFailure,
): Promise<Step> {
  const catcher = catcherOf(state.Catch, failure);
  if (state.Type === "Map") branch.history.add("MapStateFailed", visit.name, failure);
  if (catcher === undefined) throw failure;
  const errorOutput = { Error: failure.error, Cause: failure.reason };
  return leave(engine, branch, visit, catcher, catcher.Next, errorOutput, { errorOutput });
}

/** Evaluates what a state says on the way out. Its output sees the variables as they were before. */
async function leave(
  engine: Engine,
  branch: Branch,
  visit: Visit,
  { Assign: assign, Output: output }: Leaving,
  next: string | undefined,
  otherwise: Json,
  extra: JsonObject = {},
): Promise<Step> {
  const view = viewOf(branch, visit, extra);
  const assigned = assign && (await engine.evaluator.value("Assign", assign, view));
  const given =
    output === undefined ? otherwise : await engine.evaluator.value("Output", output, view);
  if (isJsonObject(assigned)) {
    withinLimit(visit.name, "variable", assigned);
    branch.variables.assign(assigned);
  }
  return { output: given, next };
}

async function choose(
  engine: Engine,
  branch: Branch,
  state: ChoiceState,
  visit: Visit,
): Promise<Step> {
  const view = viewOf(branch, visit);
  for (const [index, rule] of state.Choices.entries()) {
    const path = `Choices[${index}].Condition`;
    const condition = await engine.evaluator.value(path, rule.Condition, view);
    if (typeof condition !== "boolean") {
      const reason = `${path} must come to true or false, got ${JSON.stringify(condition)}.`;
      throw new StateFailure("States.QueryEvaluationError", reason);
    }
    if (condition) return leave(engine, branch, visit, rule, rule.Next, visit.input);
  }
  if (state.Default === undefined) {
    throw new StateFailure("States.NoChoiceMatched", `No choice of ${visit.name} matched.`);
  }
  return leave(engine, branch, visit, state, state.Default, visit.input);
}

async function wakingTime(
  engine: Engine,
  branch: Branch,
  { Seconds: seconds, Timestamp: timestamp }: WaitState,
  visit: Visit,
): Promise<ReturnType<typeof instant>> {
  const view = viewOf(branch, visit);
  const now = engine.timeline.now();
  if (timestamp !== undefined) {
    const text = await engine.evaluator.value("Timestamp", timestamp, view);
    const moment = Date.parse(String(text));
    if (Number.isFinite(moment)) return instant(Math.max(now, moment));
    throw badWait("Timestamp must come to an ISO 8601 moment", text);
  }
  const wait = await engine.evaluator.value("Seconds", seconds ?? 0, view);
  if (typeof wait === "number" && Number.isInteger(wait) && wait >= 0 && wait <= 99_999_999) {
    return plusSeconds(now, wait);
  }
  throw badWait("Seconds must come to a whole number from 0 to 99999999", wait);
}

function badWait(rule: string, got: Json): StateFailure {
  return new StateFailure("States.QueryEvaluationError", `${rule}, got ${JSON.stringify(got)}.`);
}
