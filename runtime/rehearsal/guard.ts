import type { Instant } from "../core/instant.js";
import {
  type CustomerKeys,
  type Decision,
  type DeployedRole,
  decideAccess,
  decideAssume,
  decideTrust,
  type ResourcePolicies,
  type Roles,
  UnsupportedPolicy,
} from "./iam/index.js";
import type { NeededRight, Principal } from "./services/service.js";
import { type UnusedGrant, unusedGrants } from "./unused-grants.js";

/** Something that IAM refused to the rehearsed program. */
export interface Denial {
  /** ARN of the role, or name of the AWS service that wanted to take one. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly reason: string;
  readonly at: Instant;
}

/** What the program deploys that decides about calls. */
export interface DeployedPolicies {
  readonly roles: Roles;
  readonly resourcePolicies: ResourcePolicies;
  readonly customerKeys: CustomerKeys;
}

/**
 * Decides by the deployed policies alone, and remembers what it refused and what it never had to allow.
 * What it cannot decide it refuses.
 */
export interface Guard {
  readonly denials: readonly Denial[];
  /** What the roles grant and nothing has asked for so far. */
  unusedGrants(): readonly UnusedGrant[];
  authorize(principal: Principal, right: NeededRight): Decision;
  /** Whether a session may take another role. */
  mayAssume(
    roleArn: string,
    principal: Principal,
    context: Readonly<Record<string, string>>,
  ): Decision;
  /** Whether a role lets an AWS service take it. */
  trustsService(
    roleArn: string,
    service: string,
    context: Readonly<Record<string, string>>,
  ): Decision;
}

export function createGuard(
  { roles, resourcePolicies, customerKeys }: DeployedPolicies,
  now: () => Instant,
): Guard {
  const denials: Denial[] = [];
  const used = new Map<object, Set<string>>();
  /** Policies do not change while they are rehearsed, so a question has one answer. */
  const answers = new Map<string, Decision>();

  function noted(
    principal: string,
    action: string,
    resource: string,
    decision: Decision,
  ): Decision {
    for (const { statement, action: granted } of decision.grants ?? []) {
      used.set(statement, (used.get(statement) ?? new Set<string>()).add(granted));
    }
    if (!decision.allowed) {
      denials.push({ principal, action, resource, reason: decision.reason, at: now() });
    }
    return decision;
  }

  /** Decides with the role that is named, or refuses because there is none, or none that can be read. */
  function decided(roleArn: string, decide: (role: DeployedRole) => Decision): Decision {
    try {
      const role = roles.get(roleArn);
      if (role) return decide(role);
    } catch (thrown) {
      if (thrown instanceof UnsupportedPolicy) return { allowed: false, reason: thrown.message };
      throw thrown;
    }
    return { allowed: false, reason: `the program deploys no role ${roleArn}` };
  }

  function access(principal: Principal, right: NeededRight): Decision {
    const question = JSON.stringify([principal, right]);
    const known = answers.get(question);
    if (known) return known;
    const decision = decided(principal.roleArn, ({ policies, boundary }) => {
      const encrypted = customerKeys.undecided(right);
      if (encrypted !== undefined) return { allowed: false, reason: encrypted };
      return decideAccess({
        policies,
        ...(boundary && { boundary }),
        principal,
        right,
        policiesOf: resourcePolicies.get,
      });
    });
    answers.set(question, decision);
    return decision;
  }

  return {
    denials,
    unusedGrants: () => unusedGrants(roles.readable(), used),
    authorize(principal, right) {
      const resource = right.resources.join(", ") || "*";
      return noted(principal.roleArn, right.action, resource, access(principal, right));
    },
    mayAssume(roleArn, principal, context) {
      const decision = decided(principal.roleArn, ({ policies, boundary }) =>
        decided(roleArn, ({ trust }) =>
          decideAssume({
            policies,
            ...(boundary && { boundary }),
            principal,
            roleArn,
            trust,
            context,
          }),
        ),
      );
      return noted(principal.roleArn, "sts:AssumeRole", roleArn, decision);
    },
    trustsService(roleArn, service, context) {
      const action = "sts:AssumeRole";
      const decision = decided(roleArn, ({ trust }) =>
        decideTrust({ trust, principal: { service }, action, context }),
      );
      return noted(service, action, roleArn, decision);
    },
  };
}
