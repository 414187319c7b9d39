import type { Instant } from "../instant.js";
import type { LaneKey } from "../lane.js";
import type { Job, RecoveryInstance, SourceServer } from "./observation.js";
import type { Member } from "./plan.js";
import type { Batch, EndedBatch, GateState, Head, LaneState } from "./state.js";

/** All that the journal knows of a lane, as one turn loads it. */
export interface LaneView {
  readonly head: Head;
  readonly lane: LaneState;
  readonly members: readonly Member[];
  readonly ended: readonly EndedBatch[];
  /** Gates of every wave that a wave of this lane depends on. */
  readonly gates: readonly GateState[];
}

/** What DRS showed a turn. */
export interface Observation {
  readonly jobs: readonly Job[];
  /** Only where a lost call has to be found. */
  readonly servers?: readonly SourceServer[];
  /** Only for a clean-up. */
  readonly instances?: readonly RecoveryInstance[];
  /** DRS answered nothing: why. */
  readonly unavailable?: {
    readonly code: "lane-denied" | "lane-unreachable";
    readonly message: string;
  };
}

/** What one turn brings along: its time, its name, its luck. */
export interface Turn {
  readonly now: Instant;
  readonly token: string;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Whether new calls may still be intended; the last look of a turn only records. */
  readonly mayIntend: boolean;
}

export type HoldKind =
  | "busy"
  | "conflict"
  | "jobs-in-flight"
  | "servers-in-flight"
  | "throttled"
  | "over-quota"
  | "denied"
  | "pacing"
  | "paused"
  | "unreachable";

/** Servers that could start by the plan, and why they do not. */
export interface Hold {
  readonly kind: HoldKind;
  readonly reason: string;
  readonly server: string;
}

export interface GateMark {
  readonly wave: string;
  readonly lane: LaneKey;
  readonly broken: boolean;
}

export type Next =
  | { readonly kind: "wait"; readonly seconds: number }
  | { readonly kind: "pause" }
  | { readonly kind: "ended" };

/** What a turn records, then calls, then answers. */
export interface Decision {
  /** The lane as it shall be; its revision and owner are the writer's to set. */
  readonly lane: LaneState;
  readonly ended: readonly EndedBatch[];
  readonly marks: readonly GateMark[];
  /** Intended by this decision: inside `lane` already, to be called once when that is written. */
  readonly calls: readonly Batch[];
  readonly held: readonly Hold[];
  readonly next: Next;
}
