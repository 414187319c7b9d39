import { type Tokens, tokensOf } from "./tokens.js";

/** Values of other queries by their ids; nothing where one has no data. */
export type QueryValues = (id: string) => number | undefined;

/** A metric math expression: its value in one period, and nothing where what it needs has no data. */
export type Expression = (values: QueryValues) => number | undefined;

const pattern = /\d+(?:\.\d+)?|[A-Za-z_]\w*|[-+*/()[\],]/g;

const functions: Readonly<Record<string, (values: readonly number[]) => number>> = {
  MAX: (values) => Math.max(...values),
  MIN: (values) => Math.min(...values),
  SUM: (values) => values.reduce((total, value) => total + value, 0),
};

/**
 * Reads numbers, ids, the four operations, parentheses, and MAX, MIN and SUM over a list.
 *
 * @throws where an expression says anything else
 */
export function readExpression(text: string): Expression {
  const tokens = tokensOf(text, pattern, "A metric math expression");
  const expression = sum(tokens);
  tokens.end();
  return expression;
}

function sum(tokens: Tokens): Expression {
  let left = product(tokens);
  for (;;) {
    if (tokens.take("+")) left = both(left, product(tokens), (a, b) => a + b);
    else if (tokens.take("-")) left = both(left, product(tokens), (a, b) => a - b);
    else return left;
  }
}

function product(tokens: Tokens): Expression {
  let left = atom(tokens);
  for (;;) {
    if (tokens.take("*")) left = both(left, atom(tokens), (a, b) => a * b);
    else if (tokens.take("/")) left = both(left, atom(tokens), quotient);
    else return left;
  }
}

/** CloudWatch has no value where it would divide by zero. */
function quotient(a: number, b: number): number | undefined {
  return b === 0 ? undefined : a / b;
}

function atom(tokens: Tokens): Expression {
  if (tokens.take("(")) {
    const inner = sum(tokens);
    tokens.expect(")");
    return inner;
  }
  const token = tokens.next();
  if (/^\d/.test(token)) return () => Number(token);
  const ofList = functions[token];
  if (ofList) return overList(tokens, ofList);
  if (/^[a-z]/.test(token)) return (values) => values(token);
  throw new Error(`A metric math expression must use MAX, MIN or SUM, got "${token}"`);
}

function overList(tokens: Tokens, reduce: (values: readonly number[]) => number): Expression {
  tokens.expect("(");
  tokens.expect("[");
  const members: Expression[] = [sum(tokens)];
  while (tokens.take(",")) members.push(sum(tokens));
  tokens.expect("]");
  tokens.expect(")");
  return (values) => {
    const found = members.map((member) => member(values)).filter((one) => one !== undefined);
    return found.length === 0 ? undefined : reduce(found);
  };
}

function both(
  left: Expression,
  right: Expression,
  apply: (a: number, b: number) => number | undefined,
): Expression {
  return (values) => {
    const [a, b] = [left(values), right(values)];
    return a === undefined || b === undefined ? undefined : apply(a, b);
  };
}
