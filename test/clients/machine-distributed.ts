import fc from "fast-check";
import { functionArn } from "../support/states-bench.js";
import { catchers, expressed, mapErrors, retriers } from "./machine-parts.js";
import type { Outcome, Part, Place } from "./machines.js";

/**
 * How many items fail, what is tolerated of it, and what is read of the results. Moto reads only
 * percentages with a decimal point.
 */
interface Items {
  readonly plan: readonly Outcome[];
  readonly tolerated: number | undefined;
  readonly output: string | undefined;
}

const sound = fc.record<Items>({
  plan: fc.constantFrom<readonly Outcome[]>(
    [{ value: 1 }],
    [{ value: { a: [1] } }, { value: null }],
    [{ error: "busy" }, { value: "v" }],
  ),
  tolerated: fc.constantFrom(undefined, 0.5, 33.3, 99.5),
  output: fc.constantFrom(undefined, expressed("$states.result")),
});

/** Moto tolerates every failure: the two agree where ours does too, and on how many items there were. */
const failing = fc.record<Items>({
  plan: fc.constant<readonly Outcome[]>([{ value: 1 }, { error: "broken" }]),
  tolerated: fc.constant(99.5),
  output: fc.constant(expressed("$count($states.result)")),
});

/** A distributed Map whose items are executions of their own: they see nothing of what is around it. */
export function distributedMapOf(place: Place, leads: object): fc.Arbitrary<Part> {
  const { name } = place;
  const fields = fc.record({
    Items: fc.constantFrom<unknown>(
      expressed("$states.context.Execution.Input.list"),
      expressed("[1..3]"),
      ["a", expressed("1 + 1")],
      [],
      expressed("'no list'"),
    ),
    ItemSelector: fc.constantFrom<unknown>(undefined, {
      value: expressed("$states.context.Map.Item.Value"),
      index: expressed("$states.context.Map.Item.Index"),
    }),
    Retry: retriers(mapErrors),
    Catch: catchers(place, mapErrors),
  });
  const items = fc.oneof({ weight: 2, arbitrary: sound }, failing);
  return fc.record({ fields, items, waits: fc.boolean() }).map(({ fields, items, waits }) => ({
    start: name,
    states: {
      [name]: {
        Type: "Map",
        MaxConcurrency: 1,
        ItemProcessor: {
          ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
          ...processor(`${name}-`, waits),
        },
        ToleratedFailurePercentage: items.tolerated,
        Output: items.output,
        ...fields,
        ...leads,
      },
    },
    functions: { [`${name}-task`]: items.plan },
  }));
}

function processor(prefix: string, waits: boolean): object {
  const [task, wait, pass] = [`${prefix}task`, `${prefix}wait`, `${prefix}pass`];
  return {
    StartAt: task,
    States: {
      [task]: {
        Type: "Task",
        Resource: "arn:aws:states:::lambda:invoke",
        Arguments: { FunctionName: functionArn, Payload: { key: task } },
        TimeoutSeconds: 600,
        Retry: [{ ErrorEquals: ["busy"], IntervalSeconds: 2, MaxAttempts: 1, BackoffRate: 1 }],
        Output: expressed("$states.result.Payload"),
        Next: waits ? wait : pass,
      },
      ...(waits && { [wait]: { Type: "Wait", Seconds: 3, Next: pass } }),
      [pass]: { Type: "Pass", End: true },
    },
  };
}
