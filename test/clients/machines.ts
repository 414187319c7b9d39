import fc from "fast-check";
import { functionArn } from "../support/states-bench.js";
import { distributedMapOf } from "./machine-distributed.js";
import {
  catchers,
  errors,
  expressed,
  mapErrors,
  retriers,
  soundAssign,
  taskErrors,
  truth,
  wayOut,
} from "./machine-parts.js";

/** What a call of a function comes to. One that holds a task token may also say nothing. */
export type Outcome =
  | { readonly value: unknown }
  | { readonly error: string }
  | { readonly silent: true };

/** A machine, its input, and what its functions do, by the `key` of their payloads, attempt by attempt. */
export interface Case {
  readonly definition: object;
  readonly input: object;
  readonly functions: Readonly<Record<string, readonly Outcome[]>>;
}

type Fields = Readonly<Record<string, unknown>>;

/** Machines of the part of the states language that both interpreters know: they always end. */
export const cases: fc.Arbitrary<Case> = fc
  .record({
    block: fc.array(fc.nat(99), { minLength: 2, maxLength: 6 }).chain((kinds) => {
      return blockOf("S", kinds, true);
    }),
    input: fc.record({
      number: fc.integer({ min: -5, max: 5 }),
      list: fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 4 }),
      text: fc.constantFrom("", "a", "lane 1/r"),
    }),
  })
  .map(({ block, input }) => ({
    definition: { QueryLanguage: "JSONata", StartAt: block.start, States: block.states },
    input,
    functions: block.functions,
  }));

/** Some states of a machine, and what their functions do. */
export interface Part {
  readonly start: string;
  readonly states: Fields;
  readonly functions: Readonly<Record<string, readonly Outcome[]>>;
}

/** States one after another, each leading to the next; choices and catchers may skip some. */
function blockOf(prefix: string, kinds: readonly number[], isOuter: boolean): fc.Arbitrary<Part> {
  const names = kinds.map((_, index) => `${prefix}${index}`);
  const parts = kinds.map((kind, index) => {
    const after = names.slice(index + 1);
    return fc
      .constantFrom(...(after.length > 0 ? after : [undefined]))
      .chain((skip) => stateOf({ name: names[index] ?? "", next: after[0], skip, isOuter }, kind));
  });
  return fc.tuple(...parts).map((list) => ({
    start: names[0] ?? "",
    states: Object.assign({}, ...list.map((part) => part.states)),
    functions: Object.assign({}, ...list.map((part) => part.functions)),
  }));
}

/** Where a state stands: what follows it, where it may skip to, and whether it is in no Map. */
export interface Place {
  readonly name: string;
  readonly next: string | undefined;
  readonly skip: string | undefined;
  readonly isOuter: boolean;
}

function leadsOf({ next }: Place): Fields {
  return next === undefined ? { End: true } : { Next: next };
}

/** `kind` is below 100. */
function stateOf(place: Place, kind: number): fc.Arbitrary<Part> {
  const { name, next, skip, isOuter } = place;
  const leads = leadsOf(place);
  const alone = (fields: Fields): Part => ({
    start: name,
    states: { [name]: fields },
    functions: {},
  });
  if (kind < 30) return taskOf(place);
  if (kind < 45) {
    return wayOut(isOuter).map((fields) => alone({ Type: "Pass", ...fields, ...leads }));
  }
  if (kind < 55) {
    return fc
      .record({ until: waits, fields: wayOut(isOuter) })
      .map(({ until, fields }) => alone({ Type: "Wait", ...until, ...fields, ...leads }));
  }
  if (kind < 70 && next !== undefined) {
    return choiceOf(next, skip ?? next, isOuter).map((fields) => alone(fields));
  }
  if (kind < 79 && isOuter) return mapOf(place);
  if (kind < 85 && isOuter) return distributedMapOf(place, leads);
  if (next === undefined && kind > 92) {
    return fc.constant(alone({ Type: "Fail", Error: "ended", Cause: expressed("'at ' & 'last'") }));
  }
  if (next === undefined)
    return wayOut(isOuter).map((fields) =>
      alone({ Type: "Succeed", ...fields, Assign: undefined }),
    );
  return tokenTaskOf(place);
}

/** Moments before the machine begins, while it runs, and after all else of it. */
const waits = fc.oneof(
  fc.record({ Seconds: fc.oneof(fc.nat(9), fc.constant(expressed("2 * 3"))) }),
  fc.record({
    Timestamp: fc.constantFrom(
      "2020-02-29T00:00:00Z",
      "2026-01-24T02:00:20Z",
      "2026-01-24T02:03:00Z",
      expressed("'2026-01-25T00:00:00Z'"),
    ),
  }),
);

