import type { PolicyDocument, Statement } from "./document.js";
import { matchesAction, matchesArn } from "./patterns.js";

/** What a statement makes of one request: whether it applies, and if not, why and how nearly. */
export interface Verdict {
  readonly statement: Statement;
  readonly name: string;
  readonly nearness: number;
  /** Why it does not apply; nothing when it does. */
  readonly but?: string;
}

/** What the statements of all policies of one kind make of one request. */
export interface Hearing {
  /** `identity-based policy`, `trust policy`, … */
  readonly kind: string;
  readonly action: string;
  readonly denial: Verdict | undefined;
  readonly grants: readonly Verdict[];
  /** Of the statements that could allow it and do not, the one that comes nearest. */
  readonly nearest: Verdict | undefined;
}

/** A check answers why a statement does not apply, or nothing. */
export type Check = () => string | undefined;

/** Hears all statements; one applies when it names the action and its checks pass, in their order. */
export function hear(
  kind: string,
  action: string,
  policies: readonly PolicyDocument[],
  checksOf: (statement: Statement) => readonly Check[],
): Hearing {
  const verdicts = policies.flatMap((policy) =>
    policy.Statement.map((statement, index) =>
      verdictOf(statement, index, [actionCheck(statement, action), ...checksOf(statement)]),
    ),
  );
  const applying = verdicts.filter(({ but }) => but === undefined);
  const isAllow = ({ statement }: Verdict): boolean => statement.Effect === "Allow";
  return {
    kind,
    action,
    denial: applying.find((verdict) => !isAllow(verdict)),
    grants: applying.filter(isAllow),
    nearest: nearestOf(verdicts.filter((verdict) => isAllow(verdict) && verdict.but !== undefined)),
  };
}

/** Why nothing of a hearing allows a request. */
export function refusalOf({ kind, nearest }: Hearing, what: string): string {
  const none = `no ${kind} allows ${what}`;
  return nearest === undefined ? none : `${none}; nearest is ${nearest.name}: ${nearest.but}`;
}

function actionCheck({ Action: actions, NotAction: others }: Statement, action: string): Check {
  const named = (patterns: readonly string[]): boolean =>
    patterns.some((pattern) => matchesAction(pattern, action));
  return () => {
    if (actions) return named(actions) ? undefined : `its Action is ${actions.join(", ")}`;
    return named(others ?? []) ? `its NotAction leaves out ${action}` : undefined;
  };
}

export function resourceCheck(
  { Resource: resources, NotResource: others }: Statement,
  resource: string,
): Check {
  const named = (patterns: readonly string[]): boolean =>
    patterns.some((pattern) => matchesArn(pattern, resource));
  return () => {
    if (resources) return named(resources) ? undefined : `its Resource is ${resources.join(", ")}`;
    return named(others ?? []) ? `its NotResource leaves out ${resource}` : undefined;
  };
}

/** Whether a statement names an action on a resource, whatever its conditions. */
export function isNamed(statement: Statement, action: string, resource: string): boolean {
  const checks = [actionCheck(statement, action), resourceCheck(statement, resource)];
  return checks.every((check) => check() === undefined);
}

function verdictOf(statement: Statement, index: number, checks: readonly Check[]): Verdict {
  const name =
    statement.Sid === undefined ? `statement ${index + 1}` : `statement "${statement.Sid}"`;
  let nearness = 0;
  for (const check of checks) {
    const but = check();
    if (but !== undefined) return { statement, name, nearness, but };
    nearness += 1;
  }
  return { statement, name, nearness };
}

function nearestOf(verdicts: readonly Verdict[]): Verdict | undefined {
  return verdicts.reduce<Verdict | undefined>(
    (best, verdict) => (best === undefined || verdict.nearness > best.nearness ? verdict : best),
    undefined,
  );
}
