import type { SectionVariable, Step } from "../model.js";
import { variablesOf } from "../words.js";

const meanings: Readonly<Record<string, Omit<SectionVariable, "name">>> = {
  MAPPING: {
    meaning: "id of one event source mapping, from the list",
    example: "11111111-2222-3333-4444-555555555555",
  },
  NEW_ID: {
    meaning: "id (`DbiResourceId`) of the instance that was made here",
    example: "db-NEW1111111111111111111111",
  },
  NEW_REPLICA: {
    meaning: "name of a new instance, which no other bears; another for each database",
    example: "replica-2027-01-12",
  },
  OLD_ID: {
    meaning: "id (`DbiResourceId`) of the instance that was set aside",
    example: "db-OLD1111111111111111111111",
  },
  RECOVERY_POINT: {
    meaning: "ARN of the newest point of one store, from the list; another for each store",
    example:
      "arn:aws:backup:us-west-2:111111111111:recovery-point:11111111-2222-3333-4444-555555555555",
  },
  RESTORED: {
    meaning: "ARN of what a restore made, as it was written down; another for each store",
    example: "arn:aws:rds:us-west-2:111111111111:cluster:restored",
  },
  RESTORE_METADATA: {
    meaning: "what it was made with, in JSON, with a new name and this Region's network",
    example: '{"DBClusterIdentifier":"restored"}',
  },
  RESTORE_ROLE: {
    meaning: "ARN of the role that AWS Backup works with",
    example: "arn:aws:iam::111111111111:role/restores",
  },
  SINCE: {
    meaning: "an hour before the moment in question, in UTC",
    example: "2027-01-12T02:00:00Z",
  },
  SNAPSHOT: {
    meaning: "identifier of one snapshot, from the list",
    example: "rds:unplanned-global-failover-orders-2027-01-12-03-00",
  },
  SNAPSHOT_COPY: {
    meaning: "a new name for its copy; another for each",
    example: "lost-writes-orders-2027-01-12",
  },
  UNTIL: {
    meaning: "now, in UTC",
    example: "2027-01-12T03:10:00Z",
  },
};

/** The variables of a section's commands, each with what it means. */
export function variablesFor(steps: readonly Step[]): readonly SectionVariable[] {
  const used = steps.flatMap(({ commands }) => commands).flatMap(({ argv }) => variablesOf(argv));
  return [...new Set(used)].sort().map((name) => {
    const known = meanings[name];
    if (known === undefined) throw new Error(`variable ${name} must have a meaning, got none.`);
    return { name, ...known };
  });
}
