import type { Instant } from "../instant.js";
import type { LaneKey } from "../lane.js";
import type { LaneQuotas } from "./observation.js";

/** A drill launches beside production and is cleaned up; a recovery replaces production. */
export type ExecutionKind = "drill" | "recovery";

export type ExecutionState = "preparing" | "recovering" | "cleaning-up" | "ended";

/** What the operator last asked of an execution. */
export type Command = "run" | "pause" | "cancel";

export type Outcome =
  /** Every critical server launched, or was skipped with a reason. */
  | "recovered"
  /** At least one server failed. */
  | "recovered-with-failures"
  | "cancelled"
  /** The execution itself could not go on. */
  | "failed";

/** A wave as an execution needs it. */
export interface ExecutionWave {
  readonly name: string;
  readonly dependsOn: readonly string[];
  readonly failedAtMostPercent: number;
  readonly deadlineMinutes: number;
  /** In how many lanes the wave has members: a gate is open when as many have marked it done. */
  readonly laneCount: number;
}

/** The head of an execution: what it is, and what its operator wants. */
export interface Head {
  readonly executionId: string;
  readonly revision: number;
  readonly plan: string;
  readonly planRevision: number;
  readonly kind: ExecutionKind;
  readonly state: ExecutionState;
  readonly command: Command;
  readonly cleanUp: boolean;
  /** Whether servers that already run as a real recovery are launched again. */
  readonly relaunchRecovered: boolean;
  readonly waves: readonly ExecutionWave[];
  readonly laneCount: number;
  /** Lanes whose servers could not even be listed, and why. */
  readonly lostLanes: readonly { readonly lane: LaneKey; readonly reason: string }[];
  readonly reserve: { readonly jobs: number; readonly servers: number };
  readonly pacingSeconds: number;
  /** Region whose orchestrator may write this execution. */
  readonly writerRegion: string;
  readonly startedAt: Instant;
  /** When the operator last resumed it after a pause. */
  readonly resumedAt?: Instant;
  /** When the last lane had ended all its servers, clean-up not included. */
  readonly recoveredAt?: Instant;
  readonly endedAt?: Instant;
  readonly outcome?: Outcome;
  /** Why the execution failed, where it did. */
  readonly cause?: string;
}

export type ServerOutcome = "launched" | "failed" | "skipped";

/** How one server of a batch ended. */
export interface ServerResult {
  readonly server: string;
  readonly outcome: ServerOutcome | "terminated";
  /** Required unless the server launched or terminated in a job of ours. */
  readonly reason?: string;
  /** The job that launched it, ours or a stranger's. */
  readonly jobId?: string;
  /** Launched by somebody else's job: never ours to terminate. */
  readonly byStranger?: boolean;
}

export type BatchKind = "launch" | "terminate";

/** What one StartRecovery or TerminateRecoveryInstances call takes. Called at most once in its life. */
export interface Batch {
  /** Unique in its lane and execution; part of the job's tag. */
  readonly number: number;
  readonly kind: BatchKind;
  /** Wave of its servers; absent for `terminate`. */
  readonly wave?: string;
  readonly servers: readonly string[];
  /** Recovery instances to end, one for each server, for `terminate` alone. */
  readonly instances?: readonly string[];
  readonly intendedAt: Instant;
  /** Token of the turn that intended it: the only one that may call it. */
  readonly intendedBy: string;
  readonly jobId?: string;
  readonly startedAt?: Instant;
}

/** A batch whose life is over. Immutable. */
export interface EndedBatch {
  readonly number: number;
  readonly kind: BatchKind | "settled";
  readonly outcome: "ended" | "void";
  readonly wave?: string;
  readonly jobId?: string;
  readonly intendedAt: Instant;
  readonly endedAt: Instant;
  readonly servers: readonly string[];
  /** One a server; empty for a void batch, whose servers wait again. */
  readonly results: readonly ServerResult[];
  /** Why it is void. */
  readonly reason?: string;
}

/** Where a wave stands in one lane. */
export interface LaneWave {
  readonly name: string;
  readonly members: number;
  readonly openedAt?: Instant;
  /** When servers of it that could not be started end with their reason. */
  readonly deadlineAt?: Instant;
  readonly launched: number;
  readonly failed: number;
  readonly skipped: number;
  /** Its gate was marked done by this lane. */
  readonly done: boolean;
  /** Its tolerance is broken in this lane. */
  readonly broken: boolean;
}

/** Servers of a call that was refused as a whole, of which at least one cannot be started now. */
export interface Suspects {
  readonly servers: readonly string[];
  /** Refusals so far; each halves the calls in which they are tried again. */
  readonly attempts: number;
  /** Whether the wait after the last refusal has been set: its cause was looked for and not found. */
  readonly isDelayed: boolean;
  readonly notBefore: Instant;
  /** Since when calls of them were denied, where the last was. */
  readonly deniedSince?: Instant;
}

/** A lane's rest after the service refused a call of it. */
export interface Backoff {
  readonly kind: "throttled" | "over-quota" | "denied";
  readonly until: Instant;
  readonly attempts: number;
  readonly reason: string;
}

export type LanePhase = "recovering" | "recovered" | "cleaning-up" | "cleaned-up";

/** A lane of an execution: everything a turn may change, in one item, written under its revision. */
export interface LaneState {
  readonly executionId: string;
  readonly lane: LaneKey;
  readonly revision: number;
  /** Token of the turn that wrote this revision. */
  readonly owner: string;
  readonly phase: LanePhase;
  /** When the phase began, or the clean-up last ended an instance. */
  readonly phaseSince: Instant;
  readonly quotas: LaneQuotas;
  /** Creation time of the oldest job that can matter; set by the first turn. */
  readonly jobsFrom?: Instant;
  readonly nextBatch: number;
  readonly openBatches: readonly Batch[];
  /**
   * Servers that ended without a call, as this revision decided it: here before they are in a batch
   * item, so that only the turn whose write won may say so. The next revision lets go of them.
   */
  readonly settling: readonly EndedBatch[];
  readonly waves: readonly LaneWave[];
  readonly suspects: readonly Suspects[];
  /** No new call before this moment, and why. */
  readonly backoff?: Backoff;
  /** Since when every look at the lane was denied. */
  readonly deniedSince?: Instant;
  readonly lastCallAt?: Instant;
  /** Token by which the lane's end is told to the plan's execution. */
  readonly taskToken?: string;
  /** Token by which a paused lane is woken. */
  readonly pauseToken?: string;
  /** Executions of the lane's state machine begun so far. */
  readonly handOvers: number;
  readonly terminated: number;
  /** Drill instances that the clean-up could not end in time. */
  readonly leftBehind: readonly string[];
  /** Most servers that were held back at once, by kind of reason. */
  readonly heldBack: Readonly<Record<string, number>>;
  /** Why the lane as a whole could not go on. */
  readonly lost?: string;
}

/** Who has passed a gate. */
export interface GateState {
  readonly wave: string;
  readonly done: ReadonlySet<LaneKey>;
  readonly broken: ReadonlySet<LaneKey>;
}
