import type { PolicyResource } from "@pulumi/policy";
import { type Edge, edgesOf } from "../runtime/core/cells/edges/edges.js";
import { placedResources } from "./placement.js";
import { satellitesOf } from "./satellites.js";

/** Type of the databases that may be replicas of others. */
export const replicaType = "aws:rds/instance:Instance";

const property = "replicateSourceDb";

/** From where to where a replica is copied; an end is absent where nobody knows it yet. */
export function copyOf(replica: PolicyResource, all: readonly PolicyResource[]): Edge | undefined {
  const edges = edgesOf(placedResources({ resources: all }));
  return edges.find(({ urn, path }) => urn === replica.urn && path === property);
}

/** What a replica is a copy of, where that is of the stack. */
export function sourceOf(
  replica: PolicyResource,
  all: readonly PolicyResource[],
): PolicyResource | undefined {
  return all.find(
    (one) =>
      one.type === replicaType &&
      ["arn", "identifier"].some(
        (name) => satellitesOf([replica], one, replicaType, property, name).length > 0,
      ),
  );
}
