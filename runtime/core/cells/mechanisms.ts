/**
 * What the RPO of a copy rests on: `enforced` by the service, which refuses writes instead;
 * `designed` for by the service, with an agreement; only ever `observed`; `scheduled`, where copies
 * are begun at known times and nobody bounds how long one takes; or `unbounded`, where nobody names
 * a bound.
 */
export type RpoBasis = "enforced" | "designed" | "observed" | "scheduled" | "unbounded";

/** How a copy in another Region comes to be, and to be used. */
export interface Mechanism {
  readonly rpoBasis: RpoBasis;
  /** The RPO that may be claimed; for an observed one it is what is usual, not what is promised. */
  readonly rpoSeconds?: number;
  /** What makes the copy writable. */
  readonly activation: "none" | "promotion" | "restore";
  /** To be budgeted for the activation until a drill has measured it. */
  readonly activationSeconds: number;
}

/** Every way in which a cell's components keep a copy of data. */
export const mechanisms = {
  // Source: Aurora User Guide, managed cross-Region failover: "within a few minutes"; replication "typically under a second".
  "aurora-global-database": {
    rpoBasis: "observed",
    rpoSeconds: 1,
    activation: "promotion",
    activationSeconds: 300,
  },
  // Source: RDS User Guide, promotion "can take several minutes or longer, depending on the size"; it names
  // no usual lag. 60 s are what pilot-light designs reckon with ("about a minute"), 900 s a budget of ours.
  "rds-cross-region-replica": {
    rpoBasis: "observed",
    rpoSeconds: 60,
    activation: "promotion",
    activationSeconds: 900,
  },
  // Source: S3 User Guide, replication time control: 99.99 % of objects within 15 minutes.
  "s3-replication-time-control": {
    rpoBasis: "designed",
    rpoSeconds: 900,
    activation: "none",
    activationSeconds: 0,
  },
  // Source: DynamoDB Developer Guide, multi-Region eventual consistency: "usually within a second".
  "dynamodb-global-table": {
    rpoBasis: "observed",
    rpoSeconds: 1,
    activation: "none",
    activationSeconds: 0,
  },
  // Source: DynamoDB Developer Guide, multi-Region strong consistency: a recovery point objective of zero.
  "dynamodb-strong-global-table": {
    rpoBasis: "enforced",
    rpoSeconds: 0,
    activation: "none",
    activationSeconds: 0,
  },
  // Source: ElastiCache User Guide, Global Datastore: promotion typically in less than a minute, no agreement.
  "elasticache-global-datastore": {
    rpoBasis: "observed",
    rpoSeconds: 1,
    activation: "promotion",
    activationSeconds: 120,
  },
  // A queue is rebuilt from a replicated store, so that store's own RPO counts.
  "queue-outbox": { rpoBasis: "observed", activation: "none", activationSeconds: 0 },
  // Source: SNS Developer Guide, cross-Region delivery: no bound is named for it.
  "queue-fan-out": { rpoBasis: "unbounded", activation: "none", activationSeconds: 0 },
  // Source: ECR User Guide: most images replicate in less than 30 minutes, without an agreement.
  "ecr-replication": { rpoBasis: "unbounded", activation: "none", activationSeconds: 0 },
  // Source: Secrets Manager User Guide names no bound; replicas are read-only until then as well.
  "secret-replica": { rpoBasis: "unbounded", activation: "none", activationSeconds: 0 },
  // The schedule of the backups, and the time that a copy takes, which nobody bounds. AWS Backup
  // names no time for a restore either: four hours are a budget of ours, until a restore test has measured it.
  "backup-copy": { rpoBasis: "unbounded", activation: "restore", activationSeconds: 14_400 },
  // A table of one Region: what its backups say, and the same budget of ours for its restore.
  "dynamodb-backup-copy": {
    rpoBasis: "scheduled",
    activation: "restore",
    activationSeconds: 14_400,
  },
} as const satisfies Readonly<Record<string, Mechanism>>;

export type MechanismName = keyof typeof mechanisms;

/**
 * How late AWS Backup may begin what a schedule asks for.
 * Source: AWS Backup API Reference, StartWindowMinutes: eight hours where nothing is said.
 */
export const backupStartSeconds = 28_800;

/**
 * What a secondary of a global database without instances adds to its promotion: an instance must
 * be made first. No figure is published; ten minutes are the usual course of CreateDBInstance.
 */
export const headlessInstanceSeconds = 600;
