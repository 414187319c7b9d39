import { type Instant, instant, plusSeconds } from "../../core/instant.js";
import {
  type Block,
  type ChoiceState,
  type FailState,
  type MapState,
  maxWaitSeconds,
  momentIn,
  type State,
  type TaskState,
  type WaitState,
} from "./definition.js";
import { type Branch, type Engine, sleepUntil, type Visit, viewOf, withinLimit } from "./engine.js";
import { evaluate, unexpected } from "./evaluate.js";
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
    const visit: Visit = {
      name,
      input: current,
      enteredAt: engine.timeline.now(),
      enteredEvent: branch.history.add(`${state.Type}StateEntered`, name),
      retryCount: 0,
    };
    const step = await runState(engine, branch, state, visit);
    current = withinLimit(name, "output", step.output);
    branch.history.add(`${state.Type}StateExited`, name);
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
    case "Fail":
      return fail(engine, branch, state, visit);
  }
}

async function fail(
  engine: Engine,
  branch: Branch,
  state: FailState,
  visit: Visit,
): Promise<never> {
  const textOf = async (path: "Error" | "Cause"): Promise<string> => {
    const field = { path, template: state[path] ?? "" };
    const value = await evaluate(engine, branch, visit, field);
    if (typeof value === "string") return value;
    throw unexpected(branch, visit, field, "'string'", value);
  };
  throw new StateFailure(await textOf("Error"), await textOf("Cause"));
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
  const comesTo = (path: string, template: Json): Promise<Json> =>
    evaluate(engine, branch, visit, { path, template }, view);
  const assigned = assign && (await comesTo("Assign", assign));
  const given = output === undefined ? otherwise : await comesTo("Output", output);
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
  for (const [index, rule] of state.Choices.entries()) {
    const field = { path: `Choices[${index}]/Condition`, template: rule.Condition };
    const condition = await evaluate(engine, branch, visit, field);
    if (typeof condition !== "boolean") {
      throw unexpected(branch, visit, field, "'boolean'", condition);
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
): Promise<Instant> {
  const now = engine.timeline.now();
  if (timestamp !== undefined) {
    const field = { path: "Timestamp", template: timestamp };
    const text = await evaluate(engine, branch, visit, field);
    const moment = momentIn(text);
    if (moment !== undefined) return instant(Math.max(now, moment));
    throw unexpected(branch, visit, field, "a moment as 2026-01-24T02:00:00Z", text);
  }
  const field = { path: "Seconds", template: seconds ?? 0 };
  const wait = await evaluate(engine, branch, visit, field);
  if (typeof wait === "number" && Number.isInteger(wait) && wait >= 0 && wait <= maxWaitSeconds) {
    return plusSeconds(now, wait);
  }
  throw unexpected(branch, visit, field, `a whole number from 0 to ${maxWaitSeconds}`, wait);
}
