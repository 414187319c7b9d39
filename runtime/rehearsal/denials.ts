import type { Instant } from "../core/instant.js";
import { type Decision, type DeployedRole, decideIdentity, decideTrust } from "./iam/index.js";
import type { NeededRight, Principal } from "./services/service.js";

/** Something that IAM refused to the rehearsed program. */
export interface Denial {
  /** ARN of the role, or name of the AWS service that wanted to take one. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly reason: string;
  readonly at: Instant;
}

/** Decides by the deployed roles alone, and remembers what it refused. */
export interface Guard {
  readonly denials: readonly Denial[];
  authorize(roleArn: string, right: NeededRight): Decision;
  /** Whether a role's trust policy lets a session of another role take it. */
  trusts(
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

export function createGuard(roles: readonly DeployedRole[], now: () => Instant): Guard {
  const byArn = new Map(roles.map((role) => [role.arn, role]));
  const denials: Denial[] = [];

  function noted(
    principal: string,
    action: string,
    resource: string,
    decision: Decision,
  ): Decision {
    if (!decision.allowed) {
      denials.push({ principal, action, resource, reason: decision.reason, at: now() });
    }
    return decision;
  }

  function trust(
    roleArn: string,
    principal: Principal | { readonly service: string },
    context: Readonly<Record<string, string>>,
  ): Decision {
    const action = "sts:AssumeRole";
    const role = byArn.get(roleArn);
    const decision = role
      ? decideTrust({ trust: role.trust, principal, action, context })
      : { allowed: false, reason: `the program deploys no role ${roleArn}` };
    const who = "service" in principal ? principal.service : principal.roleArn;
    return noted(who, action, roleArn, decision);
  }

  return {
    denials,
    authorize(roleArn, right) {
      const role = byArn.get(roleArn);
      const decision = role
        ? decideIdentity({ policies: role.policies, right })
        : { allowed: false, reason: `the program deploys no role ${roleArn}` };
      return noted(roleArn, right.action, right.resources.join(", ") || "*", decision);
    },
    trusts: trust,
    trustsService: (roleArn, service, context) => trust(roleArn, { service }, context),
  };
}
