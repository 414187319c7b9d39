import type { PolicyResource } from "@pulumi/policy";
import { valuesAt } from "../../runtime/core/cells/edges/values.js";
import { type Finding, lookAtEach, problem, unknownAt } from "../findings.js";
import { known, partlyKnown, UNKNOWN } from "../known.js";
import { awsPages, type Rule } from "../rule.js";
import { satellitesOf } from "../satellites.js";
import { registeredTargets } from "./registered-targets.js";

const recordType = "aws:route53/record:Record";
const balancerType = "aws:lb/loadBalancer:LoadBalancer";
const listenerType = "aws:lb/listener:Listener";
const groupType = "aws:lb/targetGroup:TargetGroup";

const path = "aliases[0].evaluateTargetHealth";

/**
 * Source: Route 53 Developer Guide, EvaluateTargetHealth: a target group without registered targets is
 * unhealthy, and the load balancer with it; where no record is healthy, the primary is answered.
 */
export const standbyHasTargets: Rule = {
  name: "dr-standby-has-targets",
  description:
    "A standby that is asked for its targets' health has targets while nothing has happened.",
  why: "An empty standby is unhealthy, so Route 53 goes on answering with the Region that is dead.",
  enforcementLevel: "mandatory",
  severity: "critical",
  remediationSteps:
    "Keep a target in every group of the standby, or set evaluateTargetHealth of its record to false.",
  url: awsPages.dnsFailover,
  validateStack: (args, report) => {
    lookAtEach(args, ({ type }) => (type === recordType ? recordFindings : undefined), report);
  },
};

interface Alias {
  readonly name?: string;
  readonly evaluateTargetHealth?: boolean;
}

function recordFindings(
  record: PolicyResource,
  all: readonly PolicyResource[],
): readonly Finding[] {
  const role = known(() => record.props.failoverRoutingPolicies?.[0]?.type);
  if (role === UNKNOWN) return unknownAt("failoverRoutingPolicies");
  if (role !== "SECONDARY") return [];
  const evaluates = known(() => aliasOf(record)?.evaluateTargetHealth);
  if (evaluates === UNKNOWN) return unknownAt(path);
  if (evaluates !== true) return [];
  const name = known(() => aliasOf(record)?.name);
  const balancer = all.find((one) => one.type === balancerType && isAnsweredBy(record, name, one));
  if (balancer === undefined)
    return name === UNKNOWN || name?.includes(".elb.") ? unknownAt(path) : [];
  const groups = groupsOf(balancer, all);
  return groups.length === 0 ? unknownAt(path) : groups.flatMap((one) => fullness(one, all));
}

function aliasOf({ props }: PolicyResource): Alias | undefined {
  return props.aliases?.[0];
}

function isAnsweredBy(
  { propertyDependencies }: PolicyResource,
  name: unknown,
  balancer: PolicyResource,
): boolean {
  const madeOf = propertyDependencies.aliases ?? [];
  if (madeOf.some(({ urn }) => urn === balancer.urn)) return true;
  return typeof name === "string" && known(() => balancer.props.dnsName) === name;
}

/** The target groups of the stack that a load balancer's listeners send to. */
function groupsOf(
  balancer: PolicyResource,
  all: readonly PolicyResource[],
): readonly PolicyResource[] {
  const listeners = satellitesOf(all, balancer, listenerType, "loadBalancerArn", "arn");
  return all.filter(
    (one) => one.type === groupType && listeners.some((listener) => sendsTo(listener, one)),
  );
}

function sendsTo(listener: PolicyResource, group: PolicyResource): boolean {
  const madeOf = listener.propertyDependencies.defaultActions ?? [];
  if (madeOf.some(({ urn }) => urn === group.urn)) return true;
  const arn = known(() => group.props.arn);
  const named = valuesAt(partlyKnown(listener.props), "defaultActions[].targetGroupArn");
  return typeof arn === "string" && named.some(({ value }) => value === arn);
}

function fullness(group: PolicyResource, all: readonly PolicyResource[]): readonly Finding[] {
  const targets = registeredTargets(group, all);
  if (targets === UNKNOWN) return unknownAt(path);
  if (targets > 0) return [];
  return problem(
    `${path} must not be true on a SECONDARY record whose load balancer has an empty target group, got "${group.name}" without targets. Keep one there, or set it to false and watch the name itself.`,
  );
}
