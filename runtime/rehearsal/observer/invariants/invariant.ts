import type { Instant } from "../../../core/instant.js";
import type { LaneKey } from "../../../core/lane.js";
import type { DrsEvent } from "../../services/drs/events.js";
import type { ReportedServer } from "../accounted.js";
import type { Ledger } from "../ledger.js";
import type { Scene } from "../scene.js";

/** One breach of an invariant. */
export interface Breach {
  readonly what: string;
  readonly lane?: LaneKey;
  readonly at: Instant;
}

/** A rule over the events of DRS. */
export interface Invariant {
  readonly name: string;
  /** Judges an event that the ledger holds already. */
  on?(event: DrsEvent): readonly Breach[];
  /** Judges the whole when the execution has ended, with what it tells of its servers. */
  end?(at: Instant, reported: readonly ReportedServer[]): readonly Breach[];
}

export type InvariantFactory = (scene: Scene, ledger: Ledger) => Invariant;
