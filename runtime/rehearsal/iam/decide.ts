import type { NeededRight, Principal } from "../services/service.js";
import { type RequestContext, unmetCondition } from "./conditions.js";
import type { PolicyDocument, Statement } from "./document.js";
import { arnParts, matchesAction } from "./patterns.js";
import { type Asking, namingOf, principalText } from "./principals.js";
import { type Check, type Hearing, hear, refusalOf, resourceCheck } from "./verdicts.js";

/** Whether a request is allowed, and by what it is or is not. */
export interface Decision {
  readonly allowed: boolean;
  /** Names the statement that decides; in a refusal, the one that comes nearest. */
  readonly reason: string;
  /** What of the identity-based policies allows it; absent in a refusal. */
  readonly grants?: readonly Grant[];
}

/** An action as a statement allows it: `drs:StartRecovery`, `drs:Describe*`. */
export interface Grant {
  readonly statement: Statement;
  readonly action: string;
}

/** What a role may do at most: its own policies, and the boundary that they cannot exceed. */
export interface Identity {
  readonly policies: readonly PolicyDocument[];
  readonly boundary?: PolicyDocument;
}

/** A role's own policies. Every resource of the right must be allowed. */
export interface IdentityQuestion extends Identity {
  readonly right: NeededRight;
}

/** A session's request, and the policies of the resources that it is about. */
export interface AccessQuestion extends IdentityQuestion {
  readonly principal: Principal;
  policiesOf(resource: string): readonly PolicyDocument[];
}

/** Whether a role may be assumed. */
export interface TrustQuestion {
  readonly trust: PolicyDocument;
  readonly principal: Asking;
  readonly action: string;
  readonly context: RequestContext;
}

const byIdentity = "identity-based policy";
const byTrust = "trust policy";

/** Decides whether a role's policies grant a right. An explicit denial wins over every grant. */
export function decideIdentity(question: IdentityQuestion): Decision {
  return forEvery(question.right, (resource) => {
    const { identity, boundary } = identityHearings(question, question.right, resource);
    return firstRefusal([identity, boundary], `${question.right.action} on ${resource}`);
  });
}

/**
 * Decides a session's request against the policies of its role, their boundary and the policies of
 * the resources. Within one account either side may grant; between accounts both must.
 * Source: IAM User Guide, "Policy evaluation logic".
 */
export function decideAccess(question: AccessQuestion): Decision {
  const { principal, right } = question;
  return forEvery(right, (resource) => {
    const what = `${right.action} on ${resource}`;
    const { identity, boundary } = identityHearings(question, right, resource);
    const attached = hear(
      "resource-based policy",
      right.action,
      question.policiesOf(resource),
      (statement) => [
        principalCheck(statement, principal),
        resourceCheck(statement, resource),
        conditionCheck(statement, contextOn(right, resource)),
      ],
    );
    const own = [identity, boundary] as const;
    if (isForeign(resource, principal)) return firstRefusal([...own, attached], what);
    return withinAccount(attached, principal, own, what);
  });
}

/** Decides whether a role's trust policy lets somebody take the role, whatever else they may. */
export function decideTrust({ trust, principal, action, context }: TrustQuestion): Decision {
  return firstRefusal([trustHearing({ trust, principal, action, context })], action);
}

/** A session that wants to take a role. */
export interface AssumeQuestion extends Identity {
  readonly principal: Principal;
  readonly roleArn: string;
  readonly trust: PolicyDocument;
  readonly context: RequestContext;
}

/**
 * Decides AssumeRole: the trust policy must allow it always, and the session's own policies too where
 * the role is another account's, or where the trust policy names but the account.
 */
export function decideAssume(question: AssumeQuestion): Decision {
  const { principal, roleArn, context } = question;
  const action = "sts:AssumeRole";
  const trust = trustHearing({ ...question, action });
  const right = { action, resources: [roleArn], context };
  const { identity, boundary } = identityHearings(question, right, roleArn);
  const what = `${action} on ${roleArn}`;
  const own = [identity, boundary] as const;
  if (trust.grants.length === 0 || isForeign(roleArn, principal))
    return firstRefusal([...own, trust], what);
  return withinAccount(trust, principal, own, what);
}

function trustHearing({ trust, principal, action, context }: TrustQuestion): Hearing {
  const whole = "service" in principal ? context : { ...principalContext(principal), ...context };
  return hear(byTrust, action, [trust], (statement) => [
    principalCheck(statement, principal),
    conditionCheck(statement, whole),
  ]);
}

