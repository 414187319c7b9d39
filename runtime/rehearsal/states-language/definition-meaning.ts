import {
  type Block,
  type Catcher,
  type Definition,
  type MapState,
  momentIn,
  type Retrier,
  type State,
  type TaskState,
  type WaitState,
} from "./definition.js";
import { expressionIn, expressionProblem } from "./expressions.js";
import { isJsonObject, type Json } from "./json.js";

/** AWS: "Quotas related to state machines", Step Functions Developer Guide. */
const maxNameLength = 80;

/** What is wrong with a definition of the right shape: where its states lead, and what they say. */
export function meaningProblems(definition: Definition): readonly string[] {
  const names = new Set<string>();
  return [
    ...blockProblems("", definition, new Set(), names),
    ...expressionProblems("", definition as unknown as Json),
  ];
}

/** `outer` are variables of the blocks around this one; `names` all states seen so far. */
function blockProblems(
  path: string,
  block: Block,
  outer: ReadonlySet<string>,
  names: Set<string>,
): readonly string[] {
  const states = Object.entries(block.States);
  const problems = graphProblems(path, block);
  const own = new Set(states.flatMap(([, state]) => assignedBy(state)));
  for (const variable of own) {
    if (variable === "states" || !/^[\p{L}_][\p{L}\p{N}_]{0,79}$/u.test(variable)) {
      problems.push(
        `${path}States must assign variables of letters, digits and _, got "${variable}".`,
      );
    }
    if (outer.has(variable)) {
      problems.push(
        `${path}States must not assign "${variable}", got a variable of the states around the Map. ` +
          "Choose another name.",
      );
    }
  }
  for (const [name, state] of states) {
    const place = `${path}States.${name}`;
    if (names.has(name)) problems.push(`${place} must be a name used once, got it twice.`);
    if (name.length > maxNameLength) {
      const rule = `must be a name of at most ${maxNameLength} characters`;
      problems.push(`${place} ${rule}, got ${name.length}.`);
    }
    names.add(name);
    problems.push(...stateProblems(place, state));
    if (state.Type === "Map") {
      const inner = new Set(isDistributed(state) ? [] : [...outer, ...own]);
      problems.push(...blockProblems(`${place}.ItemProcessor.`, state.ItemProcessor, inner, names));
    }
  }
  return problems;
}

function graphProblems(path: string, block: Block): string[] {
  const problems: string[] = [];
  const isKnown = (place: string, name: string): void => {
    if (block.States[name] !== undefined) return;
    problems.push(`${place} must be a state beside it, got "${name}".`);
  };
  isKnown(`${path}StartAt`, block.StartAt);
  const reached = new Set([block.StartAt]);
  for (const name of reached) {
    const state = block.States[name];
    if (state === undefined) continue;
    for (const [field, next] of nextsOf(state)) {
      isKnown(`${path}States.${name}.${field}`, next);
      reached.add(next);
    }
  }
  for (const [name, state] of Object.entries(block.States)) {
    if (!reached.has(name)) {
      problems.push(`${path}States.${name} must be reached from StartAt, got no way to it.`);
    }
    if (hasLeads(state) && (state.Next === undefined) === (state.End === undefined)) {
      problems.push(`${path}States.${name} must have either Next or End, got both or none.`);
    }
  }
  return problems;
}

type LeadingState = Extract<State, { readonly Type: "Task" | "Map" | "Wait" | "Pass" }>;

function hasLeads(state: State): state is LeadingState {
  return state.Type !== "Choice" && state.Type !== "Succeed" && state.Type !== "Fail";
}

/** Where a state can lead, by the field that says so. */
function nextsOf(state: State): readonly (readonly [string, string])[] {
  switch (state.Type) {
    case "Choice":
      return [
        ...state.Choices.map((rule, index) => [`Choices[${index}].Next`, rule.Next] as const),
        ...(state.Default === undefined ? [] : [["Default", state.Default] as const]),
      ];
    case "Task":
    case "Map":
      return [
        ...(state.Next === undefined ? [] : [["Next", state.Next] as const]),
        ...state.Catch.map((rule, index) => [`Catch[${index}].Next`, rule.Next] as const),
      ];
    case "Wait":
    case "Pass":
      return state.Next === undefined ? [] : [["Next", state.Next]];
    case "Succeed":
    case "Fail":
      return [];
  }
}

function assignedBy(state: State): readonly string[] {
  const assignments = "Assign" in state && state.Assign ? Object.keys(state.Assign) : [];
  switch (state.Type) {
    case "Choice":
      return [...assignments, ...state.Choices.flatMap((rule) => Object.keys(rule.Assign ?? {}))];
    case "Task":
    case "Map":
      return [...assignments, ...state.Catch.flatMap((rule) => Object.keys(rule.Assign ?? {}))];
    default:
      return assignments;
  }
}

