/** What AWS Elastic Disaster Recovery admits, and where it is. */

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
