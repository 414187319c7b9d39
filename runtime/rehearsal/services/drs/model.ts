import type { Instant } from "../../../core/instant.js";
import type { LaneKey } from "../../../core/lane.js";
import type { Principal } from "../service.js";
import type { Author, JobKind } from "./events.js";
import type { LaunchActionRuns } from "./launch-action-runs.js";
import type { Machine } from "./machine.js";
import type { PlanBook } from "./plans/model.js";
import type { ServerSettings, Templates } from "./settings.js";
import type { SourceNetworks } from "./source-networks.js";

/** `PENDING`, `IN_PROGRESS`, `LAUNCHED`, `FAILED`, `TERMINATED`. */
export type LaunchStatus = "PENDING" | "IN_PROGRESS" | "LAUNCHED" | "FAILED" | "TERMINATED";

/** Where in AWS a server runs that did not come from outside. */
export interface ServerOrigin {
  readonly account: string;
  readonly region: string;
  /** The Region's first one when absent. */
  readonly availabilityZone?: string;
  /** `vpc-` and 8 to 17 hexadecimal digits. */
  readonly vpc?: string;
}

/** A source server, wherever it is. */
export interface ServerLink {
  readonly lane: LaneKey;
  readonly server: string;
  readonly arn: string;
}

/** A recovery instance, wherever it is. */
export interface InstanceLink {
  readonly lane: LaneKey;
  readonly instance: string;
}

/** A full copy that is under way, or has been made. */
export interface SyncProgress {
  readonly startedAt: Instant;
  /** When data begins to flow. */
  readonly dataFrom: Instant;
  /** When everything is copied, and the first point in time is being taken. */
  readonly copiedAt: Instant;
  /** When there is something to recover from; expected as long as it is not done. */
  readonly syncedAt: Instant;
  readonly isDone: boolean;
}

/** What replicates: a source server to its staging area, or a recovery instance on its way back. */
export interface Replicating {
  readonly arn: string;
  replicationState: string;
  /** Since when it is in this state, or its lag was last told. */
  since: Instant;
  /** Age of the newest consistent data at {@link since}. It grows while none arrives. */
  lagSeconds: number;
  /** Why it is stalled, as on the wire. */
  replicationError?: string;
  /** What is left to copy or to read again, where somebody said so. */
  backlogBytes?: number;
  /** Reading again what is there already. */
  catchUp?: { readonly from: Instant; readonly until: Instant };
  /** The newest full copy that began while the emulator ran. There are no points in time from before its end. */
  sync?: SyncProgress;
}

/** A source server as the emulator keeps it. */
export interface SourceServerRecord extends Replicating {
  readonly server: string;
  readonly hostname: string;
  tags: Record<string, string>;
  readonly addedAt: Instant;
  lastLaunchResult: "NOT_STARTED" | "PENDING" | "SUCCEEDED" | "FAILED";
  lastLaunch?: LastLaunch;
  recoveryInstance?: string;
  readonly machine: Machine;
  readonly settings: ServerSettings;
  /** Absent for servers from outside of AWS. */
  readonly origin?: ServerOrigin;
  /** `FAILOVER` when absent. */
  readonly direction?: "FAILBACK";
  /** The server that replicates the other way, once replication was reversed. */
  reversed?: ServerLink;
  /** The server of a staging account that it stands for. All about its replication is that server's. */
  readonly extension?: ServerLink;
  /** The recovery instance whose data it holds, where it was made by reversing replication. */
  mirrors?: InstanceLink;
}

export interface LastLaunch {
  readonly jobId: string;
  readonly isDrill: boolean;
  readonly calledAt: Instant;
  status: LaunchStatus;
}

/** A server of a job, or a source network of one that deploys networks. */
export interface Participant {
  readonly server: string;
  /** Instance that is launched or ended. */
  instance?: string;
  launchStatus: LaunchStatus;
  /** Of a server that has launch actions, once its instance was launched. */
  actions?: LaunchActionRuns;
  /** Nothing happens to it in this job any more. */
  isDone: boolean;
}

export interface JobLogEntry {
  readonly at: Instant;
  readonly event: string;
  readonly data: EventData;
}

/** Members of a log entry's data, as on the wire. */
export type EventData = Readonly<Record<string, string | object>>;

export interface JobRecord {
  readonly jobId: string;
  readonly arn: string;
  /** Place among the jobs of its lane, from 1. */
  readonly sequence: number;
  readonly lane: LaneKey;
  readonly kind: JobKind;
  readonly isDrill: boolean;
  /** As on the wire, of jobs that neither StartRecovery nor TerminateRecoveryInstances started. */
  readonly initiatedBy?: string;
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

export type FailbackState =
  | "FAILBACK_NOT_STARTED"
  | "FAILBACK_IN_PROGRESS"
  | "FAILBACK_NOT_READY_FOR_LAUNCH"
  | "FAILBACK_READY_FOR_LAUNCH"
  | "FAILBACK_COMPLETED"
  | "FAILBACK_ERROR";

/** The way back of a recovery instance. */
export interface FailbackRecord {
  state: FailbackState;
  initiatedAt?: Instant;
  jobId?: string;
  launchType?: "RECOVERY" | "DRILL";
  /** Of the machine outside of AWS that is failed back to. */
  clientId?: string;
  /** The far server that replicates it, where replication was reversed. */
  reversed?: ServerLink;
  configuration: FailbackConfiguration;
}

export interface FailbackConfiguration {
  readonly name?: string;
  /** Megabits a second; 0 is as fast as can be. */
  readonly bandwidthThrottling: number;
  readonly usePrivateIP: boolean;
  readonly internetProtocol: string;
}

export interface RecoveryInstanceRecord extends Replicating {
  readonly instance: string;
  readonly server: string;
  readonly isDrill: boolean;
  readonly jobId: string;
  readonly pointInTime: Instant;
  readonly launchedAt: Instant;
  state: "PENDING" | "RUNNING" | "STOPPED" | "SHUTTING-DOWN" | "TERMINATED";
  readonly failback: FailbackRecord;
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
  readonly networks: SourceNetworks;
  readonly recoveryPlans: PlanBook;
}

/** Who makes a call, and in whose name EC2 is used. */
export interface Caller {
  readonly by: Author;
  /** Absent for strangers, whose rights nobody checks. */
  readonly principal?: Principal;
}