function choiceOf(next: string, skip: string, isOuter: boolean): fc.Arbitrary<Fields> {
  return fc.record({
    Type: fc.constant("Choice"),
    Choices: fc.array(
      fc
        .record({ source: truth, fields: wayOut(isOuter) })
        .map(({ source, fields }) => ({ Condition: expressed(source), Next: skip, ...fields })),
      { minLength: 1, maxLength: 2 },
    ),
    Default: fc.constant(next),
  });
}

const outcomes = fc.array(
  fc.oneof(
    {
      weight: 2,
      arbitrary: fc.record({ value: fc.constantFrom<unknown>(1, "v", { a: [1] }, [], null) }),
    },
    fc.record({ error: fc.constantFrom(...errors) }),
  ),
  { minLength: 1, maxLength: 3 },
);

function taskOf(place: Place): fc.Arbitrary<Part> {
  const { name } = place;
  const results = fc.constantFrom(
    expressed("$states.result.Payload"),
    {
      payload: expressed("$states.result.Payload"),
      retries: expressed("$states.context.State.RetryCount"),
    },
    {},
  );
  const fields = fc.record({
    Retry: retriers(taskErrors),
    Catch: catchers(place, taskErrors),
    Output: results,
    Assign: soundAssign(place.isOuter),
  });
  return fc.record({ fields, plan: outcomes }).map(({ fields, plan }) => ({
    start: name,
    states: {
      [name]: {
        Type: "Task",
        Resource: "arn:aws:states:::lambda:invoke",
        Arguments: { FunctionName: functionArn, Payload: { key: name } },
        TimeoutSeconds: 600,
        ...fields,
        ...leadsOf(place),
      },
    },
    functions: { [name]: plan },
  }));
}

/** Silence is an error of AWS's own name. */
function tokenOutcomes(isOuter: boolean): fc.Arbitrary<readonly Outcome[]> {
  const spoken = fc.oneof(
    fc.record({ value: fc.constantFrom<unknown>(1, { a: [1] }) }),
    fc.record({ error: fc.constantFrom(...errors) }),
  );
  const silent = fc.constant<Outcome>({ silent: true });
  const outcome = isOuter ? fc.oneof({ weight: 2, arbitrary: spoken }, silent) : spoken;
  return fc.array(outcome, { minLength: 1, maxLength: 2 });
}

function tokenTaskOf(place: Place): fc.Arbitrary<Part> {
  const { name } = place;
  const fields = fc.record({ Retry: retriers(taskErrors), Catch: catchers(place, taskErrors) });
  return fc.record({ fields, plan: tokenOutcomes(place.isOuter) }).map(({ fields, plan }) => ({
    start: name,
    states: {
      [name]: {
        Type: "Task",
        Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
        Arguments: {
          FunctionName: functionArn,
          Payload: { key: name, token: expressed("$states.context.Task.Token") },
        },
        TimeoutSeconds: 600,
        HeartbeatSeconds: 60,
        Output: expressed("$states.result"),
        ...fields,
        ...leadsOf(place),
      },
    },
    functions: { [name]: plan },
  }));
}

function mapOf(place: Place): fc.Arbitrary<Part> {
  const { name } = place;
  const inner = fc
    .array(fc.constantFrom(10, 35, 50, 60, 80, 95), { minLength: 1, maxLength: 3 })
    .chain((kinds) => blockOf(`${name}-`, kinds, false));
  const fields = fc.record({
    Items: fc.constantFrom<unknown>(
      expressed("$states.context.Execution.Input.list"),
      expressed("[1..2]"),
      ["a", expressed("1 + 1")],
      expressed("'no list'"),
    ),
    ItemSelector: fc.constantFrom<unknown>(undefined, {
      value: expressed("$states.context.Map.Item.Value"),
      index: expressed("$states.context.Map.Item.Index"),
    }),
    Retry: retriers(mapErrors),
    Catch: catchers(place, mapErrors),
    Output: fc.constantFrom(undefined, expressed("$states.result")),
  });
  return fc.record({ fields, inner }).map(({ fields, inner }) => ({
    start: name,
    states: {
      [name]: {
        Type: "Map",
        MaxConcurrency: 1,
        ItemProcessor: {
          ProcessorConfig: { Mode: "INLINE" },
          StartAt: inner.start,
          States: inner.states,
        },
        ...fields,
        ...leadsOf(place),
      },
    },
    functions: inner.functions,
  }));
}
