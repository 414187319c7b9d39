import { type Branch, type Engine, type Visit, viewOf } from "./engine.js";
import { EvaluationProblem, type ExpressionView, expressionIn } from "./expressions.js";
import { StateFailure } from "./failure.js";
import type { Json } from "./json.js";

/** A field of a state, with expressions in it. */
export interface Field {
  /** As AWS writes it: `Output/lanes`. */
  readonly path: string;
  readonly template: Json;
}

/**
 * The value of a field. A failure is written into the history before it is thrown, as AWS does.
 *
 * @throws {StateFailure} `States.QueryEvaluationError`
 */
export async function evaluate(
  engine: Engine,
  branch: Branch,
  visit: Visit,
  { path, template }: Field,
  view: ExpressionView = viewOf(branch, visit),
): Promise<Json> {
  try {
    return await engine.evaluator.value(path, template, view);
  } catch (thrown) {
    if (!(thrown instanceof EvaluationProblem)) throw thrown;
    throw evaluationFailure(branch, visit, thrown.message);
  }
}

/** A field that came to a value which the state cannot use. `expected` is in words. */
export function unexpected(
  branch: Branch,
  visit: Visit,
  { path, template }: Field,
  expected: string,
  got: Json,
): StateFailure {
  const source = typeof template === "string" ? expressionIn(template) : undefined;
  const what = `The JSONata expression '${source ?? JSON.stringify(template)}' specified for the field '${path}'`;
  const problem = `${what} returned an unexpected result type. Expected ${expected}, but was '${typeOf(got)}' for value: ${JSON.stringify(got)}`;
  return evaluationFailure(branch, visit, problem);
}

function evaluationFailure(branch: Branch, visit: Visit, problem: string): StateFailure {
  const where = `An error occurred while executing the state '${visit.name}' (entered at the event id #${visit.enteredEvent}).`;
  const failure = new StateFailure("States.QueryEvaluationError", `${where} ${problem}`);
  branch.history.add("EvaluationFailed", visit.name, failure);
  return failure;
}

function typeOf(value: Json): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
