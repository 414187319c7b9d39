/**
 * Every bounded number of the product, once. Components, handlers, policies and docs read them here.
 *
 * Quotas are per account and per Region. Those with a `quotaCode` are read from Service Quotas at
 * run time; the value here is the fallback.
 */

export * from "./cell-limits.js";

/** A bounded number: what it counts, its bounds, what is taken when nothing is said, and why. */
export interface Limit {
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly default: number;
  readonly why: string;
}

/** A limit that AWS enforces per account and Region, with its code in Service Quotas (`drs`). */
export interface Quota {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly quotaCode: string;
  /** Whether AWS raises it on request; `unknown` where its own page says both. */
  readonly adjustable: "yes" | "no" | "unknown";
  /** How the service refuses what exceeds it. */
  readonly refusedWith: string;
}

/**
 * The six quotas that bound a recovery, and those beside them.
 * Source: "Elastic Disaster Recovery endpoints and quotas", AWS General Reference.
 */
export const drsQuotas = {
  replicatingServers: {
    name: "Max Total replicating source servers Per AWS Account",
    unit: "servers",
    value: 300,
    quotaCode: "L-C1D14A2B",
    adjustable: "no",
    refusedWith: "agent installation fails",
  },
  sourceServers: {
    name: "Max Total source servers Per AWS Account",
    unit: "servers",
    value: 4000,
    quotaCode: "L-E28BE5E0",
    adjustable: "unknown",
    refusedWith: "402 ServiceQuotaExceededException",
  },
  concurrentJobs: {
    name: "Concurrent jobs in progress",
    unit: "jobs",
    value: 20,
    quotaCode: "L-D88FAC3A",
    adjustable: "no",
    refusedWith: "402 ServiceQuotaExceededException",
  },
  serversPerJob: {
    name: "Max source servers in a single Job",
    unit: "servers",
    value: 100,
    quotaCode: "L-B827C881",
    adjustable: "no",
    refusedWith: "402 ServiceQuotaExceededException, although the API shape takes 200",
  },
  serversInAllJobs: {
    name: "Max source servers in all Jobs",
    unit: "servers",
    value: 500,
    quotaCode: "L-05AFA8C6",
    adjustable: "no",
    refusedWith: "402 ServiceQuotaExceededException",
  },
  jobsPerServer: {
    name: "Max concurrent Jobs per source server",
    unit: "jobs",
    value: 1,
    quotaCode: "L-DD6D028C",
    adjustable: "no",
    refusedWith: "409 ConflictException for the whole call",
  },
  launchActionsPerResource: {
    name: "Max number of launch actions per resource",
    unit: "actions",
    value: 200,
    quotaCode: "L-0588D03B",
    adjustable: "no",
    refusedWith: "an error that AWS does not document",
  },
  launchConfigurationTemplates: {
    name: "Max number of launch configuration templates per AWS account",
    unit: "templates",
    value: 1,
    quotaCode: "L-1F3FAE4D",
    adjustable: "no",
    refusedWith: "402 ServiceQuotaExceededException",
  },
  sourceNetworks: {
    name: "Max number of source networks per AWS account",
    unit: "networks",
    value: 100,
    quotaCode: "L-4B0323BD",
    adjustable: "unknown",
    refusedWith: "402 ServiceQuotaExceededException",
  },
} as const satisfies Record<string, Quota>;

export type DrsQuotaName = keyof typeof drsQuotas;

/** Most source server ids that one DescribeSourceServers or DescribeRecoveryInstances filter takes. */
export const maxIdsPerFilter = 200;

export const warnAtServers = {
  unit: "replicating servers in a lane",
  min: 1,
  max: 300,
  default: 250,
  why: "83 % of the quota of 300: time to plan the next lane",
} as const satisfies Limit;

export const criticalAtServers = {
  unit: "replicating servers in a lane",
  min: 1,
  max: 300,
  default: 280,
  why: "93 % of the quota of 300: the next application may not fit",
} as const satisfies Limit;

