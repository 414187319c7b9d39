import type { Clock, Instant } from "../core/instant.js";

/**
 * A clock that others may wait on. Virtual in a rehearsal, where it moves only when nothing is in
 * flight; real when an emulator runs alone.
 */
export interface Timeline extends Clock {
  /** Runs `what` when the clock reaches `moment`; in the order of moments, then of calls. Answers how to take it back. */
  at(moment: Instant, what: () => void): () => void;
  /** Marks work that the clock must not overtake until it settles. */
  hold<T>(work: Promise<T>): Promise<T>;
}
