import type { Instant } from "../../../core/instant.js";
import type { LaneKey } from "../../../core/lane.js";

/** Role that made a call, or somebody outside of the rehearsed program. */
export type Author = string | "stranger";

/**
 * What a job does: launches or ends instances, makes the snapshots of a staging account usable for
 * another one, or deploys networks.
 */
export type JobKind = "launch" | "terminate" | "convert" | "network";

interface InLane {
  readonly lane: LaneKey;
  readonly at: Instant;
}

/** An instance that is gone. */
interface InstanceGone extends InLane {
  readonly instance: string;
  readonly server: string;
  readonly isDrill: boolean;
  /** Job that ended it. */
  readonly jobId: string;
  /** Job that had launched it. */
  readonly launchedBy: string;
  /** Who started the job that ended it. */
  readonly by: Author;
}

/** What happened in DRS, as an observer sees it who believes nobody else. */
export type DrsEvent =
  | ({
      readonly type: "call";
      readonly operation: string;
      readonly by: Author;
      /** The moment as of which it is answered, where its answer lags behind. */
      readonly asOf?: Instant;
    } & InLane)
  | ({
      readonly type: "refused";
      readonly operation: string;
      readonly code: string;
      readonly quotaCode?: string;
      readonly servers: readonly string[];
      readonly by: Author;
    } & InLane)
  | ({
      readonly type: "job-started";
      readonly jobId: string;
      readonly kind: JobKind;
      /** False for jobs that launch nothing. */
      readonly isDrill: boolean;
      readonly servers: readonly string[];
      readonly tags: Readonly<Record<string, string>>;
      readonly by: Author;
    } & InLane)
  | ({
      readonly type: "server-launched";
      readonly server: string;
      readonly instance: string;
      readonly jobId: string;
      readonly isDrill: boolean;
    } & InLane)
  | ({
      readonly type: "server-failed";
      readonly server: string;
      readonly jobId: string;
      readonly isDrill: boolean;
      readonly reason: string;
    } & InLane)
  | ({ readonly type: "instance-terminated" } & InstanceGone)
  | ({ readonly type: "instance-replaced" } & InstanceGone)
  | ({
      readonly type: "job-ended";
      readonly jobId: string;
      readonly kind: JobKind;
      readonly by: Author;
    } & InLane);

export type DrsEventListener = (event: DrsEvent) => void;
