import type { LaneKey } from "../core/lane.js";
import type { ExecutionKind, Outcome } from "../core/recovery/state.js";
import type { JobKind } from "./services/drs/events.js";
import type { UnusedGrant } from "./unused-grants.js";
import type { AlarmTrace } from "./watch/evaluate-alarms.js";

/** One server's way through a rehearsal, seconds since the execution began. */
export interface ServerTrace {
  readonly server: string;
  readonly wave: string;
  readonly lane: LaneKey;
  readonly outcome: "launched" | "failed" | "skipped";
  readonly reason?: string;
  readonly jobId?: string;
  readonly startedAtSeconds?: number;
  readonly launchedAtSeconds?: number;
  readonly terminatedAtSeconds?: number;
}

/** One job that DRS ran during a rehearsal, ours or a stranger's. */
export interface JobTrace {
  readonly jobId: string;
  readonly lane: LaneKey;
  /** `convert`: a staging account made snapshots usable for another one; `network`: networks were deployed. */
  readonly kind: JobKind;
  readonly startedBy: "us" | "stranger";
  readonly wave?: string;
  readonly servers: number;
  readonly startedAtSeconds: number;
  readonly endedAtSeconds: number;
}

/** One wave over all lanes. */
export interface WaveTrace {
  readonly wave: string;
  readonly dependsOn: readonly string[];
  readonly servers: number;
  readonly launched: number;
  readonly failed: number;
  readonly skipped: number;
  /** First start and last launch; absent when nothing of it was started. */
  readonly startedAtSeconds?: number;
  readonly endedAtSeconds?: number;
}

export interface LaneTrace {
  readonly account: string;
  readonly region: string;
  readonly servers: number;
  readonly launched: number;
  readonly peakJobs: number;
  readonly peakServersInFlight: number;
}

/** A rule of the engine that the observer at the emulator saw broken. */
export interface BrokenInvariant {
  readonly invariant: string;
  readonly lane?: LaneKey;
  readonly atSeconds: number;
  readonly what: string;
}

/** What the deployed publisher and alarms made of a rehearsal. */
export interface WatchTrace {
  /** How often the publisher ran, on its own schedule. */
  readonly runs: number;
  /** Values of metrics that it published. */
  readonly datapoints: number;
  /** The deployed alarms over what is published. */
  readonly alarms: readonly AlarmTrace[];
}

/** What `aws-dr rehearse --json` prints. */
export interface RehearsalDocument {
  readonly schemaVersion: 1;
  readonly environment: string;
  readonly plan: string;
  readonly kind: ExecutionKind;
  readonly seed: number;
  readonly outcome: Outcome;
  /** Why, where the outcome is `failed`. */
  readonly cause?: string;
  readonly servers: {
    readonly total: number;
    readonly launched: number;
    readonly failed: number;
    readonly skipped: number;
    readonly terminated: number;
  };
  /** From the start of the execution to its last server's end, clean-up not included. */
  readonly makespanSeconds: number;
  /** The slowest servers along the waves' dependencies: no orchestrator can be faster. */
  readonly lowerBoundSeconds: number;
  /** The plan's recovery time objective, where the plan is known to who wrote the document. */
  readonly rtoMinutes?: number;
  /** Real seconds that the rehearsal took. */
  readonly wallSeconds: number;
  /** Launch jobs of ours. */
  readonly jobs: number;
  /** Calls that reached DRS, by operation. */
  readonly calls: Readonly<Record<string, number>>;
  /** 409 answers. */
  readonly conflicts: number;
  /** Most servers that waited at once though their wave was open, by kind of reason. */
  readonly heldBack: Readonly<Record<string, number>>;
  readonly lanes: readonly LaneTrace[];
  readonly waves: readonly WaveTrace[];
  readonly jobTraces: readonly JobTrace[];
  readonly serverTraces: readonly ServerTrace[];
  readonly brokenInvariants: readonly BrokenInvariant[];
  /** What was let go wrong, where a fault profile was given. */
  readonly faults?: {
    /** Name of the profile. */
    readonly profile: string;
    /** How often each kind was injected. */
    readonly injected: Readonly<Record<string, number>>;
  };
  /** What watched the lanes meanwhile, where it is deployed. */
  readonly watching?: WatchTrace;
  /** What the roles grant and nothing in this rehearsal asked for. */
  readonly unusedGrants: readonly UnusedGrant[];
}
