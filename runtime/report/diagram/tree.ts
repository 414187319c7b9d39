import type { RegisteredResource } from "../../rehearsal/program/registered.js";
import { Fields } from "./fields.js";

/** A component with everything below it. */
export interface Component {
  readonly resource: RegisteredResource;
  readonly contract: Fields;
  readonly below: readonly RegisteredResource[];
}

/** Every component of this package, in the order of their names, with what it registers. */
export function componentsOf(resources: readonly RegisteredResource[]): readonly Component[] {
  const children = childrenByParent(resources);
  const below = ({ urn }: RegisteredResource): readonly RegisteredResource[] =>
    (children.get(urn) ?? []).flatMap((child) => [child, ...below(child)]);
  return resources
    .filter(({ type }) => type.startsWith("aws-dr:"))
    .sort((a, b) => compared(a.urn, b.urn))
    .map((resource) => ({
      resource,
      contract: new Fields(resource.inputs),
      below: below(resource).filter(({ custom }) => custom),
    }));
}

/** Region that a resource lies in by its own word; nothing for what lies in none, such as a role. */
export function ownRegion({ inputs }: RegisteredResource): string | undefined {
  return new Fields(inputs).text("region");
}

/** How often each type is among resources, by its name. */
export function countsByType(
  resources: readonly RegisteredResource[],
): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { type } of resources) counts.set(type, (counts.get(type) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => compared(a, b)));
}

/** The order of texts by their code units: the same on every machine. */
export function compared(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function childrenByParent(
  resources: readonly RegisteredResource[],
): ReadonlyMap<string, readonly RegisteredResource[]> {
  const children = new Map<string, RegisteredResource[]>();
  for (const resource of resources) {
    if (resource.parent === undefined) continue;
    const siblings = children.get(resource.parent) ?? [];
    children.set(resource.parent, [...siblings, resource]);
  }
  return children;
}
