import type {
  EnforcementLevel,
  ResourceValidationPolicy,
  Severity,
  StackValidationPolicy,
} from "@pulumi/policy";

/** A policy of ours: it always says how grave a violation is, why, and what to do. */
export type Rule = (ResourceValidationPolicy | StackValidationPolicy) & RuleText;

/** What a rule of ours says besides what it checks. */
export interface RuleText {
  /** `mandatory` where AWS would refuse or a claim would be false; `advisory` where it would hurt. */
  readonly enforcementLevel: "advisory" | "mandatory";
  readonly severity: Severity;
  /** What follows when the rule is broken, in one sentence. */
  readonly why: string;
  readonly remediationSteps: string;
}

/** A rule as a pack takes it, enforced as strictly as that pack wants. */
export function atLevel(
  rule: Rule,
  enforcementLevel: EnforcementLevel,
): ResourceValidationPolicy | StackValidationPolicy {
  return { ...rule, enforcementLevel };
}

/** Pages of AWS that state what rules check. */
export const awsPages = {
  dnsFailover: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover.html",
  drsQuotas: "https://docs.aws.amazon.com/general/latest/gr/drs.html",
  externalId: "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
  globalTables:
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_versions.html",
  healthCheckAlarms:
    "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html",
  leastPrivilege:
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
  backupSelections:
    "https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html",
  backupRetention:
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html",
  blockPublicAccess:
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
  costEstimates:
    "https://docs.aws.amazon.com/pricing-calculator/latest/userguide/what-is-pricing-calculator.html",
  customerKeys: "https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#customer-cmk",
  logRetention:
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",
  managedFailover:
    "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html",
  managedPassword:
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html",
  objectLock: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html",
  readReplicas: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.html",
  recoveryObjectives:
    "https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html",
  secureTransport:
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html#transit",
  trails: "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html",
  stateMachines: "https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html",
} as const;
