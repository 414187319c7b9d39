import type { CostedResource } from "../../core/cost/resources.js";
import { partlyKnown } from "../../rehearsal/program/partly-known.js";
import type { RegisteredResource } from "../../rehearsal/program/registered.js";

/** A registered resource as the estimate takes it: its inputs, each unknown part marked as such. */
export function costed(resource: RegisteredResource): CostedResource {
  const { urn, type, name, parent, region, inputs, propertyDependencies = {} } = resource;
  return {
    urn,
    type,
    name,
    ...(parent !== undefined && { parent }),
    ...(region !== undefined && { region }),
    props: partlyKnown(inputs) as CostedResource["props"],
    dependenciesOf: (property) => propertyDependencies[property] ?? [],
  };
}