/** How many servers a lane may be declared with. What AWS admits is judged by the policies, not here. */
export const laneServers = {
  unit: "servers in a lane",
  min: 0,
  max: 20_000,
  default: 250,
  why: "five times the source servers that DRS takes; more is a slip of the finger",
} as const satisfies Limit;

/** How many of a lane's servers one set of its declared fleet may hold. */
export const fleetSetServers = {
  unit: "servers alike in a lane",
  min: 1,
  max: 20_000,
  default: 100,
  why: "a set without servers says nothing",
} as const satisfies Limit;

export const spreadValues = {
  unit: "values of the tag",
  min: 1,
  max: 20_000,
  default: 10,
  why: "no more values than a lane has servers",
} as const satisfies Limit;

export const rtoMinutes = {
  unit: "minutes",
  min: 1,
  max: 10_080,
  default: 240,
  why: "up to a week; a recovery that may take longer is a rebuild",
} as const satisfies Limit;

export const rpoMinutes = {
  unit: "minutes",
  min: 1,
  max: 10_080,
  default: 15,
  why: "DRS keeps points in time from ten minutes apart, and replicates in seconds when healthy",
} as const satisfies Limit;

export const expectedLaunchSeconds = {
  unit: "seconds",
  min: 60,
  max: 7_200,
  default: 600,
  why: "two small Linux servers took 533 s from StartRecovery to the end of their job (aws-samples/drs-tools, sample data of 2022)",
} as const satisfies Limit;

export const failedAtMostPercent = {
  unit: "percent of the critical servers of a wave in a lane",
  min: 0,
  max: 100,
  default: 0,
  why: "a dependent wave on top of a half-launched one is worse than none",
} as const satisfies Limit;

export const waveDeadlineMinutes = {
  unit: "minutes after the wave's gate opened in the lane",
  min: 10,
  max: 1_440,
  default: 120,
  why: "after it, servers that could not be started end with their reason instead of waiting for ever",
} as const satisfies Limit;

export const reservedJobs = {
  unit: "jobs of a lane left to others",
  min: 0,
  max: 19,
  default: 0,
  why: "an operator may need the console while a recovery runs",
} as const satisfies Limit;

export const reservedServers = {
  unit: "servers in jobs of a lane left to others",
  min: 0,
  max: 499,
  default: 0,
  why: "as for jobs",
} as const satisfies Limit;

export const pacingSeconds = {
  unit: "seconds between two StartRecovery calls of a lane",
  min: 0,
  max: 600,
  default: 0,
  why: "packing makes pacing needless; it is offered for estates with own reasons",
} as const satisfies Limit;

/** Lanes of one dashboard: a widget draws 500 metrics and expressions, and a lane takes three of them. */
export const mostDashboardLanes = 160;

export const busyAtPercent = {
  unit: "percent of the lane's quota",
  min: 1,
  max: 100,
  default: 90,
  why: "18 of 20 jobs, or 450 of 500 servers in jobs: a large recovery that starts now would wait",
} as const satisfies Limit;

export const publishEveryMinutes = {
  unit: "minutes between two counts",
  min: 1,
  max: 60,
  default: 5,
  why: "servers are added in days; a count costs a lane five calls, which a recovery may need",
} as const satisfies Limit;

export const logRetentionDays = {
  unit: "days",
  min: 1,
  max: 3_653,
  default: 365,
  why: "a yearly exercise can be compared with the one before",
} as const satisfies Limit;

export const deletionWindowDays = {
  unit: "days from a deletion until nothing can be decrypted any more",
  min: 7,
  max: 30,
  default: 30,
  why: "the bounds are those of KMS; the longest leaves most time to notice",
} as const satisfies Limit;

export const rotationDays = {
  unit: "days between two rotations",
  min: 90,
  max: 2_560,
  default: 365,
  why: "the bounds are those of KMS; once a year is its own default",
} as const satisfies Limit;

export const vpcPrefixBits = {
  unit: "leading bits that the addresses of a VPC share",
  min: 16,
  max: 22,
  default: 16,
  why: "AWS takes no larger VPC; of a smaller one, nine subnets have too few addresses for a failover",
} as const satisfies Limit;