function stateProblems(path: string, state: State): readonly string[] {
  switch (state.Type) {
    case "Task":
      return [...taskProblems(path, state), ...recoveryProblems(path, state)];
    case "Map":
      return [...mapProblems(path, state), ...recoveryProblems(path, state)];
    case "Wait":
      return waitProblems(path, state);
    case "Choice":
      return state.Choices.flatMap((rule, index) =>
        expressionIn(rule.Condition) === undefined
          ? [`${path}.Choices[${index}].Condition must be {% … %}, got "${rule.Condition}".`]
          : [],
      );
    case "Pass":
    case "Succeed":
    case "Fail":
      return [];
  }
}

function waitProblems(path: string, { Seconds: seconds, Timestamp: timestamp }: WaitState) {
  const problems: string[] = [];
  if ((seconds === undefined) === (timestamp === undefined)) {
    problems.push(`${path} must have either Seconds or Timestamp, got both or none.`);
  }
  if (typeof seconds === "string" && expressionIn(seconds) === undefined) {
    problems.push(`${path}.Seconds must be a number or {% … %}, got "${seconds}".`);
  }
  const isMoment = (value: string): boolean =>
    expressionIn(value) !== undefined || momentIn(value) !== undefined;
  if (timestamp !== undefined && !isMoment(timestamp)) {
    const rule = "must be a moment as 2026-01-24T02:00:00Z or {% … %}";
    problems.push(`${path}.Timestamp ${rule}, got "${timestamp}".`);
  }
  return problems;
}

function taskProblems(path: string, state: TaskState): readonly string[] {
  const problems: string[] = [];
  const { HeartbeatSeconds: heartbeat, TimeoutSeconds: timeout } = state;
  if (heartbeat !== undefined && heartbeat >= timeout) {
    problems.push(
      `${path}.HeartbeatSeconds must be below TimeoutSeconds (${timeout}), got ${heartbeat}.`,
    );
  }
  const isToken = state.Resource.endsWith(".waitForTaskToken");
  const givesToken = JSON.stringify(state.Arguments).includes("$states.context.Task.Token");
  if (isToken !== givesToken) {
    problems.push(
      `${path}.Arguments must hand out $states.context.Task.Token exactly if the Task waits for it, ` +
        `got ${givesToken ? "a token that nobody waits for" : "a wait for a token that nobody has"}.`,
    );
  }
  return problems;
}

function mapProblems(path: string, state: MapState): readonly string[] {
  const { Items: items, ToleratedFailurePercentage: tolerated } = state;
  const problems: string[] = [];
  if (typeof items === "string" && expressionIn(items) === undefined) {
    problems.push(`${path}.Items must be a list or {% … %}, got "${items}".`);
  }
  if (tolerated !== undefined && !isDistributed(state)) {
    const rule = "must be absent from an inline Map";
    problems.push(`${path}.ToleratedFailurePercentage ${rule}, got ${tolerated}.`);
  }
  return problems;
}

function isDistributed(state: MapState): boolean {
  return state.ItemProcessor.ProcessorConfig.Mode === "DISTRIBUTED";
}

/** `States.ALL` stands alone and last; our names and AWS's are the only ones that may begin with `States.`. */
function recoveryProblems(
  path: string,
  state: { readonly Retry: readonly Retrier[]; readonly Catch: readonly Catcher[] },
): readonly string[] {
  return (["Retry", "Catch"] as const).flatMap((field) =>
    state[field].flatMap(({ ErrorEquals: names }, index) => {
      const place = `${path}.${field}[${index}].ErrorEquals`;
      const problems = names
        .filter((name) => name.startsWith("States.") && !knownErrors.has(name))
        .map((name) => `${place} must hold errors that the rehearsal raises, got "${name}".`);
      if (!names.includes("States.ALL")) return problems;
      const isAloneAndLast = names.length === 1 && index === state[field].length - 1;
      return isAloneAndLast
        ? problems
        : [...problems, `${place} must have States.ALL alone and last.`];
    }),
  );
}

const knownErrors = new Set([
  "States.ALL",
  "States.DataLimitExceeded",
  "States.ExceedToleratedFailureThreshold",
  "States.HeartbeatTimeout",
  "States.NoChoiceMatched",
  "States.Permissions",
  "States.QueryEvaluationError",
  "States.TaskFailed",
  "States.Timeout",
]);

/** Fields that hold plain names, so that nothing in them is an expression. */
const plainFields = new Set(["Comment", "Type", "Resource", "Next", "Default", "StartAt"]);

function expressionProblems(path: string, value: Json): readonly string[] {
  if (typeof value === "string") {
    const problem = expressionProblem(value);
    return problem === undefined ? [] : [`${path} ${problem}, got ${JSON.stringify(value)}.`];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item: Json, index) => expressionProblems(`${path}[${index}]`, item));
  }
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, item]) =>
    plainFields.has(name) && typeof item === "string"
      ? []
      : expressionProblems(path === "" ? name : `${path}.${name}`, item),
  );
}
