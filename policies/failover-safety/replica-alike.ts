import type { PolicyResource } from "@pulumi/policy";
import { type Finding, lookAtEach, problem, unknownAt } from "../findings.js";
import { known, UNKNOWN } from "../known.js";
import { copyOf, replicaType, sourceOf } from "../replicas.js";
import { awsPages, type Rule } from "../rule.js";

/** What is changed after a promotion is a second change, with an outage of its own. */
export const replicaAlike: Rule = {
  name: "dr-replica-alike",
  description:
    "A replica in another Region has the class of its source, and stands in several zones as it does.",
  why: "Production would run on less than it has, until a change of minutes and another outage.",
  enforcementLevel: "advisory",
  severity: "medium",
  remediationSteps: "Give the replica the class of its source and multiAz, or plan for the change.",
  url: awsPages.readReplicas,
  validateStack: (args, report) => {
    lookAtEach(args, ({ type }) => (type === replicaType ? replicaFindings : undefined), report);
  },
};

function replicaFindings(
  replica: PolicyResource,
  all: readonly PolicyResource[],
): readonly Finding[] {
  if (!("replicateSourceDb" in replica.props)) return [];
  const copy = copyOf(replica, all);
  const isNear = copy?.from !== undefined && copy.from === copy.to;
  if (isNear) return [];
  const source = sourceOf(replica, all);
  if (source === undefined) return unknownAt("replicateSourceDb");
  return [...classFindings(replica, source), ...zoneFindings(replica, source)];
}

function classFindings(replica: PolicyResource, source: PolicyResource): readonly Finding[] {
  const [own, wanted] = [replica, source].map(({ props }) =>
    known(() => props.instanceClass as string | undefined),
  );
  if (own === UNKNOWN || wanted === UNKNOWN) return unknownAt("instanceClass");
  if (own === wanted) return [];
  return problem(
    `instanceClass must be that of the source "${source.name}" (${wanted ?? "none"}), got "${own ?? ""}". Give both the same, or plan for the change after a promotion.`,
  );
}

function zoneFindings(replica: PolicyResource, source: PolicyResource): readonly Finding[] {
  const [own, wanted] = [replica, source].map(({ props }) => known(() => props.multiAz));
  if (own === UNKNOWN || wanted === UNKNOWN) return unknownAt("multiAz");
  if (own === true || wanted !== true) return [];
  return problem(
    `multiAz must be true as that of the source "${source.name}" is, got ${own ?? "nothing"}. Turn it on: it takes minutes after a promotion.`,
  );
}
