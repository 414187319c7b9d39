import jsonata from "jsonata";
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

/** An expression that failed, or came to what is no JSON. The message names it and its field, as AWS does. */
export class EvaluationProblem extends Error {
  override readonly name = "EvaluationProblem";
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
   * @throws {EvaluationProblem}
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
      fields.push([name, await this.value(`${path}/${name}`, item, view)]);
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
    if (result === undefined) throw problemOf(path, source, "returned nothing (undefined).");
    const json = holdsFunction(result) ? undefined : toJson(result);
    if (json !== undefined) return json;
    throw problemOf(path, source, "returned an unsupported result type.");
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
      const what = `threw an error during evaluation. ${codeOf(thrown)}${messageOf(thrown)}`;
      throw problemOf(path, source, what);
    }
  }
}

function problemOf(path: string, source: string, what: string): EvaluationProblem {
  const place = `The JSONata expression '${source}' specified for the field '${path}'`;
  return new EvaluationProblem(`${place} ${what}`);
}

function holdsFunction(value: unknown): boolean {
  if (typeof value === "function") return true;
  if (typeof value !== "object" || value === null) return false;
  return "_jsonata_lambda" in value || Object.values(value).some(holdsFunction);
}

/** JSONata throws plain objects. */
function messageOf(thrown: unknown): string {
  if (typeof thrown === "object" && thrown !== null && "message" in thrown) {
    return String(thrown.message);
  }
  return String(thrown);
}

function codeOf(thrown: unknown): string {
  const isCoded = typeof thrown === "object" && thrown !== null && "code" in thrown;
  return isCoded ? `${String(thrown.code)}: ` : "";
}
