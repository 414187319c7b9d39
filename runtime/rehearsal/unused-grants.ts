import { type DeployedRole, grantsIn } from "./iam/index.js";
import { standingReason } from "./standing-grants.js";

/** Actions that a statement of a role grants and that nothing in a rehearsal asked for. */
export interface UnusedGrant {
  /** Name of the role; the same role in several accounts is told once. */
  readonly role: string;
  readonly accounts: readonly string[];
  /** Its Sid, or its place in the role's policies. */
  readonly statement: string;
  /** As the policy spells them. */
  readonly actions: readonly string[];
  /** Why the grant stays although no rehearsal can use it. */
  readonly why?: string;
}

/** One action of one statement, over all roles of one name. */
interface Granted {
  readonly role: string;
  readonly statement: string;
  readonly action: string;
  readonly accounts: string[];
  isUsed: boolean;
}

/**
 * What roles grant and nobody used. A role that stands in several accounts under one name counts as
 * one: what it used in any of them is used. `used` holds the granted actions by statement.
 */
export function unusedGrants(
  roles: readonly DeployedRole[],
  used: ReadonlyMap<object, ReadonlySet<string>>,
): readonly UnusedGrant[] {
  const told = new Map<string, UnusedGrant & { readonly actions: string[] }>();
  for (const { role, statement, action, accounts, isUsed } of grantedBy(roles, used)) {
    if (isUsed) continue;
    const why = standingReason({ role, statement, action });
    const key = JSON.stringify([role, statement, why]);
    const grant = told.get(key) ?? {
      role,
      accounts,
      statement,
      actions: [],
      ...(why !== undefined && { why }),
    };
    grant.actions.push(action);
    told.set(key, grant);
  }
  return [...told.values()];
}

function grantedBy(
  roles: readonly DeployedRole[],
  used: ReadonlyMap<object, ReadonlySet<string>>,
): readonly Granted[] {
  const found = new Map<string, Granted>();
  for (const { name: role, account, policies } of roles) {
    const statements = policies.flatMap(({ Statement }) => Statement);
    for (const [index, statement] of statements.entries()) {
      if (statement.Effect === "Deny") continue;
      const label = statement.Sid ?? `statement ${index + 1}`;
      for (const { action } of grantsIn(statement)) {
        const key = JSON.stringify([role, label, action]);
        const grant = found.get(key) ?? {
          role,
          statement: label,
          action,
          accounts: [],
          isUsed: false,
        };
        if (!grant.accounts.includes(account)) grant.accounts.push(account);
        grant.isUsed ||= used.get(statement)?.has(action) ?? false;
        found.set(key, grant);
      }
    }
  }
  return [...found.values()];
}
