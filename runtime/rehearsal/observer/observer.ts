import { type Instant, secondsBetween } from "../../core/instant.js";
import type { BrokenInvariant } from "../document.js";
import type { DrsEvent } from "../services/drs/events.js";
import { accountedName, type ReportedServer, unaccounted } from "./accounted.js";
import { cleanedUp } from "./invariants/cleaned-up.js";
import { endedInTime } from "./invariants/ended-in-time.js";
import { gateOrder } from "./invariants/gate-order.js";
import { harmless } from "./invariants/harmless.js";
import { intendedFirst } from "./invariants/intended-first.js";
import type { Breach, InvariantFactory } from "./invariants/invariant.js";
import { jobsWatched } from "./invariants/jobs-watched.js";
import { startedOnce } from "./invariants/started-once.js";
import { withinQuotas } from "./invariants/within-quotas.js";
import type { Ledger } from "./ledger.js";
import type { Scene } from "./scene.js";

/** The rules that every execution is held to. */
const invariants: readonly InvariantFactory[] = [
  startedOnce,
  withinQuotas,
  jobsWatched,
  gateOrder,
  harmless,
  cleanedUp,
  intendedFirst,
  endedInTime,
];

/** Judges an execution by what DRS and the journal's tables say happened. */
export interface Observer {
  /** Takes an event that the ledger holds already. */
  on(event: DrsEvent): void;
  /** Judges the whole, with what the execution tells of its servers. */
  end(at: Instant, reported: readonly ReportedServer[]): readonly BrokenInvariant[];
}

/** Watches from now on; the ledger may hold what came before. */
export function createObserver(scene: Scene, ledger: Ledger): Observer {
  const rules = invariants.map((make) => make(scene, ledger));
  const broken: BrokenInvariant[] = [];

  function note(invariant: string, breaches: readonly Breach[]): void {
    for (const { what, lane, at } of breaches) {
      const atSeconds = secondsBetween(scene.startedAt, at);
      broken.push({ invariant, ...(lane === undefined ? {} : { lane }), atSeconds, what });
    }
  }

  return {
    on(event) {
      for (const { name, on } of rules) note(name, on?.(event) ?? []);
    },
    end(at, reported) {
      for (const { name, end } of rules) note(name, end?.(at, reported) ?? []);
      note(accountedName, unaccounted(scene, ledger, reported, at));
      return broken;
    },
  };
}
