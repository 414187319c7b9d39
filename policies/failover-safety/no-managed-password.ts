import type { PolicyResource } from "@pulumi/policy";
import { type Finding, type Look, lookAtEach, problem, unknownAt } from "../findings.js";
import { known, UNKNOWN } from "../known.js";
import { awsPages, type Rule } from "../rule.js";
import { satellitesOf } from "../satellites.js";

const instanceType = "aws:rds/instance:Instance";

/** Source: RDS and Aurora User Guides, password management with Secrets Manager, limitations. */
export const noManagedPassword: Rule = {
  name: "dr-no-managed-password",
  description:
    "A database with copies in other Regions does not let RDS manage its master password.",
  why: "AWS refuses it for global databases and for sources of cross-Region replicas.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps:
    "Keep the password in a secret of one's own that is replicated to both Regions.",
  url: awsPages.managedPassword,
  validateStack: (args, report) => {
    lookAtEach(args, ({ type }) => looks[type], report);
  },
};

const looks: Readonly<Record<string, Look>> = {
  "aws:rds/cluster:Cluster": (cluster) =>
    "globalClusterIdentifier" in cluster.props ? managed(cluster) : [],
  [instanceType]: (instance, all) =>
    satellitesOf(all, instance, instanceType, "replicateSourceDb", "arn").length > 0
      ? managed(instance)
      : [],
};

function managed({ props }: PolicyResource): readonly Finding[] {
  const isManaged = known(() => props.manageMasterUserPassword);
  if (isManaged === UNKNOWN) return unknownAt("manageMasterUserPassword");
  if (isManaged !== true) return [];
  return problem(
    "manageMasterUserPassword must be absent from a database with copies in other Regions, got true. Use a replicated secret of your own.",
  );
}
