import type { Instant } from "../../../core/instant.js";
import type { LaneKey } from "../../../core/lane.js";
import type { Principal } from "../service.js";
import type { Author } from "./events.js";
import type { Machine } from "./machine.js";
import type { ServerSettings, Templates } from "./settings.js";

/** `PENDING`, `IN_PROGRESS`, `LAUNCHED`, `FAILED`, `TERMINATED`. */
export type LaunchStatus = "PENDING" | "IN_PROGRESS" | "LAUNCHED" | "FAILED" | "TERMINATED";

/** A source server as the emulator keeps it. */
export interface SourceServerRecord {
  readonly server: string;
  readonly arn: string;
  readonly hostname: string;
  tags: Record<string, string>;
  readonly addedAt: Instant;
  replicationState: string;
  lagSeconds: number;
  lastLaunchResult: "NOT_STARTED" | "PENDING" | "SUCCEEDED" | "FAILED";
  lastLaunch?: LastLaunch;
  recoveryInstance?: string;
  readonly machine: Machine;
  readonly settings: ServerSettings;
}

export interface LastLaunch {
  readonly jobId: string;
  readonly isDrill: boolean;
  readonly calledAt: Instant;
  status: LaunchStatus;
}

/** A server of a job. */
export interface Participant {
  readonly server: string;
  /** Instance that is launched or ended. */
  instance?: string;
  launchStatus: LaunchStatus;
  /** Nothing happens to it in this job any more. */
  isDone: boolean;
}

export interface JobLogEntry {
  readonly at: Instant;
  readonly event: string;
  readonly data: Readonly<Record<string, string>>;
}

export interface JobRecord {
  readonly jobId: string;
  readonly arn: string;
  /** Place among the jobs of its lane, from 1. */
  readonly sequence: number;
  readonly lane: LaneKey;
  readonly kind: "launch" | "terminate";
  readonly isDrill: boolean;
  readonly createdAt: Instant;
  endedAt?: Instant;
  /** Since when no call finds it any more. */
  deletedAt?: Instant;
  /** DescribeJobs does not show it before. */
  visibleFrom: Instant;
  status: "PENDING" | "STARTED" | "COMPLETED";
  readonly participants: readonly Participant[];
  tags: Record<string, string>;
  readonly log: JobLogEntry[];
  readonly by: Author;
}

export interface RecoveryInstanceRecord {
  readonly instance: string;
  readonly arn: string;
  readonly server: string;
  readonly isDrill: boolean;
  readonly jobId: string;
  readonly pointInTime: Instant;
  readonly launchedAt: Instant;
  state: "PENDING" | "RUNNING" | "STOPPED" | "SHUTTING-DOWN" | "TERMINATED";
  tags: Record<string, string>;
}

/** DRS of one account in one Region. */
export interface LaneRecord {
  readonly lane: LaneKey;
  readonly account: string;
  readonly region: string;
  isInitialised: boolean;
  readonly servers: Map<string, SourceServerRecord>;
  /** Oldest first. */
  readonly jobs: JobRecord[];
  readonly activeJobs: Set<JobRecord>;
  readonly instances: Map<string, RecoveryInstanceRecord>;
  readonly templates: Templates;
}

/** Who makes a call, and in whose name EC2 is used. */
export interface Caller {
  readonly by: Author;
  /** Absent for strangers, whose rights nobody checks. */
  readonly principal?: Principal;
}
