import { known, UNKNOWN, uncheckable } from "../known.js";
import { awsPages, type Rule } from "../rule.js";

const leastDays = 7;

/**
 * Source: Aurora User Guide, managed failover: the snapshot of the lost primary's volume lies under
 * its own backup retention, and is the only copy of the writes that did not make it over.
 */
export const backupsOfCopied: Rule = {
  name: "dr-backups-of-copied",
  description: `Members of a global database keep backups for at least ${leastDays} days.`,
  why: "After an unplanned failover the lost writes are in a snapshot that is deleted with the backups.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: `Set backupRetentionPeriod of every member to ${leastDays} or more.`,
  url: awsPages.managedFailover,
  validateResource: ({ type, props }, report) => {
    if (type !== "aws:rds/cluster:Cluster" || !("globalClusterIdentifier" in props)) return;
    const days = known(() => props.backupRetentionPeriod as number | undefined);
    if (days === UNKNOWN) return uncheckable("backupRetentionPeriod");
    if ((days ?? 1) >= leastDays) return;
    report(
      `backupRetentionPeriod must be at least ${leastDays} days in a global database, got ${days ?? "nothing, which is 1"}. Raise it: the snapshot of a lost primary is kept as long.`,
    );
  },
};
