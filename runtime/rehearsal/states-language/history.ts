import type { Instant } from "../../core/instant.js";
import { StateFailure } from "./failure.js";

/** Events that one Standard execution may have. AWS: "Quotas", Step Functions Developer Guide. */
export const maxEvents = 25_000;

/** One line of an execution's history, in AWS's names of events. */
export interface HistoryEvent {
  readonly id: number;
  readonly at: Instant;
  readonly type: string;
  readonly state?: string;
  /** Error and cause of an event that tells of a failure. */
  readonly failure?: string;
}

/** Events of one execution, in order, counted against the quota. */
export class History {
  readonly #now: () => Instant;
  readonly #events: HistoryEvent[] = [];

  constructor(now: () => Instant) {
    this.#now = now;
  }

  get events(): readonly HistoryEvent[] {
    return this.#events;
  }

  /**
   * Adds an event, and answers its id. The last place is kept for the event that ends the execution.
   *
   * @throws {StateFailure} `States.Runtime` when the history is full
   */
  add(type: string, state?: string, failure?: StateFailure): number {
    if (this.#events.length >= maxEvents - 1) {
      const reason = `The execution reached the maximum number of history events (${maxEvents}).`;
      throw new StateFailure("States.Runtime", reason);
    }
    this.#append(type, state, failure);
    return this.#events.length;
  }

  /** Adds the event that ends the execution, for which there is always room. */
  end(type: string, failure?: StateFailure): void {
    this.#append(type, undefined, failure);
  }

  #append(type: string, state: string | undefined, failure: StateFailure | undefined): void {
    this.#events.push({
      id: this.#events.length + 1,
      at: this.#now(),
      type,
      ...(state !== undefined && { state }),
      ...(failure !== undefined && { failure: failure.message }),
    });
  }
}
