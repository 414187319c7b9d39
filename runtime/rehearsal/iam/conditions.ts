import type { ConditionBlock } from "./document.js";
import { UnsupportedPolicy } from "./document.js";
import { type Operator, operatorOf } from "./operators.js";

/**
 * Keys and values that a request carries. Keys with more than one value (`aws:TagKeys`,
 * `aws:CalledVia`) hold them with commas between.
 */
export type RequestContext = Readonly<Record<string, string>>;

const keysOfMany = new Set(["aws:tagkeys", "aws:calledvia"]);

/** Says which condition of a block a request does not meet, or nothing when it meets all. */
export function unmetCondition(
  block: ConditionBlock | undefined,
  context: RequestContext,
): string | undefined {
  for (const [text, keys] of Object.entries(block ?? {})) {
    const operator = operatorOf(text);
    if (operator === undefined) throw new UnsupportedPolicy(`${text} is no known operator.`);
    for (const [key, expected] of Object.entries(keys)) {
      const actual = valuesOf(context, key);
      if (isMet(operator, actual, expected)) continue;
      const got = actual === undefined ? "the request carries none" : `got ${quoted(actual)}`;
      return `its condition ${text} ${key} must be ${quoted(expected)}, ${got}`;
    }
  }
  return undefined;
}

/** Values of a key, whose case does not matter; nothing when the request does not carry it. */
function valuesOf(context: RequestContext, key: string): readonly string[] | undefined {
  const name = key.toLowerCase();
  const found = Object.entries(context).find(([known]) => known.toLowerCase() === name);
  if (found === undefined) return undefined;
  return keysOfMany.has(name) ? found[1].split(",") : [found[1]];
}

function isMet(
  { set, isIfExists, comparison }: Operator,
  actual: readonly string[] | undefined,
  expected: readonly string[],
): boolean {
  if (comparison === "Null") {
    return expected.some((wanted) => (wanted === "true") === (actual === undefined));
  }
  if (actual === undefined) return isIfExists || set === "ForAllValues" || isNegatedAlone();
  const fits = (value: string): boolean =>
    comparison.isNegated
      ? expected.every((wanted) => comparison.holds(value, wanted))
      : expected.some((wanted) => comparison.holds(value, wanted));
  return set === "ForAllValues" || isNegatedAlone() ? actual.every(fits) : actual.some(fits);

  /** An absent key is not equal to anything; `ForAnyValue` still wants a value. */
  function isNegatedAlone(): boolean {
    return comparison !== "Null" && comparison.isNegated && set === undefined;
  }
}

function quoted(values: readonly string[]): string {
  return values.map((value) => `"${value}"`).join(" or ");
}
