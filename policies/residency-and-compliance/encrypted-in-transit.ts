import type { PolicyResource } from "@pulumi/policy";
import { type Finding, type Look, lookAtEach, problem, unknownAt } from "../findings.js";
import { many, type Statement, statementsOf } from "../iam-document.js";
import { known, UNKNOWN } from "../known.js";
import { awsPages, type Rule } from "../rule.js";
import { satellitesOf } from "../satellites.js";
import { databaseConnections } from "./database-connections.js";
import { pciDss } from "./frameworks.js";
import { isOwnOrchestration } from "./own-orchestration.js";

const policyType = "aws:s3/bucketPolicy:BucketPolicy";

/** How each type of resource is made to speak TLS alone. */
const looks: Readonly<Record<string, Look>> = {
  ...databaseConnections,
  "aws:elasticache/replicationGroup:ReplicationGroup": cacheFindings,
  "aws:lb/listener:Listener": listenerFindings,
  "aws:s3/bucket:Bucket": bucketFindings,
};

export const encryptedInTransit: Rule = {
  name: "dr-encrypted-in-transit",
  description:
    "Databases, caches, buckets and load balancers take connections by TLS 1.2 or later alone.",
  why: "What goes between Regions and clients in clear can be read on the way.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps:
    "Turn on transit encryption, force TLS in parameter groups, refuse the rest by policy.",
  framework: pciDss("4.2.1", "Strong cryptography protects account data in transit"),
  url: awsPages.secureTransport,
  validateStack: (args, report) => {
    lookAtEach(
      args,
      ({ type, urn }) => (isOwnOrchestration(urn) ? undefined : looks[type]),
      report,
    );
  },
};

/** Source: ElastiCache User Guide, a secondary of a Global Datastore takes this from the primary. */
function cacheFindings({ props }: PolicyResource): readonly Finding[] {
  if ("globalReplicationGroupId" in props) return [];
  const isOn = known(() => props.transitEncryptionEnabled);
  if (isOn === UNKNOWN) return unknownAt("transitEncryptionEnabled");
  if (isOn === true) return [];
  return problem(`transitEncryptionEnabled must be true, got ${isOn ?? "nothing"}. Turn it on.`);
}

function listenerFindings({ props }: PolicyResource): readonly Finding[] {
  const protocol = known(() => props.protocol as string | undefined);
  switch (protocol) {
    case UNKNOWN:
      return unknownAt("protocol");
    case "HTTPS":
    case "TLS":
      return tlsFindings(props);
    case "HTTP":
      return redirectFindings(props);
    default:
      return problem(clearText(protocol));
  }
}

function redirectFindings(props: Readonly<Record<string, unknown>>): readonly Finding[] {
  const actions = known(() => props.defaultActions as readonly RedirectAction[] | undefined);
  if (actions === UNKNOWN) return unknownAt("defaultActions");
  return actions?.every(redirectsToTls) ? [] : problem(clearText("HTTP"));
}

function clearText(protocol: string | undefined): string {
  return `protocol must be HTTPS or TLS, or HTTP that only redirects to HTTPS, got "${protocol ?? ""}". Add a certificate.`;
}

/** Without a policy of its own a listener takes TLS 1.0. Source: ELB User Guide, security policies. */
function tlsFindings(props: Readonly<Record<string, unknown>>): readonly Finding[] {
  const policy = known(() => props.sslPolicy as string | undefined);
  if (policy === UNKNOWN) return unknownAt("sslPolicy");
  if (policy !== undefined && /-(TLS13-1-[23]|(TLS|FS)-1-2)-/.test(policy)) return [];
  return problem(
    `sslPolicy must ask for TLS 1.2 or later, got ${policy ? `"${policy}"` : "nothing"}. Use "ELBSecurityPolicy-TLS13-1-2-2021-06".`,
  );
}

interface RedirectAction {
  readonly type?: string;
  readonly redirect?: { readonly protocol?: string };
}

function redirectsToTls({ type, redirect }: RedirectAction): boolean {
  return type === "redirect" && redirect?.protocol === "HTTPS";
}

function bucketFindings(
  bucket: PolicyResource,
  all: readonly PolicyResource[],
): readonly Finding[] {
  const policies = satellitesOf(all, bucket, policyType, "bucket", "bucket");
  const documents = policies.map(({ props }) => known(() => props.policy));
  if (documents.some((document) => (statementsOf(document) ?? []).some(refusesClearText)))
    return [];
  if (documents.includes(UNKNOWN)) return unknownAt("policy");
  return problem(
    "bucket must refuse requests without TLS, got no policy that does. " +
      'Deny s3:* under { "Bool": { "aws:SecureTransport": "false" } }.',
  );
}

function refusesClearText({ Effect, Condition: conditions = {} }: Statement): boolean {
  return (
    Effect === "Deny" &&
    Object.entries(conditions).some(
      ([operator, keys]) =>
        /^Bool(IfExists)?$/.test(operator) &&
        Object.entries(keys).some(
          ([key, value]) =>
            key.toLowerCase() === "aws:securetransport" && many(value).includes("false"),
        ),
    )
  );
}
