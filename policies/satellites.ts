import type { PolicyResource } from "@pulumi/policy";
import { known } from "./known.js";

/**
 * The resources of a type that say something about another one, as a bucket's policy does: they name
 * it in a property, or that property was made of it.
 */
export function satellitesOf(
  resources: readonly PolicyResource[],
  subject: PolicyResource,
  type: string,
  property: string,
  subjectName: string,
): readonly PolicyResource[] {
  const name = known(() => subject.props[subjectName]);
  return resources.filter((resource) => {
    if (resource.type !== type) return false;
    const madeOf = resource.propertyDependencies[property] ?? [];
    if (madeOf.some(({ urn }) => urn === subject.urn)) return true;
    return typeof name === "string" && known(() => resource.props[property]) === name;
  });
}
