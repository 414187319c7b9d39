/** Type of the resource that stands for the stack itself. */
export const stackType = "pulumi:pulumi:Stack";

/** What the engine builds a URN from. */
export interface Identity {
  readonly type: string;
  readonly name: string;
  /** URN of the parent; absent or empty for a resource of the stack itself. */
  readonly parent?: string;
}

/** The URN that Pulumi's engine gives a resource: the types of its parents, except the stack, lead to its own. */
export function urnOf(stack: string, project: string, { type, name, parent }: Identity): string {
  const parentTypes = parent?.split("::")[2];
  const prefix = parentTypes && parentTypes !== stackType ? `${parentTypes}$` : "";
  return `urn:pulumi:${stack}::${project}::${prefix}${type}::${name}`;
}

/** URN of the provider in a reference `URN::ID`. */
export function urnOfProvider(reference: string): string {
  return reference.split("::").slice(0, 4).join("::");
}

/** Name at the end of a URN. */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