export const bucketRetentionYears = {
  unit: "years, whole",
  min: 1,
  max: 100,
  default: 7,
  why: "the upper bound is that of S3 Object Lock; seven years is what financial records are kept",
} as const satisfies Limit;

export const bucketArchiveAfterDays = {
  unit: "days since an object was written",
  min: 1,
  max: 36_500,
  default: 90,
  why: "replication takes minutes, so a day later both copies are there to be archived",
} as const satisfies Limit;

export const bucketExpireAfterDays = {
  unit: "days since an object was written",
  min: 1,
  max: 36_500,
  default: 2_557,
  why: "seven years with their leap days",
} as const satisfies Limit;

export const versionDays = {
  unit: "days since a version was replaced",
  min: 1,
  max: 36_500,
  default: 90,
  why: "an overwritten object can be brought back for a quarter; without a bound versions pile up",
} as const satisfies Limit;

export const warnAtLatencySeconds = {
  unit: "seconds by which a copy is behind its source",
  min: 60,
  max: 900,
  default: 900,
  why: "S3 designs for 15 minutes; an alarm above it would come too late",
} as const satisfies Limit;

export const warnAtLagSeconds = {
  unit: "seconds by which a Region is behind the other",
  min: 1,
  max: 3_600,
  default: 5,
  why: "replication takes about a second; five times that is worth a look",
} as const satisfies Limit;

export const recoveryWindowDays = {
  unit: "days from a deletion until the secret is gone",
  min: 7,
  max: 30,
  default: 30,
  why: "the bounds are those of Secrets Manager; the longest leaves most time to notice",
} as const satisfies Limit;

export const rotateEveryDays = {
  unit: "days between two values",
  min: 1,
  max: 1_000,
  default: 30,
  why: "the bounds are those of Secrets Manager",
} as const satisfies Limit;

export const messageRetentionDays = {
  unit: "days from its arrival",
  min: 1,
  max: 14,
  default: 14,
  why: "SQS keeps nothing longer; a Region may be gone for days",
} as const satisfies Limit;

export const visibilitySeconds = {
  unit: "seconds from its receipt",
  min: 0,
  max: 43_200,
  default: 360,
  why: "six times a consumer that may run for a minute, as Lambda asks for; SQS hides for twelve hours at most",
} as const satisfies Limit;

export const maxReceives = {
  unit: "receipts of one message",
  min: 1,
  max: 1_000,
  default: 5,
  why: "fewer than five lose messages to throttled consumers; the bounds are those of SQS",
} as const satisfies Limit;

export const warnAtMessageAgeSeconds = {
  unit: "seconds since its arrival",
  min: 60,
  max: 1_209_600,
  default: 300,
  why: "a queue that is worked off holds nothing for minutes",
} as const satisfies Limit;

export const keepImages = {
  unit: "newest images of a repository",
  min: 1,
  max: 10_000,
  default: 500,
  why: "no tag is ever overwritten, so images pile up; what runs is among the newest",
} as const satisfies Limit;

export const keepBackupsDays = {
  unit: "days since a backup was made",
  min: 1,
  max: 36_500,
  default: 35,
  why: "as long as databases keep their own automatic backups at most",
} as const satisfies Limit;

export const lockMinDays = {
  unit: "days that a locked backup is kept at least",
  min: 1,
  max: 36_500,
  default: 2_557,
  why: "seven years with their leap days",
} as const satisfies Limit;

export const lockChangeableDays = {
  unit: "days until a lock can no longer be taken off",
  min: 3,
  max: 36_500,
  default: 30,
  why: "AWS Backup asks for three; a month shows whether the lock was meant",
} as const satisfies Limit;

/**
 * Sets of Regions in which a table may be strongly consistent.
 * Source: "Multi-Region strong consistency", Amazon DynamoDB Developer Guide.
 */
