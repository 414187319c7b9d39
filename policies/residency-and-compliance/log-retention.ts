import type { PolicyConfigSchema, ResourceValidationPolicy } from "@pulumi/policy";
import { known, UNKNOWN, uncheckable } from "../known.js";
import { awsPages, type RuleText } from "../rule.js";
import { pciDss } from "./frameworks.js";

/** Source: PCI DSS 10.5.1, audit logs are kept for at least twelve months. */
const leastDaysByDefault = 365;

const configSchema: PolicyConfigSchema = {
  properties: {
    leastDays: {
      type: "integer",
      minimum: 1,
      default: leastDaysByDefault,
      description: "Days for which log groups keep what they hold, at least.",
    },
  },
};

export const logRetention: ResourceValidationPolicy & RuleText = {
  name: "dr-log-retention",
  description: `Log groups keep what they hold for at least ${leastDaysByDefault} days.`,
  why: "What happened in a disaster is asked about long after it.",
  enforcementLevel: "mandatory",
  severity: "medium",
  remediationSteps: "Raise retentionInDays, or set it to 0 to keep logs for ever.",
  framework: pciDss("10.5.1", "Audit log history is retained for at least 12 months"),
  url: awsPages.logRetention,
  configSchema,
  validateResource: ({ type, props, getConfig }, report) => {
    if (type !== "aws:cloudwatch/logGroup:LogGroup") return;
    const { leastDays = leastDaysByDefault } = getConfig<{ leastDays?: number }>();
    const days = known(() => props.retentionInDays as number | undefined);
    if (days === UNKNOWN) return uncheckable("retentionInDays");
    if (days === undefined || days === 0 || days >= leastDays) return;
    report(
      `retentionInDays must be at least ${leastDays} days, got ${days}. Raise it, or set it to 0 to keep logs for ever.`,
    );
  },
};
