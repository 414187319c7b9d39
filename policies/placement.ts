import type { PolicyProviderResource, PolicyResource } from "@pulumi/policy";
import type { PlacedResource } from "../runtime/core/cells/edges/edges.js";
import { known, partlyKnown, UNKNOWN } from "./known.js";
import { accountOf } from "./provider-account.js";

/** Region of a resource: its own, or its provider's; nothing where neither is known. */
export function regionOf({
  props,
  provider,
}: {
  readonly props: Readonly<Record<string, unknown>>;
  readonly provider?: PolicyProviderResource | undefined;
}): string | undefined {
  return text(() => props.region) ?? text(() => provider?.props.region);
}

/** The resources of a stack as the arithmetic of replication edges takes them. */
export function placedResources({
  resources,
}: {
  readonly resources: readonly PolicyResource[];
}): readonly PlacedResource[] {
  return resources.map(placed);
}

function placed(resource: PolicyResource): PlacedResource {
  const { urn, type, props, propertyDependencies } = resource;
  const region = regionOf(resource);
  const account = accountOf(resource.provider);
  return {
    urn,
    type,
    ...(region !== undefined && { region }),
    ...(account !== UNKNOWN && { account }),
    props: partlyKnown(props),
    dependenciesOf: (property) => (propertyDependencies[property] ?? []).map((one) => one.urn),
  };
}

function text(read: () => unknown): string | undefined {
  const value = known(read);
  return typeof value === "string" && value !== "" ? value : undefined;
}
