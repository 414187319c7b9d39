import type { PolicyResource } from "@pulumi/policy";
import { zoneOf } from "../../runtime/core/cells/residency.js";
import { known, UNKNOWN } from "../known.js";
import { regionOf } from "../placement.js";
import { satellitesOf } from "../satellites.js";

const recordType = "aws:route53/record:Record";
const checkType = "aws:route53/healthCheck:HealthCheck";

/**
 * Regions of the endpoints whose records follow a health check, by itself or joined with others;
 * nothing where no record of the stack does, or where nobody knows what one of them points at.
 */
export function endpointRegions(
  check: PolicyResource,
  all: readonly PolicyResource[],
): readonly string[] | undefined {
  const records = recordsOf(check, all);
  const regions = records.map(regionOfEndpoint).filter((region) => region !== undefined);
  return records.length > 0 && regions.length === records.length ? regions : undefined;
}

function recordsOf(
  check: PolicyResource,
  all: readonly PolicyResource[],
): readonly PolicyResource[] {
  const joined = all.filter((one) => one.type === checkType && isPartOf(check, one));
  return [
    ...satellitesOf(all, check, recordType, "healthCheckId", "id"),
    ...joined.flatMap((one) => recordsOf(one, all)),
  ];
}

function isPartOf(check: PolicyResource, joined: PolicyResource): boolean {
  const madeOf = joined.propertyDependencies.childHealthchecks ?? [];
  if (madeOf.some(({ urn }) => urn === check.urn)) return true;
  const children = known(() => joined.props.childHealthchecks as readonly unknown[] | undefined);
  const id = known(() => check.props.id);
  return children !== UNKNOWN && typeof id === "string" && (children ?? []).includes(id);
}

/** By the record's policy, the name it answers, what that was made of, or how the record is told apart. */
function regionOfEndpoint(record: PolicyResource): string | undefined {
  const { props, propertyDependencies } = record;
  const { aliases = [], records = [] } = propertyDependencies;
  const regional = [...aliases, ...records].filter(({ type }) => !type.startsWith("aws:route53/"));
  const [only, ...others] = new Set(regional.map(regionOf).filter((one) => one !== undefined));
  return (
    regionIn(() => props.latencyRoutingPolicies?.[0]?.region) ??
    regionIn(() => props.aliases?.[0]?.name) ??
    regionIn(() => props.records?.[0]) ??
    (others.length === 0 ? only : undefined) ??
    regionIn(() => props.setIdentifier)
  );
}

/** A Region among the labels of a name, as in `api.us-east-1.elb.amazonaws.com`. */
function regionIn(read: () => unknown): string | undefined {
  const text = known(read);
  if (typeof text !== "string") return undefined;
  return text.split(".").find((label) => zoneOf(label) !== undefined);
}
