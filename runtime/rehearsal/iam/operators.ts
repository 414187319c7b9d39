import { matchesArn, matchesPattern } from "./patterns.js";

/** How one value of a request compares with one value of a policy. */
export interface Comparison {
  readonly holds: (actual: string, expected: string) => boolean;
  /** Whether the operator says what must not be: every value must hold, and an absent key does. */
  readonly isNegated: boolean;
}

/** An operator as a policy spells it, taken apart. */
export interface Operator {
  readonly set: "ForAnyValue" | "ForAllValues" | undefined;
  readonly isIfExists: boolean;
  readonly comparison: Comparison | "Null";
}

type Holds = Comparison["holds"];

const equals: Holds = (actual, expected) => actual === expected;
const equalsIgnoringCase: Holds = (actual, expected) =>
  actual.toLowerCase() === expected.toLowerCase();
const like: Holds = (actual, pattern) => matchesPattern(pattern, actual);
const arnLike: Holds = (actual, pattern) => matchesArn(pattern, actual);

function numeric(compare: (actual: number, expected: number) => boolean): Holds {
  return (actual, expected) => {
    const [left, right] = [Number(actual), Number(expected)];
    return Number.isFinite(left) && Number.isFinite(right) && compare(left, right);
  };
}

const positive = (holds: Holds): Comparison => ({ holds, isNegated: false });
const negated = (holds: Holds): Comparison => ({
  holds: (actual, expected) => !holds(actual, expected),
  isNegated: true,
});

const comparisons = new Map<string, Comparison | "Null">([
  ["StringEquals", positive(equals)],
  ["StringNotEquals", negated(equals)],
  ["StringEqualsIgnoreCase", positive(equalsIgnoringCase)],
  ["StringNotEqualsIgnoreCase", negated(equalsIgnoringCase)],
  ["StringLike", positive(like)],
  ["StringNotLike", negated(like)],
  ["ArnEquals", positive(arnLike)],
  ["ArnLike", positive(arnLike)],
  ["ArnNotEquals", negated(arnLike)],
  ["ArnNotLike", negated(arnLike)],
  ["Bool", positive(equalsIgnoringCase)],
  ["NumericEquals", positive(numeric((actual, expected) => actual === expected))],
  ["NumericNotEquals", negated(numeric((actual, expected) => actual === expected))],
  ["NumericLessThan", positive(numeric((actual, expected) => actual < expected))],
  ["NumericLessThanEquals", positive(numeric((actual, expected) => actual <= expected))],
  ["NumericGreaterThan", positive(numeric((actual, expected) => actual > expected))],
  ["NumericGreaterThanEquals", positive(numeric((actual, expected) => actual >= expected))],
  ["Null", "Null"],
]);

/** Takes an operator apart; nothing when this evaluator does not know it. */
export function operatorOf(text: string): Operator | undefined {
  const parts = /^(?:(ForAnyValue|ForAllValues):)?([A-Za-z]+?)(IfExists)?$/.exec(text);
  const comparison = comparisons.get(parts?.[2] ?? "");
  if (parts === null || comparison === undefined) return undefined;
  const isIfExists = parts[3] !== undefined;
  const set = setOf(parts[1]);
  if (comparison === "Null" && (isIfExists || set !== undefined)) return undefined;
  return { set, isIfExists, comparison };
}

function setOf(text: string | undefined): Operator["set"] {
  return text === "ForAnyValue" || text === "ForAllValues" ? text : undefined;
}
