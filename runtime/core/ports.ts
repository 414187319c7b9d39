import type { MetricRecord } from "./capacity/metrics.js";
import type { Clock, Instant } from "./instant.js";
import type { Lane, LaneKey } from "./lane.js";
import type {
  CallAnswer,
  Job,
  LaneQuotas,
  RecoveryInstance,
  SourceServer,
} from "./recovery/observation.js";
import type { Member, ProtectionGroup, RecoveryPlan, Revised } from "./recovery/plan.js";
import type { EndedBatch, GateState, Head, LaneState } from "./recovery/state.js";

export type { Clock };

/** DRS in one lane. Reads page to the end; they throw a `DrError` of code `lane-…` when refused. */
export interface Drs {
  sourceServers(ids?: readonly string[]): Promise<readonly SourceServer[]>;
  jobsSince(from: Instant): Promise<readonly Job[]>;
  recoveryInstances(sourceServers?: readonly string[]): Promise<readonly RecoveryInstance[]>;
  /** Called once, never repeated by the SDK. */
  startRecovery(call: StartRecoveryCall): Promise<CallAnswer>;
  /** Called once, never repeated by the SDK. Takes no tags. */
  terminate(instances: readonly string[]): Promise<CallAnswer>;
}

export interface StartRecoveryCall {
  readonly servers: readonly string[];
  readonly isDrill: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** Acts in a lane with the spoke's role, refreshed when it expires. */
export type DrsOfLane = (lane: Lane) => Drs;

/** Reads the quotas of a lane; answers the constants when Service Quotas does not. */
export type QuotasOfLane = (lane: Lane) => Promise<LaneQuotas>;

/** Whether a conditional write took effect: `lost` means that somebody else's did. */
export type WriteResult = "written" | "lost";

/** The execution's memory: single-item conditional writes, each idempotent under its owner token. */
export interface Journal {
  head(executionId: string): Promise<Head | undefined>;
  /** Writes a new head; `lost` when the id is taken by another start. */
  createHead(head: Head): Promise<WriteResult>;
  /** Writes a head at its revision; it must stand one below. */
  updateHead(head: Head): Promise<WriteResult>;

  putMembers(executionId: string, lane: LaneKey, members: readonly Member[]): Promise<void>;
  members(executionId: string, lane: LaneKey): Promise<readonly Member[]>;

  lane(executionId: string, lane: LaneKey): Promise<LaneState | undefined>;
  lanes(executionId: string): Promise<readonly LaneState[]>;
  /** Writes a lane at its revision; it must stand one below, or be absent for revision 1. */
  writeLane(lane: LaneState): Promise<WriteResult>;

  /** Idempotent: the first record of a batch stays. */
  putEndedBatch(executionId: string, lane: LaneKey, batch: EndedBatch): Promise<void>;
  endedBatches(executionId: string, lane: LaneKey): Promise<readonly EndedBatch[]>;

  markGate(executionId: string, wave: string, lane: LaneKey, broken: boolean): Promise<void>;
  gates(executionId: string, waves: readonly string[]): Promise<readonly GateState[]>;

  /** Takes the plan's lock for an execution; answers who holds it when somebody else does. */
  lockPlan(plan: string, executionId: string): Promise<{ readonly heldBy?: string }>;
  unlockPlan(plan: string, executionId: string): Promise<void>;
  /** Takes the lock over from an execution that has ended. */
  takeOverLock(plan: string, from: string, executionId: string): Promise<WriteResult>;

  audit(executionId: string, at: Instant, entry: AuditEntry): Promise<void>;
}

export interface AuditEntry {
  readonly what: string;
  readonly lane?: LaneKey;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Groups and plans, each under a revision. */
export interface Documents<T extends { readonly name: string }> {
  get(name: string): Promise<Revised<T> | undefined>;
  list(): Promise<readonly Revised<T>[]>;
  /** `expected` 0 creates. */
  put(document: T, expected: number): Promise<WriteResult>;
  remove(name: string, expected: number): Promise<WriteResult>;
}

export interface Library {
  readonly groups: Documents<ProtectionGroup>;
  readonly plans: Documents<RecoveryPlan>;
}

/** Lanes of the estate, as deployed. */
export interface Estate {
  lanes(): Promise<readonly EstateLane[]>;
}

export interface EstateLane extends Lane {
  readonly accountName: string;
  /** Servers the environment declares for the lane. */
  readonly declaredServers: number;
}

/** Step Functions as the handlers need it. */
export interface Workflows {
  /** Starting twice under one name starts one. */
  start(machine: "recover-plan" | "recover-lane", name: string, input: object): Promise<void>;
  succeed(taskToken: string, output: object): Promise<void>;
  heartbeat(taskToken: string): Promise<void>;
  /** Whether the plan's state machine still works at an execution. */
  isRunning(executionName: string): Promise<boolean>;
}

/** Tells people. Never fails an execution. */
export interface Notifier {
  notify(subject: string, message: string): Promise<void>;
}

/** Tells CloudWatch numbers. Never fails. */
export interface Metrics {
  publish(record: MetricRecord): void;
}

export interface Log {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** Fresh ids: turn tokens and execution ids. */
export type NewId = () => string;
