import type { NeededRight, Principal } from "../services/service.js";
import { type RequestContext, unmetCondition } from "./conditions.js";
import type { PolicyDocument, PrincipalElement, Statement } from "./document.js";
import { matchesAction, matchesArn } from "./patterns.js";

/** Whether a request is allowed, and by what it is or is not. */
export interface Decision {
  readonly allowed: boolean;
  /** Names the statement that decides; in a refusal, the one that comes nearest. */
  readonly reason: string;
}

/** What a statement makes of one request: whether it applies, and if not, why and how nearly. */
interface Verdict {
  readonly statement: Statement;
  readonly name: string;
  readonly nearness: number;
  /** Why it does not apply; nothing when it does. */
  readonly but?: string;
}

/** A role's own policies. Every resource of the right must be allowed. */
export interface IdentityQuestion {
  readonly policies: readonly PolicyDocument[];
  readonly right: NeededRight;
}

/** Decides whether a role's policies grant a right. An explicit denial wins over every grant. */
export function decideIdentity({ policies, right }: IdentityQuestion): Decision {
  const decisions = right.resources.map((resource) => {
    const verdicts = verdictsOf(policies, (statement) => [
      actionCheck(statement, right.action),
      resourceCheck(statement, resource),
      () =>
        unmetCondition(statement.Condition, { ...right.context, ...right.contextOf?.[resource] }),
    ]);
    return decisionOf(verdicts, `${right.action} on ${resource}`, "identity-based policy");
  });
  const refusal = decisions.find(({ allowed }) => !allowed);
  return refusal ?? decisions[0] ?? { allowed: false, reason: `${right.action} names no resource` };
}

/** Whether a role may be assumed. */
export interface TrustQuestion {
  readonly trust: PolicyDocument;
  readonly principal: Principal | { readonly service: string };
  readonly action: string;
  readonly context: RequestContext;
}

/** Decides whether a role's trust policy lets somebody take the role. */
export function decideTrust({ trust, principal, action, context }: TrustQuestion): Decision {
  const whole = "service" in principal ? context : { ...principalContext(principal), ...context };
  const verdicts = verdictsOf([trust], (statement) => [
    actionCheck(statement, action),
    () => unmetPrincipal(statement.Principal, principal),
    () => unmetCondition(statement.Condition, whole),
  ]);
  return decisionOf(verdicts, action, "trust policy");
}

function principalContext({ account, roleArn }: Principal): RequestContext {
  return { "aws:PrincipalAccount": account, "aws:PrincipalArn": roleArn };
}

/** A check answers why a statement does not apply, or nothing. */
type Check = () => string | undefined;

function verdictsOf(
  policies: readonly PolicyDocument[],
  checksOf: (statement: Statement) => readonly Check[],
): readonly Verdict[] {
  return policies.flatMap((policy) =>
    policy.Statement.map((statement, index) => {
      const name =
        statement.Sid === undefined ? `statement ${index + 1}` : `statement "${statement.Sid}"`;
      let nearness = 0;
      for (const check of checksOf(statement)) {
        const but = check();
        if (but !== undefined) return { statement, name, nearness, but };
        nearness += 1;
      }
      return { statement, name, nearness };
    }),
  );
}

function decisionOf(verdicts: readonly Verdict[], what: string, kind: string): Decision {
  const applying = verdicts.filter(({ but }) => but === undefined);
  const denial = applying.find(({ statement }) => statement.Effect === "Deny");
  if (denial) return { allowed: false, reason: `${denial.name} of the ${kind} denies ${what}` };
  const grant = applying[0];
  if (grant) return { allowed: true, reason: `${grant.name} of the ${kind} allows ${what}` };
  const none = `no ${kind} allows ${what}`;
  const nearest = nearestOf(verdicts.filter(({ statement }) => statement.Effect === "Allow"));
  return {
    allowed: false,
    reason: nearest === undefined ? none : `${none}; nearest is ${nearest.name}: ${nearest.but}`,
  };
}

function nearestOf(verdicts: readonly Verdict[]): Verdict | undefined {
  return verdicts.reduce<Verdict | undefined>(
    (best, verdict) => (best === undefined || verdict.nearness > best.nearness ? verdict : best),
    undefined,
  );
}

function actionCheck({ Action: actions, NotAction: others }: Statement, action: string): Check {
  const named = (patterns: readonly string[]): boolean =>
    patterns.some((pattern) => matchesAction(pattern, action));
  return () => {
    if (actions) return named(actions) ? undefined : `its Action is ${actions.join(", ")}`;
    return named(others ?? []) ? `its NotAction leaves out ${action}` : undefined;
  };
}

function resourceCheck(
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

function unmetPrincipal(
  element: PrincipalElement | undefined,
  principal: TrustQuestion["principal"],
): string | undefined {
  if (element === "*") return undefined;
  const { AWS: names = [], Service: services = [] } = element ?? {};
  const isNamed =
    "service" in principal
      ? services.includes(principal.service)
      : names.some((name) => isNameOf(name, principal));
  if (isNamed) return undefined;
  return `its Principal is ${[...names, ...services].join(", ") || "nobody"}`;
}

/** Whether a trust policy's name means this session: by itself, by its role, or by its account. */
function isNameOf(name: string, { account, arn, roleArn }: Principal): boolean {
  if (name === "*" || name === account || name === arn || name === roleArn) return true;
  return /^arn:[a-z-]+:iam::(\d{12}):root$/.exec(name)?.[1] === account;
}
