type Fields = Readonly<Record<string, unknown>>;

/** A state of a machine, at its path in the definition. */
export interface FoundState {
  /** `States.Recover.ItemProcessor.States.Begin`. */
  readonly path: string;
  readonly state: Fields;
}

/** States beside each other: those of a machine, of a Map's items, or of a branch. */
export interface FoundBlock {
  readonly path: string;
  readonly states: Readonly<Record<string, Fields>>;
}

/** The definition of a state machine, given as JSON; nothing when it is none. */
export function definitionOf(text: unknown): Fields | undefined {
  if (typeof text !== "string") return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) && isFields(value.States) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The block of a machine, and those inside its Maps and Parallels. */
export function blocksOf(definition: Fields, path = ""): readonly FoundBlock[] {
  const states = Object.fromEntries(fieldsIn(definition.States));
  const inner = Object.entries(states).flatMap(([name, state]) => {
    const place = `${path}States.${name}`;
    const branches = list(state.Branches).filter(isFields);
    return [
      ...[state.ItemProcessor, state.Iterator].filter(isFields).map((block) => {
        const field = block === state.Iterator ? "Iterator" : "ItemProcessor";
        return { block, at: `${place}.${field}.` };
      }),
      ...branches.map((block, index) => ({ block, at: `${place}.Branches[${index}].` })),
    ].flatMap(({ block, at }) => blocksOf(block, at));
  });
  return [{ path, states }, ...inner];
}

/** Every state of a machine, those of inner blocks too. */
export function statesOf(definition: Fields): readonly FoundState[] {
  return blocksOf(definition).flatMap(({ path, states }) =>
    Object.entries(states).map(([name, state]) => ({ path: `${path}States.${name}`, state })),
  );
}

/** Where a state can lead. */
export function nextsOf(state: Fields): readonly string[] {
  const rules = [...list(state.Choices), ...list(state.Catch)].filter(isFields);
  return [state.Next, state.Default, ...rules.map(({ Next: next }) => next)].filter(
    (next): next is string => typeof next === "string",
  );
}

/** Errors that the rules of a field name, rule by rule. */
export function errorsIn(state: Fields, field: "Retry" | "Catch"): readonly NamedErrors[] {
  return list(state[field])
    .filter(isFields)
    .map((rule, index) => ({
      path: `${field}[${index}]`,
      rule,
      names: list(rule.ErrorEquals).map(String),
    }));
}

/** A retrier or a catcher. */
export interface NamedErrors {
  readonly path: string;
  readonly rule: Fields;
  readonly names: readonly string[];
}

function fieldsIn(value: unknown): readonly (readonly [string, Fields])[] {
  if (!isFields(value)) return [];
  return Object.entries(value).flatMap(([name, one]) => (isFields(one) ? [[name, one]] : []));
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