export const strongTableRegions = [
  ["us-east-1", "us-east-2", "us-west-2"],
  ["eu-west-1", "eu-west-2", "eu-west-3", "eu-central-1"],
  ["ap-northeast-1", "ap-northeast-2", "ap-northeast-3"],
] as const;

export const serviceTasks = {
  unit: "tasks",
  min: 1,
  max: 5_000,
  default: 2,
  why: "ECS takes no more in a service; without one, Route 53 calls the load balancer ill and answers with the Region that is lost",
} as const satisfies Limit;

export const clusterNodes = {
  unit: "nodes",
  min: 1,
  max: 450,
  default: 2,
  why: "EKS takes no more in a managed node group; without one, nothing of the cluster's own runs",
} as const satisfies Limit;

export const cpuUnits = {
  unit: "CPU units, 1,024 a vCPU",
  min: 256,
  max: 16_384,
  default: 1_024,
  why: "the bounds are those of Fargate, which takes some values between them only",
} as const satisfies Limit;

export const memoryMib = {
  unit: "MiB",
  min: 512,
  max: 122_880,
  default: 2_048,
  why: "the bounds are those of Fargate, which takes only some with each number of CPU units",
} as const satisfies Limit;

export const targetCpuPercent = {
  unit: "percent of the processor of all tasks",
  min: 10,
  max: 90,
  default: 60,
  why: "what is above carries the load until new tasks serve",
} as const satisfies Limit;

/**
 * Periods that CloudWatch Logs keeps events for; it takes no other.
 * Source: PutRetentionPolicy, Amazon CloudWatch Logs API reference.
 */
export const logRetentionPeriodsDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
] as const;

export const rpoSeconds = {
  unit: "seconds",
  min: 0,
  max: 86_400,
  default: 60,
  why: "stores of a cell replicate in seconds; a loss of days is a restore from a backup",
} as const satisfies Limit;

/** How long automatic backups of a database are kept. Source: RDS takes 0 to 35. */
export const backupRetentionDays = {
  unit: "days",
  min: 7,
  max: 35,
  default: 35,
  why: "the snapshot that Aurora takes of a lost primary expires with its automatic backups; a week to find and copy it",
} as const satisfies Limit;

/** `rds.global_db_rpo`. Source: Aurora User Guide, managing RPOs for Aurora PostgreSQL global databases. */
export const enforcedRpoSeconds = {
  unit: "seconds",
  min: 20,
  max: 2_147_483_647,
  default: 60,
  why: "Aurora enforces nothing below 20 seconds; less can only be observed",
} as const satisfies Limit;

/** Instances of an Aurora cluster. Source: a secondary of a global database takes 16 readers. */
export const databaseInstances = {
  unit: "instances in a Region",
  min: 1,
  max: 16,
  default: 2,
  why: "a writer, and one that takes over when its zone is lost",
} as const satisfies Limit;

/** Replica lag of RDS. An idle source shows up to five minutes. Source: RDS User Guide, monitoring read replicas. */
export const replicaLagSeconds = {
  unit: "seconds",
  min: 5,
  max: 3_600,
  default: 60,
  why: "a minute behind is a fault where something is written every few seconds",
} as const satisfies Limit;

export const slotLagGibibytes = {
  unit: "GiB that the source keeps for its replica",
  min: 1,
  max: 1_000,
  default: 10,
  why: "a replica that no longer follows fills the source's disk",
} as const satisfies Limit;

export const databaseGibibytes = {
  unit: "GiB",
  min: 20,
  max: 65_536,
  default: 100,
  why: "the bounds are those of gp3 storage of RDS",
} as const satisfies Limit;

export const cacheLagSeconds = {
  unit: "seconds",
  min: 1,
  max: 600,
  default: 5,
  why: "usual lag is below a second: five are a fault, not a peak",
} as const satisfies Limit;

export const cacheShards = {
  unit: "shards",
  min: 1,
  max: 16,
  default: 3,
  why: "with five replicas each, sixteen shards have as many nodes as one composite alarm can watch",
} as const satisfies Limit;

