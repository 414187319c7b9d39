import fc from "fast-check";

/**
 * Parts of generated states. What an item of a Map fails with must be an error of its own making:
 * under AWS's names the two interpreters differ knowingly (`known-differences.ts`).
 */

export const errors = ["busy", "broken", "Lambda.Unknown"] as const;

/** Texts of expressions that never fail. */
const soundExpressions = [
  "$states.input",
  "$states.context.State.Name",
  "$states.context.Execution.Input.list",
  "$count($states.context.Execution.Input.list)",
  "$sum($states.context.Execution.Input.list) * 2",
  "$states.context.Execution.Input.text & '!'",
  "$uppercase('a') & $join(['b', 'c'], '-')",
  "$map([1..3], function($v) { $v * $v })",
  "$partition([1..5], 2)",
  "$range(1, 9, 4)",
];

/** Texts of expressions that may come to nothing. */
const riskyExpressions = [
  "$exists($x)",
  "$states.input.number",
  "$states.input.list",
  "$states.input.list[0]",
  "$x",
  "{ 'x': $x, 'y': [$y] }",
  "$nobody",
];

export const truth = fc.constantFrom(
  "$states.context.Execution.Input.number > 0",
  "$count($states.context.Execution.Input.list) = 2",
  "$exists($x)",
  "true",
  "false",
);

export function expressed(source: string): string {
  return `{% ${source} %}`;
}

function templateOf(expressions: readonly string[]): fc.Arbitrary<unknown> {
  const expression = fc.constantFrom(...expressions);
  return fc.oneof(
    { weight: 4, arbitrary: expression.map(expressed) },
    fc.constantFrom<unknown>({}, [1, "a"], "plain", null, 7),
    expression.map((source) => ({ a: expressed(source), b: [expressed("1 + 1")] })),
  );
}

const sound = templateOf(soundExpressions);
const risky = templateOf([...soundExpressions, ...riskyExpressions]);

/** Variables of the machine, and others of its Maps' items: an item may not assign those around it. */
function assignTo(isOuter: boolean, values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const names = fc.constantFrom(...(isOuter ? ["x", "y"] : ["inner", "own"]));
  const some = fc.dictionary(names, values, { minKeys: 1, maxKeys: 2 });
  return fc.option(some, { nil: undefined });
}

/** `Assign` of states that retry and catch what goes wrong in it. */
export function soundAssign(isOuter: boolean): fc.Arbitrary<unknown> {
  return assignTo(isOuter, sound);
}

/** The way out of states that do not. Where they assign, their output reads no variable. */
export function wayOut(isOuter: boolean): fc.Arbitrary<object> {
  const values = isOuter ? risky : sound;
  return fc.oneof(
    fc.constant({}),
    fc.record({ Output: values }),
    fc.record({ Assign: assignTo(isOuter, values) }),
    fc.record({ Assign: assignTo(isOuter, values), Output: sound }),
  );
}

const named = [["busy"], ["broken", "Lambda.Unknown"], ["States.Timeout"], ["States.ALL"]] as const;

/** Errors as retriers and catchers of Tasks name them. */
export const taskErrors = fc.constantFrom<readonly string[]>(...named, ["States.TaskFailed"]);

/** The same of Maps: an item list that is none has an error of AWS's own name. */
export const mapErrors = fc.constantFrom<readonly string[]>(...named);

/** `States.ALL` may only be the last. */
function allLast<Rule extends { readonly ErrorEquals: readonly string[] }>(
  rules: readonly Rule[],
): readonly Rule[] {
  const isAll = ({ ErrorEquals: names }: Rule): boolean => names.includes("States.ALL");
  return [...rules.filter((rule) => !isAll(rule)), ...rules.filter(isAll).slice(0, 1)];
}

export function retriers(names: fc.Arbitrary<readonly string[]>): fc.Arbitrary<readonly object[]> {
  const retrier = fc.record({
    ErrorEquals: names,
    IntervalSeconds: fc.integer({ min: 1, max: 9 }),
    BackoffRate: fc.constantFrom(1, 1.5, 2),
    MaxAttempts: fc.nat(3),
    MaxDelaySeconds: fc.integer({ min: 10, max: 12 }),
  });
  return fc.array(retrier, { maxLength: 2 }).map(allLast);
}

/** Catchers that lead to a later state; none where there is none. */
export function catchers(
  { skip, isOuter }: { readonly skip: string | undefined; readonly isOuter: boolean },
  names: fc.Arbitrary<readonly string[]>,
): fc.Arbitrary<readonly object[]> {
  if (skip === undefined) return fc.constant([]);
  const Output = fc.constantFrom<unknown>(
    expressed("$states.errorOutput.Error"),
    { seen: expressed("$states.input") },
    {},
    undefined,
  );
  const catcher = fc.record({ ErrorEquals: names, Output, Assign: soundAssign(isOuter) });
  return fc
    .array(catcher, { maxLength: 2 })
    .map((rules) => allLast(rules).map((rule) => ({ ...rule, Next: skip })));
}
