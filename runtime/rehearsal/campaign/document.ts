import type { RehearsalCase } from "./case.js";
import type { CaseFailure } from "./judge.js";

/** A case that failed, and the smallest like it that was found. */
export interface FailedCase extends CaseFailure {
  readonly seed: number;
  readonly plan: string;
  /** The command that runs this one case again. */
  readonly command: string;
  /** Absent where nothing was tried. */
  readonly smaller?: {
    readonly case: RehearsalCase;
    /** Servers that it rehearses. */
    readonly servers: number;
    readonly waves: number;
    /** Rehearsals that it took to find it. */
    readonly tries: number;
    /** Whether nothing smaller fails; false where the tries were used up. */
    readonly isSmallest: boolean;
    /** Files that hold it. */
    readonly files: readonly string[];
    /** The command that runs it. */
    readonly command: string;
  };
}

/** What `aws-dr campaign --json` prints. */
export interface CampaignDocument {
  readonly schemaVersion: 1;
  readonly environment: string;
  /** Seeds of the cases: this one and those that follow. */
  readonly firstSeed: number;
  readonly runs: number;
  /** Servers that all cases together rehearsed. */
  readonly servers: number;
  /** Calls that reached emulated AWS. */
  readonly calls: number;
  /** Cases by how their execution ended. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** How often each kind of fault was injected. */
  readonly faults: Readonly<Record<string, number>>;
  /** Kinds of fault that were drawn from, and never happened. */
  readonly neverInjected: readonly string[];
  readonly failures: readonly FailedCase[];
  /** Real seconds. */
  readonly wallSeconds: number;
}