export const cacheReplicas = {
  unit: "replicas a shard",
  min: 1,
  max: 5,
  default: 2,
  why: "without a replica there is no failover within the Region; five are ElastiCache's own bound",
} as const satisfies Limit;

export const lagAlarmMilliseconds = {
  unit: "milliseconds",
  min: 100,
  max: 600_000,
  default: 5_000,
  why: "usual lag is below a second: five are a fault, not a peak",
} as const satisfies Limit;

/** How often a lane looks, and how long what is invisible may still arrive. */
export const cadence = {
  /** Between two looks at jobs that run. */
  jobPollSeconds: 20,
  /** Between two looks when nearly all servers in flight have launched, and at a closed gate. */
  gatePollSeconds: 10,
  /** Share of the expected launch time in which nothing can have launched yet. */
  quietShareOfExpectedLaunch: 0.6,
  /** Between two looks while paused, should the wake-up be lost. */
  pausedLookSeconds: 600,
  /** First wait after a 409 whose cause the job list does not show; doubled twice. */
  conflictBackoffSeconds: [30, 60, 120],
  /** First wait after a 429 without Retry-After, doubled up to the last. */
  throttleBackoffSeconds: [5, 10, 20, 40, 60],
  /** Rest of a call that was denied: as long as it has been denied, between these. */
  deniedRestSeconds: { min: 10, max: 60 },
} as const;

/**
 * How long a lane or a call may be denied before that is believed: long enough for a change of IAM to
 * spread and for people to lift a guardrail, short beside a wave's deadline. AWS publishes no bound; source:
 * "Changes that I make are not always immediately visible", IAM User Guide.
 */
export const denialPatienceSeconds = 300;

/** Time-outs whose sum says when a call that nobody answered can no longer take effect. */
export const lateArrival = {
  functionTimeoutSeconds: 120,
  httpTimeoutSeconds: 30,
  /** What is new may be missing from Describe calls this long. Inferred: AWS publishes no bound. */
  visibilitySeconds: 60,
} as const;

/** After this an intent that shows no job is void: its call can neither arrive nor be hidden any more. */
export const voidAfterSeconds =
  lateArrival.functionTimeoutSeconds +
  lateArrival.httpTimeoutSeconds +
  lateArrival.visibilitySeconds;

/**
 * Most by which the clocks of a Region and of the orchestrator differ: beyond it a signature is
 * refused. Source: "Troubleshoot Signature Version 4 requests", IAM User Guide ("within five minutes
 * of the time stamp").
 */
export const clockSkewSeconds = 300;

/** Lanes up to which Step Functions maps inline (its concurrency there is 40); above, distributed. */
export const maxInlineLanes = 40;

/** Turns of a lane in one Step Functions execution: a turn writes up to 9 events, the quota is 25,000. */
export const turnsPerExecution = 2_000;

/** Servers in one MEMBERS item of the journal, to keep it below 60 KB. */
export const membersPerItem = 500;

/** Regions that DRS serves: the General Reference, and those botocore 1.43.107 adds. */
export const drsRegions = [
  "af-south-1",
  "ap-east-1",
  "ap-east-2",
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
  "ap-south-1",
  "ap-south-2",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-southeast-3",
  "ap-southeast-4",
  "ap-southeast-5",
  "ap-southeast-6",
  "ap-southeast-7",
  "ca-central-1",
  "ca-west-1",
  "eu-central-1",
  "eu-central-2",
  "eu-north-1",
  "eu-south-1",
  "eu-south-2",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "il-central-1",
  "me-central-1",
  "me-south-1",
  "mx-central-1",
  "sa-east-1",
  "us-east-1",
  "us-east-2",
  "us-gov-east-1",
  "us-gov-west-1",
  "us-west-1",
  "us-west-2",
] as const;

/** Says how a value breaks a limit (`must be …, got …`), or nothing when it does not. */
export function outOfBounds(limit: Limit, value: number): string | undefined {
  if (Number.isFinite(value) && value >= limit.min && value <= limit.max) return undefined;
  return `must be ${limit.min} to ${limit.max} ${limit.unit}, got ${value}`;
}
