import { notYetKnown } from "../../core/cells/edges/values.js";
import type { CostedResource } from "../../core/cost/resources.js";
import type { RegisteredResource } from "../../rehearsal/program/registered.js";
import { unknownValue } from "../../rehearsal/program/wire.js";

/** A registered resource as the estimate takes it: its inputs, each unknown part marked as such. */
export function costed(resource: RegisteredResource): CostedResource {
  const { urn, type, name, parent, region, inputs, propertyDependencies = {} } = resource;
  return {
    urn,
    type,
    name,
    ...(parent !== undefined && { parent }),
    ...(region !== undefined && { region }),
    props: marked(inputs) as CostedResource["props"],
    dependenciesOf: (property) => propertyDependencies[property] ?? [],
  };
}

function marked(value: unknown): unknown {
  if (value === unknownValue) return notYetKnown;
  if (Array.isArray(value)) return value.map(marked);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, marked(part)]));
}
