import type { AlarmState } from "./alarm-state.js";
import { type Tokens, tokensOf } from "./tokens.js";

/** The rule of a composite alarm. */
export interface CompositeRule {
  /** Names of the alarms that it is about. */
  readonly alarms: readonly string[];
  holds(stateOf: (alarm: string) => AlarmState): boolean;
}

type Holds = CompositeRule["holds"];

const pattern = /"[^"]*"|ALARM|OK|INSUFFICIENT_DATA|AND|OR|NOT|[()]/g;

/**
 * Reads `ALARM("…")`, `OK("…")`, `INSUFFICIENT_DATA("…")`, AND, OR, NOT and parentheses; AND binds
 * closer than OR.
 *
 * @throws where a rule says anything else
 */
export function readRule(text: string): CompositeRule {
  const tokens = tokensOf(text, pattern, "The rule of a composite alarm");
  const alarms: string[] = [];
  const holds = anyOf(tokens, alarms);
  tokens.end();
  return { alarms, holds };
}

function anyOf(tokens: Tokens, alarms: string[]): Holds {
  const members = [allOf(tokens, alarms)];
  while (tokens.take("OR")) members.push(allOf(tokens, alarms));
  return (stateOf) => members.some((holds) => holds(stateOf));
}

function allOf(tokens: Tokens, alarms: string[]): Holds {
  const members = [one(tokens, alarms)];
  while (tokens.take("AND")) members.push(one(tokens, alarms));
  return (stateOf) => members.every((holds) => holds(stateOf));
}

function one(tokens: Tokens, alarms: string[]): Holds {
  if (tokens.take("NOT")) {
    const holds = one(tokens, alarms);
    return (stateOf) => !holds(stateOf);
  }
  if (tokens.take("(")) {
    const holds = anyOf(tokens, alarms);
    tokens.expect(")");
    return holds;
  }
  const wanted = tokens.next();
  tokens.expect("(");
  const name = tokens.next().replaceAll('"', "");
  tokens.expect(")");
  alarms.push(name);
  return (stateOf) => stateOf(name) === wanted;
}
