import { type Lane, laneKey } from "../lane.js";
import type { LaneQuotas } from "../recovery/observation.js";
import type { LaneCount } from "./lane-count.js";

/**
 * Metrics of a lane that the publisher writes, each under {@link laneDimensions}. DRS itself publishes
 * neither its quotas nor how much of them is in use.
 */
export const laneMetrics = [
  "ReplicatingServers",
  "ReplicatingServersQuota",
  "SourceServers",
  "SourceServersQuota",
  "ActiveJobs",
  "ActiveJobsQuota",
  "ServersInJobs",
  "ServersInJobsQuota",
] as const;

/** Metrics of a whole estate, under the dimension `Environment`. */
export const estateMetrics = ["LanesRead", "LanesUnread"] as const;

export type LaneMetric = (typeof laneMetrics)[number];
export type EstateMetric = (typeof estateMetrics)[number];

/** Numbers of one moment under the same dimensions. All of them are counts. */
export interface MetricRecord {
  readonly dimensions: Readonly<Record<string, string>>;
  readonly counts: Readonly<Partial<Record<LaneMetric | EstateMetric, number>>>;
  /** What is logged beside the numbers and is no metric. */
  readonly properties: Readonly<Record<string, string>>;
}

/** Namespace of an environment's metrics: two environments may name the same lane. */
export function metricNamespace(environment: string): string {
  return `DisasterRecovery/${environment}`;
}

export function laneDimensions({ account, region }: Lane) {
  return { Account: account, Region: region };
}

function estateDimensions(environment: string) {
  return { Environment: environment };
}

/** What is published of a lane that could be read. */
export function laneRecord(lane: Lane, count: LaneCount, quotas: LaneQuotas): MetricRecord {
  return {
    dimensions: laneDimensions(lane),
    counts: {
      ReplicatingServers: count.replicatingServers,
      ReplicatingServersQuota: quotas.replicatingServers,
      SourceServers: count.sourceServers,
      SourceServersQuota: quotas.sourceServers,
      ActiveJobs: count.activeJobs,
      ActiveJobsQuota: quotas.concurrentJobs,
      ServersInJobs: count.serversInJobs,
      ServersInJobsQuota: quotas.serversInAllJobs,
    },
    properties: { lane: laneKey(lane), quotasReadFrom: quotas.readFrom },
  };
}

/** What is published of the whole estate, however many lanes could be read. */
export function estateRecord(
  environment: string,
  lanes: { readonly read: number; readonly unread: number },
): MetricRecord {
  return {
    dimensions: estateDimensions(environment),
    counts: { LanesRead: lanes.read, LanesUnread: lanes.unread },
    properties: {},
  };
}
