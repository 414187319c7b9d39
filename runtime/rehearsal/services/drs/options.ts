import type { LaneKey } from "../../../core/lane.js";
import type { Timeline } from "../../clock.js";
import type { NeededRight, Principal } from "../service.js";
import type { QuotaOverrides } from "../service-quotas.js";
import type { Machine } from "./machine.js";
import type { ServerOrigin } from "./model.js";
import type { NoticeOptions } from "./notices.js";
import type { DrsSwitches } from "./switches.js";

/** A source server that replicates when the emulator starts. */
export interface FleetServer {
  /** `s-` and 17 letters or digits. */
  readonly server: string;
  readonly lane: LaneKey;
  readonly tags: Readonly<Record<string, string>>;
  readonly hostname: string;
  /** `CONTINUOUS` when absent. */
  readonly replicationState?: string;
  /** Age of the newest consistent data, at the start. */
  readonly lagSeconds?: number;
  /** Why it is `STALLED`. `AGENT_NOT_SEEN` when absent. */
  readonly replicationError?: string;
  /** What is left to copy or to read again. A share of the disks when absent. */
  readonly backlogBytes?: number;
  /** What it is made of. A Linux machine with one disk of 8 GiB, as far as nothing else is said. */
  readonly machine?: Partial<Machine>;
  /** Where in AWS it runs. Absent for a server from outside. */
  readonly origin?: ServerOrigin;
  /** The server of a staging account that it stands for. How that one replicates is how this one does. */
  readonly extends?: { readonly lane: LaneKey; readonly server: string };
}

/** A staging account that lets another account extend its servers, in every Region. */
export interface StagingTrust {
  readonly staging: string;
  readonly target: string;
}

/** How a server replicates from now on; what is absent stays. */
export interface ReplicationChange {
  readonly state?: string | undefined;
  /** Why it is `STALLED`. `AGENT_NOT_SEEN` when absent. */
  readonly error?: string | undefined;
  /** Age of the newest consistent data. */
  readonly lagSeconds?: number | undefined;
  /** What is left to copy or to read again. */
  readonly backlogBytes?: number | undefined;
}

/** Where a launch can fail. `action`: in the next of its launch actions. */
export type LaunchPhase = "snapshot" | "conversion" | "launch" | "action";

/** A launch that will fail because somebody wants it so. */
export interface OrderedFailure {
  readonly server: string;
  readonly phase: LaunchPhase;
  /** Infinite, when each will. */
  readonly timesLeft: number;
}

/** Behaviour of the emulator that differs from its defaults. `onNotice` hears what EventBridge would deliver. */
export interface DrsOptions extends Partial<DrsSwitches>, NoticeOptions {
  /** Quotas of a lane that differ from AWS's own. Give the same function to Service Quotas. */
  quotas?(lane: LaneKey): QuotaOverrides | undefined;
  /**
   * From StartRecovery to the server's launch, in recovery mode `FAST` less its conversion. When absent,
   * about 500 to 900 s by seed and server.
   *
   * @unit seconds
   */
  launchSeconds?(server: string): number | undefined;
  /** Staging accounts that have the role for a target account when the emulator starts. */
  readonly stagingTrusts?: readonly StagingTrust[];
  /** Lanes where DRS was initialised although nothing replicates there. */
  readonly initialisedLanes?: readonly LaneKey[];
  /**
   * Asks IAM whether the caller may do what DRS does in EC2 under the caller's identity. A denial
   * fails the launch and not the call, as in AWS. Everything is allowed when absent.
   */
  authorizeOnBehalf?(
    principal: Principal,
    right: NeededRight,
  ): { readonly allowed: boolean; readonly reason: string };
}

export interface CreateDrsOptions {
  readonly timeline: Timeline;
  /** Decides ids and durations, together with lane and server. */
  readonly seed: number;
  readonly fleet: readonly FleetServer[];
  readonly options?: DrsOptions;
}
