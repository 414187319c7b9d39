import type { DeployedRole, Roles } from "./roles.js";
import { isNamed } from "./verdicts.js";

/**
 * Reads roles, and those that their policies let them take, and so on, so that what cannot be decided
 * is refused before anything runs. Conditions and denials are passed over: they only take away.
 *
 * @throws {UnsupportedPolicy} see {@link Roles.get}
 */
export function readReachable(roles: Roles, from: readonly string[]): void {
  const seen = new Set<string>();
  const waiting = [...from];
  for (let arn = waiting.pop(); arn !== undefined; arn = waiting.pop()) {
    if (seen.has(arn)) continue;
    seen.add(arn);
    const role = roles.get(arn);
    if (role) waiting.push(...roles.arns.filter((other) => mayTake(role, other)));
  }
}

function mayTake({ policies }: DeployedRole, roleArn: string): boolean {
  return policies.some(({ Statement: statements }) =>
    statements.some(
      (statement) => statement.Effect === "Allow" && isNamed(statement, "sts:AssumeRole", roleArn),
    ),
  );
}
