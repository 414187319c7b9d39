import { notYetKnown } from "../../runtime/core/cells/edges/values.js";
import { expectedAt } from "../expected.js";
import { known, partlyKnown, UNKNOWN, uncheckable } from "../known.js";
import { awsPages, type Rule } from "../rule.js";
import { sox } from "./frameworks.js";
import { isOwnOrchestration } from "./own-orchestration.js";

/** The longest that RDS, Aurora and DynamoDB keep automated backups. Source: their user guides. */
const days = 35;

const databases: readonly string[] = ["aws:rds/cluster:Cluster", "aws:rds/instance:Instance"];
const table = "aws:dynamodb/table:Table";
const tablePaths = ["pointInTimeRecovery.enabled", "replicas[].pointInTimeRecovery"];

/** Replication copies corruption within a second: only a point in time before it helps. */
export const backupsThirtyFiveDays: Rule = {
  name: "dr-backups-thirty-five-days",
  description: `Databases can be restored to any point in time of the last ${days} days.`,
  why: "A corruption is replicated at once; without a point in time before it there is no way back.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: `Set backupRetentionPeriod to ${days}, and pointInTimeRecovery of tables and their replicas.`,
  framework: sox("Section 404", "Controls over the integrity of financial records"),
  url: awsPages.backupRetention,
  validateResource: ({ type, urn, props }, report) => {
    if (isOwnOrchestration(urn)) return;
    if (databases.includes(type)) {
      const period = known(() => props.backupRetentionPeriod as number | undefined);
      if (period === UNKNOWN) return uncheckable("backupRetentionPeriod");
      if (period === undefined || period < days) {
        report(
          `backupRetentionPeriod must be ${days} days, got ${period ?? "none"}. Raise it: it is the longest that AWS keeps them.`,
        );
      }
    }
    if (type !== table) return;
    const found = tablePaths.flatMap((path) => expectedAt(partlyKnown(props), path));
    for (const { path, value } of found) {
      if (value === true || value === notYetKnown) continue;
      report(`${path} must be true, got ${value ?? "nothing"}. Turn it on: it keeps ${days} days.`);
    }
    uncheckable(...found.filter(({ value }) => value === notYetKnown).map(({ path }) => path));
  },
};
