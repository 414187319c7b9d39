import type { PolicyKind } from "./read-policy.js";

/** Condition keys that requests carry. A name that ends in `/` stands for all that begin with it. */
export interface RequestKeys {
  readonly names: readonly string[];
  /** Keys have no case. */
  has(key: string): boolean;
}

/** Of every request, as AWS puts them there; `aws:CalledVia` is absent where nobody stands between. */
const ofAll = [
  "aws:CalledVia",
  "aws:PrincipalAccount",
  "aws:PrincipalArn",
  "aws:RequestedRegion",
  "aws:SecureTransport",
  "aws:ViaAWSService",
] as const;

/** Besides, of requests to a service. */
const ofServices: Readonly<Record<string, readonly string[]>> = {
  drs: ["aws:RequestTag/", "aws:ResourceTag/", "aws:TagKeys"],
  ec2: ["aws:RequestTag/", "aws:ResourceTag/", "ec2:CreateAction"],
  iam: ["iam:PassedToService"],
  // Nothing in the emulated SSM has tags; what DRS asks of the real one for a caller has its own.
  ssm: ["aws:ResourceTag/"],
  sts: ["sts:ExternalId", "sts:RoleSessionName"],
};

/** Of an AWS service that takes a role or calls a resource for somebody. */
const ofSources = ["aws:SourceAccount", "aws:SourceArn"] as const;

/**
 * The keys by which a statement can be decided: those that all requests for its actions carry. By
 * another key an emulated request would always miss a condition that AWS might see met, or meet one.
 */
export function requestKeys(kind: PolicyKind, actions: readonly string[]): RequestKeys {
  const services = [...new Set(actions.map((action) => action.split(":")[0] ?? ""))];
  const [first = [], ...others] = services.map((service) => ofServices[service] ?? []);
  const shared = first.filter((key) => others.every((other) => other.includes(key)));
  const names = [...ofAll, ...shared, ...(kind === "identity" ? [] : ofSources)];
  const known = names.map((name) => name.toLowerCase());
  return {
    names,
    has(key) {
      const name = key.toLowerCase();
      return known.some((one) => (one.endsWith("/") ? name.startsWith(one) : name === one));
    },
  };
}