function identityHearings(
  { policies, boundary }: Identity,
  right: NeededRight,
  resource: string,
): { readonly identity: Hearing; readonly boundary: Hearing | undefined } {
  const checks = (statement: Statement): readonly Check[] => [
    resourceCheck(statement, resource),
    conditionCheck(statement, contextOn(right, resource)),
  ];
  return {
    identity: hear(byIdentity, right.action, policies, checks),
    boundary: boundary && hear("permissions boundary", right.action, [boundary], checks),
  };
}

/** In one account a policy that names session or role grants by itself, the latter within the boundary. */
function withinAccount(
  attached: Hearing,
  principal: Principal,
  [identity, boundary]: readonly [Hearing, Hearing | undefined],
  what: string,
): Decision {
  const all = [identity, boundary, attached].filter((hearing) => hearing !== undefined);
  if (all.some(({ denial }) => denial !== undefined)) return firstRefusal(all, what);
  const namings = new Set(
    attached.grants.map(({ statement }) => namingOf(statement.Principal, principal)),
  );
  if (namings.has("session")) return allowedBy([attached], what, identity);
  if (namings.has("role") || namings.has("anybody")) {
    return firstRefusal([attached, boundary], what, identity);
  }
  return firstRefusal([identity, boundary], what);
}

/** Every hearing must grant; a denial in any of them comes before what another one lacks. */
function firstRefusal(
  hearings: readonly (Hearing | undefined)[],
  what: string,
  identity?: Hearing,
): Decision {
  const heard = hearings.filter((hearing) => hearing !== undefined);
  const denying = heard.find(({ denial }) => denial !== undefined);
  if (denying?.denial) {
    return refused(`${denying.denial.name} of the ${denying.kind} denies ${what}`);
  }
  const lacking = heard.find(({ grants }) => grants.length === 0);
  return lacking ? refused(refusalOf(lacking, what)) : allowedBy(heard, what, identity);
}

function allowedBy(hearings: readonly Hearing[], what: string, identity?: Hearing): Decision {
  const [first] = hearings;
  const own = identity ?? hearings.find(({ kind }) => kind === byIdentity);
  return {
    allowed: true,
    reason: `${first?.grants[0]?.name} of the ${first?.kind} allows ${what}`,
    grants: own?.grants.flatMap(({ statement }) => grantsFor(own.action, statement)) ?? [],
  };
}

function refused(reason: string): Decision {
  return { allowed: false, reason };
}

/** Which of a statement's actions fit. One that names what it leaves out is one grant. */
function grantsFor(action: string, statement: Statement): readonly Grant[] {
  return grantsIn(statement).filter(
    (grant) => statement.Action === undefined || matchesAction(grant.action, action),
  );
}

/** Everything that a statement allows, one by one. */
export function grantsIn(statement: Statement): readonly Grant[] {
  const { Action: actions, NotAction: others = [] } = statement;
  const named = actions ?? [`all but ${others.join(", ")}`];
  return named.map((action) => ({ statement, action }));
}

/** All resources must be allowed; a right without one is not. */
function forEvery(
  { action, resources }: NeededRight,
  decide: (resource: string) => Decision,
): Decision {
  const decisions = resources.map(decide);
  const refusal = decisions.find(({ allowed }) => !allowed);
  const [first] = decisions;
  if (first === undefined) return refused(`${action} names no resource`);
  return refusal ?? { ...first, grants: decisions.flatMap(({ grants = [] }) => grants) };
}

function principalCheck({ Principal: element }: Statement, asking: Asking): Check {
  return () =>
    namingOf(element, asking) === undefined
      ? `its Principal is ${principalText(element)}`
      : undefined;
}

function conditionCheck({ Condition: block }: Statement, context: RequestContext): Check {
  return () => unmetCondition(block, context);
}

function contextOn({ context, contextOf }: NeededRight, resource: string): RequestContext {
  return { ...context, ...contextOf?.[resource] };
}

function principalContext({ account, roleArn }: Principal): RequestContext {
  return { "aws:PrincipalAccount": account, "aws:PrincipalArn": roleArn };
}

/** Whether a resource is another account's. `*`, and ARNs without an account, are the caller's own. */
function isForeign(resource: string, { account }: Principal): boolean {
  const owner = arnParts(resource)?.[4] ?? "";
  return owner !== "" && owner !== account;
}
