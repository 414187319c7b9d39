/** What RDS takes at most as the identifier of an instance. Source: RDS API Reference, CreateDBInstance. */
const mostCharacters = 63;

/** An identifier with an end of its own. RDS takes no two hyphens beside each other. */
export function suffixed(identifier: string, suffix: string): string {
  const room = mostCharacters - suffix.length - 1;
  return `${identifier.slice(0, room).replace(/-+$/, "")}-${suffix}`;
}
