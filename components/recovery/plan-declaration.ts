import type {
  Objectives,
  RecoveryPlan as PlanDocument,
  TagSelector,
  Wave,
} from "../../runtime/core/recovery/plan.js";
import {
  expectedLaunchSeconds,
  failedAtMostPercent,
  pacingSeconds,
  reservedJobs,
  reservedServers,
  waveDeadlineMinutes,
} from "../../runtime/limits.js";

/** A wave as a program declares it. What it leaves out is as in the environment file. */
export interface WaveDeclaration {
  readonly name: string;
  /** Name of the protection group whose servers it recovers. */
  readonly group: string;
  /** Narrows the group to servers that carry all of these. */
  readonly tags?: TagSelector;
  /** Narrows the group to these ids. */
  readonly servers?: readonly string[];
  /** Waves whose gates must open first; none by default. */
  readonly dependsOn?: readonly string[];
  /** Servers whose failure never holds anything back. */
  readonly optional?: { readonly tags: TagSelector };

  /**
   * How many may fail before what depends on the wave is held back.
   *
   * @unit percent of the critical servers of a wave in a lane
   * @defaultValue 0
   */
  readonly failedAtMostPercent?: number;

  /**
   * After it, servers that could not be started end with their reason.
   *
   * @unit minutes after the wave's gate opened in the lane
   * @defaultValue 120
   */
  readonly deadlineMinutes?: number;

  /**
   * How long a launch takes, for predictions.
   *
   * @unit seconds
   * @defaultValue 600
   */
  readonly expectedLaunchSeconds?: number;
}

/** A recovery plan as a program declares it. What it leaves out is as in the environment file. */
export interface PlanDeclaration {
  readonly name: string;
  /** `rtoMinutes` and `rpoMinutes`: how fast it must be, and how old the data may be. */
  readonly objectives: Objectives;
  readonly waves: readonly WaveDeclaration[];
  /** `jobs` and `servers` of each lane that the plan leaves to others; 0 of both by default. */
  readonly reserve?: { readonly jobs?: number; readonly servers?: number };

  /**
   * Pause between two StartRecovery calls.
   *
   * @unit seconds between two StartRecovery calls of a lane
   * @defaultValue 0
   */
  readonly pacingSeconds?: number;
}

/** The plan as the hub keeps it, with every default filled in. */
export function planDocument(declared: PlanDeclaration): PlanDocument {
  const { name, objectives, waves, reserve = {} } = declared;
  const { jobs = reservedJobs.default, servers = reservedServers.default } = reserve;
  return {
    name,
    objectives,
    waves: waves.map(wholeWave),
    reserve: { jobs, servers },
    pacingSeconds: declared.pacingSeconds ?? pacingSeconds.default,
  };
}

function wholeWave({ dependsOn = [], ...declared }: WaveDeclaration): Wave {
  return {
    ...declared,
    dependsOn,
    failedAtMostPercent: declared.failedAtMostPercent ?? failedAtMostPercent.default,
    deadlineMinutes: declared.deadlineMinutes ?? waveDeadlineMinutes.default,
    expectedLaunchSeconds: declared.expectedLaunchSeconds ?? expectedLaunchSeconds.default,
  };
}
