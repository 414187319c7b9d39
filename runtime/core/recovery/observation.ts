import { clockSkewSeconds } from "../../limits.js";
import { before, type Instant, plusSeconds } from "../instant.js";

/**
 * What DRS shows of a lane, in core's own shapes. Statuses are open strings: the wire is wider than
 * the model.
 */
export interface Job {
  readonly jobId: string;
  /** `LAUNCH`, `TERMINATE`, `CREATE_CONVERTED_SNAPSHOT`, or what AWS adds. */
  readonly type: string;
  /** `START_RECOVERY`, `START_DRILL`, `TERMINATE_RECOVERY_INSTANCES`, … */
  readonly initiatedBy: string;
  /** `PENDING`, `STARTED`, `COMPLETED`. Never says failed. */
  readonly status: string;
  readonly createdAt: Instant;
  readonly endedAt?: Instant;
  readonly servers: readonly JobServer[];
  readonly tags: Readonly<Record<string, string>>;
}

export interface JobServer {
  readonly server: string;
  readonly recoveryInstance?: string;
  /** `PENDING`, `IN_PROGRESS`, `LAUNCHED`, `FAILED`, `TERMINATED`. */
  readonly launchStatus: string;
}

export interface SourceServer {
  readonly server: string;
  readonly arn: string;
  readonly hostname?: string;
  readonly tags: Readonly<Record<string, string>>;
  /** `CONTINUOUS`, `STALLED`, … */
  readonly replicationState: string;
  /** Age of the newest consistent data, seconds, where DRS says it. */
  readonly lagSeconds?: number;
  /** `EXTENDED` servers replicate in their staging account. */
  readonly isExtended: boolean;
  readonly recoveryInstance?: string;
  readonly lastLaunch?: {
    readonly jobId: string;
    readonly kind: "drill" | "recovery";
    readonly calledAt: Instant;
    readonly status?: string;
  };
}

export interface RecoveryInstance {
  readonly instance: string;
  readonly server: string;
  readonly isDrill: boolean;
  readonly jobId?: string;
  readonly ec2State?: string;
  readonly pointInTime?: Instant;
}

/** Quotas of a lane as Service Quotas tells them, or the fallback constants. */
export interface LaneQuotas {
  readonly replicatingServers: number;
  readonly sourceServers: number;
  readonly concurrentJobs: number;
  readonly serversPerJob: number;
  readonly serversInAllJobs: number;
  readonly readFrom: "service-quotas" | "constants";
}

/** What a call that changes something came to. Only `indefinite` leaves open whether it happened. */
export type CallAnswer =
  | { readonly kind: "accepted"; readonly job: Job }
  | { readonly kind: "conflict"; readonly message: string }
  | { readonly kind: "over-quota"; readonly quotaCode?: string; readonly message: string }
  | { readonly kind: "throttled"; readonly retryAfterSeconds?: number; readonly message: string }
  | { readonly kind: "denied"; readonly message: string }
  | { readonly kind: "not-found"; readonly message: string }
  | { readonly kind: "invalid"; readonly message: string }
  | { readonly kind: "indefinite"; readonly message: string };

/** A job that may still change something. */
export function isActive(job: Job): boolean {
  return job.status !== "COMPLETED";
}

/**
 * Whether a job had ended by then for certain: what it left was there to be seen, and it changed nothing
 * since. Its times are told by the clock of DRS.
 */
export function hasEndedBefore({ endedAt }: Job, moment: Instant): boolean {
  return endedAt !== undefined && before(endedAt, plusSeconds(moment, -clockSkewSeconds));
}
