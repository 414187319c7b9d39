import type { SectionVariable, Step } from "../model.js";
import { variablesOf } from "../words.js";

const meanings: Readonly<Record<string, Omit<SectionVariable, "name">>> = {
  MAPPING: {
    meaning: "id of one event source mapping, from the list",
    example: "11111111-2222-3333-4444-555555555555",
  },
  NEW_REPLICA: {
    meaning: "name of a new instance, which no other bears; another for each database",
    example: "replica-2027-01-12",
  },
  RECOVERY_POINT: {
    meaning: "ARN of the newest point of one store, from the list",
    example: "arn:aws:rds:us-west-2:111111111111:cluster-snapshot:awsbackup:copyjob-1",
  },
  RESTORE_METADATA: {
    meaning: "what it was made with, in JSON, with a new name and this Region's network",
    example: '{"DBClusterIdentifier":"restored"}',
  },
  RESTORE_ROLE: {
    meaning: "ARN of the role that AWS Backup restores with",
    example: "arn:aws:iam::111111111111:role/restores",
  },
  SNAPSHOT: {
    meaning: "identifier of one snapshot, from the list",
    example: "rds:unplanned-global-failover-orders-2027-01-12-03-00",
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
