import type { PolicyResource } from "@pulumi/policy";
import { notYetKnown } from "../../runtime/core/cells/edges/values.js";
import { onlyAt } from "../expected.js";
import { type Finding, type Look, lookAtEach, problem, unknownAt } from "../findings.js";
import { known, partlyKnown, UNKNOWN } from "../known.js";
import { awsPages, type Rule } from "../rule.js";

/** What a workload in one Region of a cell tells about itself. */
interface Workload {
  readonly environment: string;
  readonly cell: string;
  readonly region: string;
  readonly primaryRegion: string;
  readonly recoveryRegion: string;
  /** What both Regions call it. */
  readonly name: string;
  readonly capacity: { readonly unit: string; readonly normal: number; readonly failover: number };
}

/** Where a resource says how far scaling may go. */
const ceilings: Readonly<Record<string, string>> = {
  "aws:appautoscaling/target:Target": "maxCapacity",
  "aws:eks/nodeGroup:NodeGroup": "scalingConfig.maxSize",
};

/** A failover raises a floor, which is one call; a ceiling below it turns that call down. */
export const standbyCapacity: Rule = {
  name: "dr-standby-capacity",
  description:
    "A workload may grow in each Region to what a failover asks of it, and that carries the other Region.",
  why: "A standby that is not allowed to grow is found out when production already runs on it.",
  enforcementLevel: "mandatory",
  severity: "critical",
  remediationSteps:
    "Let scaling go up to capacity.failover, and that cover capacity.normal of the other Region.",
  url: awsPages.recoveryObjectives,
  validateStack: (args, report) => {
    lookAtEach(args, lookAt, report);
  },
};

function lookAt({ type, props }: PolicyResource): Look | undefined {
  if (type in ceilings) return ceilingFindings;
  return type.startsWith("aws-dr:compute:") && "capacity" in props ? workloadFindings : undefined;
}

function workloadFindings(
  resource: PolicyResource,
  all: readonly PolicyResource[],
): readonly Finding[] {
  const workload = workloadOf(resource);
  if (workload === UNKNOWN || workload === undefined) return unknownAt("capacity");
  const { region, primaryRegion, recoveryRegion, name, capacity } = workload;
  const there = region === primaryRegion ? recoveryRegion : primaryRegion;
  const others = all.map(workloadOf).filter((one) => one !== undefined && one !== UNKNOWN);
  const other = others.find((one) => isTwin(one, workload) && one.region === there);
  if (other === undefined) return unknownAt("capacity.failover");
  if (capacity.failover >= other.capacity.normal) return [];
  return problem(
    `capacity.failover of "${name}" in ${region} must be at least ${other.capacity.normal} ${capacity.unit}, its capacity.normal in ${there}, got ${capacity.failover}. Raise it: this Region takes over from that one.`,
  );
}

function isTwin(one: Workload, other: Workload): boolean {
  const keys = ["environment", "cell", "name"] as const;
  return keys.every((key) => one[key] === other[key]) && one.capacity.unit === other.capacity.unit;
}

function ceilingFindings(resource: PolicyResource): readonly Finding[] {
  const component = componentAbove(resource);
  const path = ceilings[resource.type];
  if (component === undefined || path === undefined) return [];
  const workload = workloadOf(component);
  if (workload === UNKNOWN || workload === undefined) return unknownAt(path);
  const { value } = onlyAt(partlyKnown(resource.props), path);
  if (value === notYetKnown) return unknownAt(path);
  const { unit, failover } = workload.capacity;
  if (typeof value === "number" && value >= failover) return [];
  return problem(
    `${path} must be at least ${failover} ${unit}, capacity.failover of "${workload.name}" in ${workload.region}, got ${value ?? "nothing"}. Raise it: scaling refuses what is above it.`,
  );
}

/** The workload that a resource was made for. */
function componentAbove({ parent }: PolicyResource): PolicyResource | undefined {
  if (parent === undefined) return undefined;
  return lookAt(parent) === workloadFindings ? parent : componentAbove(parent);
}

function workloadOf(resource: PolicyResource): Workload | typeof UNKNOWN | undefined {
  if (lookAt(resource) !== workloadFindings) return undefined;
  return known(() => {
    const { environment, cell, region, primaryRegion, recoveryRegion, capacity } = resource.props;
    const name = resource.props.service ?? resource.props.cluster;
    return { environment, cell, region, primaryRegion, recoveryRegion, name, capacity };
  });
}
