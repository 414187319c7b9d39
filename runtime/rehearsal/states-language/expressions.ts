import jsonata from "jsonata";
import { StateFailure } from "./failure.js";
import { type ExpressionSources, stepFunctions } from "./functions.js";
import { isJsonObject, type Json, toJson } from "./json.js";

/** What an expression sees besides its functions. */
export interface ExpressionView {
  /** The `$states` of the place where it stands. */
  readonly states: Readonly<Record<string, Json>>;
  readonly variables: Readonly<Record<string, Json>>;
}

/** The text between `{%` and `%}`; nothing when the text is no expression. */
export function expressionIn(text: string): string | undefined {
  return /^\{%([\s\S]*)%\}$/.exec(text)?.[1]?.trim();
}

/** Says why a text cannot be an expression or plain text, or nothing when it can be one. */
export function expressionProblem(text: string): string | undefined {
  const source = expressionIn(text);
  if (source === undefined) {
    const isTorn = text.startsWith("{%") || text.endsWith("%}");
    return isTorn ? "must be a whole {% … %} or plain text" : undefined;
  }
  try {
    jsonata(source);
    return undefined;
  } catch (thrown) {
    return `must be JSONata (${messageOf(thrown)})`;
  }
}

/** Evaluates what a definition says, with expressions compiled once. */
export class Evaluator {
  readonly #functions: Readonly<Record<string, unknown>>;
  readonly #compiled = new Map<string, jsonata.Expression>();

  constructor(sources: ExpressionSources) {
    this.#functions = stepFunctions(sources);
  }

  /**
   * The value of a template: its expressions replaced by what they come to. `path` names the field.
   *
   * @throws {StateFailure} `States.QueryEvaluationError` when an expression fails or comes to nothing
   */
  async value(path: string, template: Json, view: ExpressionView): Promise<Json> {
    if (typeof template === "string") {
      const source = expressionIn(template);
      return source === undefined ? template : this.#evaluate(path, source, view);
    }
    if (Array.isArray(template)) {
      const values: Json[] = [];
      for (const [index, item] of template.entries()) {
        values.push(await this.value(`${path}[${index}]`, item, view));
      }
      return values;
    }
    if (!isJsonObject(template)) return template;
    const fields: [string, Json][] = [];
    for (const [name, item] of Object.entries(template)) {
      fields.push([name, await this.value(`${path}.${name}`, item, view)]);
    }
    return Object.fromEntries(fields);
  }

  async #evaluate(path: string, source: string, view: ExpressionView): Promise<Json> {
    let expression = this.#compiled.get(source);
    if (expression === undefined) {
      expression = jsonata(source);
      this.#compiled.set(source, expression);
    }
    const bindings = { ...this.#functions, ...view.variables, states: view.states };
    const result = await this.#run(path, source, expression, bindings);
    const json = typeof result === "function" ? undefined : toJson(result);
    if (json === undefined) throw evaluationError(path, source, "it came to nothing");
    return json;
  }

  async #run(
    path: string,
    source: string,
    expression: jsonata.Expression,
    bindings: Readonly<Record<string, unknown>>,
  ): Promise<unknown> {
    try {
      return await expression.evaluate(undefined, bindings);
    } catch (thrown) {
      throw evaluationError(path, source, messageOf(thrown));
    }
  }
}

function evaluationError(path: string, source: string, why: string): StateFailure {
  const reason = `The JSONata expression '${source}' specified for the field '${path}' failed: ${why}.`;
  return new StateFailure("States.QueryEvaluationError", reason);
}

/** JSONata throws plain objects. */
function messageOf(thrown: unknown): string {
  if (typeof thrown === "object" && thrown !== null && "message" in thrown) {
    return String(thrown.message);
  }
  return String(thrown);
}
