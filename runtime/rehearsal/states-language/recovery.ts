import type { Catcher, Retrier } from "./definition.js";
import { isMatched, type StateFailure } from "./failure.js";

/** Decides over the attempts of one visit to a state: each retrier counts its own. */
export class Attempts {
  readonly #retriers: readonly Retrier[];
  readonly #random: () => number;
  readonly #used = new Map<Retrier, number>();

  constructor(retriers: readonly Retrier[], random: () => number) {
    this.#retriers = retriers;
    this.#random = random;
  }

  /** Seconds until the next attempt; nothing when there is none. The first retrier that matches decides. */
  secondsToNext(failure: StateFailure): number | undefined {
    const retrier = this.#retriers.find(({ ErrorEquals: names }) => isMatched(names, failure));
    if (retrier === undefined) return undefined;
    const used = this.#used.get(retrier) ?? 0;
    if (used >= retrier.MaxAttempts) return undefined;
    this.#used.set(retrier, used + 1);
    return delaySeconds(retrier, used, this.#random);
  }
}

/** Seconds before attempt `used + 1` of a retrier: exponential, capped, then jittered between 0 and that. */
function delaySeconds(retrier: Retrier, used: number, random: () => number): number {
  const exponential = retrier.IntervalSeconds * retrier.BackoffRate ** used;
  const capped = Math.min(exponential, retrier.MaxDelaySeconds ?? exponential);
  return retrier.JitterStrategy === "FULL" ? capped * random() : capped;
}

/** The first catcher that matches a failure. */
export function catcherOf(
  catchers: readonly Catcher[],
  failure: StateFailure,
): Catcher | undefined {
  return catchers.find(({ ErrorEquals: names }) => isMatched(names, failure));
}
