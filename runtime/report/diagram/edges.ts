import { type Edge, edgesOf, type PlacedResource } from "../../core/cells/edges/edges.js";
import { partlyKnown } from "../../rehearsal/program/partly-known.js";
import type { RegisteredResource } from "../../rehearsal/program/registered.js";

/** Every way by which data goes from one Region to another, by the resource that declares it. */
export function crossRegionEdges(
  resources: readonly RegisteredResource[],
): ReadonlyMap<string, readonly Edge[]> {
  const byUrn = new Map<string, Edge[]>();
  for (const edge of edgesOf(resources.map(placed))) {
    if (edge.from !== undefined && edge.from === edge.to) continue;
    byUrn.set(edge.urn, [...(byUrn.get(edge.urn) ?? []), edge]);
  }
  return byUrn;
}

function placed(resource: RegisteredResource): PlacedResource {
  const { urn, type, region, inputs, outputs, propertyDependencies = {} } = resource;
  return {
    urn,
    type,
    ...(region !== undefined && { region }),
    props: partlyKnown({ ...outputs, ...inputs }) as PlacedResource["props"],
    dependenciesOf: (property) => propertyDependencies[property] ?? [],
  };
}
