/** The rule of a service for what its stores are called. */
export interface IdentifierRule {
  readonly service: string;
  readonly maxCharacters: number;
}

/** Says how the longest of a store's identifiers breaks the rule, or nothing when all keep it. */
export function identifierProblem(
  identifiers: readonly string[],
  { service, maxCharacters }: IdentifierRule,
): string | undefined {
  const longest = identifiers.reduce((one, other) => (other.length > one.length ? other : one));
  if (longest.length > maxCharacters) {
    return `must be shorter, so that identifiers have ${maxCharacters} characters at most, got ${longest.length} in "${longest}". Shorten it, or the names of environment and cell`;
  }
  return longest.includes("--")
    ? `must not put two hyphens side by side, got "${longest}". ${service} takes no such identifier`
    : undefined;
}

/** Source: RDS API Reference, CreateDBInstance and CreateDBCluster. */
export const rdsIdentifiers: IdentifierRule = { service: "RDS", maxCharacters: 63 };
