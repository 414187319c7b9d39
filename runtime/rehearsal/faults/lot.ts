import { fractionOf } from "../services/hashing.js";

/** When a fault may happen, and which of those that match meet it. */
export interface Terms {
  readonly nth?: readonly number[] | undefined;
  readonly percent?: number | undefined;
  readonly atMost?: number | undefined;
  readonly fromSeconds?: number | undefined;
  readonly forSeconds?: number | undefined;
}

/**
 * Draws for one fault of a profile. What it draws depends on the seed and on what is drawn for alone, not
 * on what came before nor on the order in which calls side by side arrive: same seed, same faults.
 */
export class Lot {
  private readonly terms: Terms;
  private readonly origin: readonly (string | number)[];
  private matched = 0;
  private falling = 0;

  constructor(terms: Terms, ...origin: readonly (string | number)[]) {
    this.terms = terms;
    this.origin = origin;
  }

  /** How often the fault fell. */
  get fallen(): number {
    return this.falling;
  }

  /** Whether the fault falls on what is called `key`, so many seconds after the start. */
  falls(key: string, sinceSeconds: number): boolean {
    const { nth, percent = 100, atMost = Number.POSITIVE_INFINITY } = this.terms;
    if (!isWithin(this.terms, sinceSeconds)) return false;
    this.matched += 1;
    if (nth && !nth.includes(this.matched)) return false;
    if (this.falling >= atMost) return false;
    if (percent < 100 && fractionOf(...this.origin, key) * 100 >= percent) return false;
    this.falling += 1;
    return true;
  }
}

/** Whether a moment lies in the window of a fault. */
export function isWithin(
  { fromSeconds = 0, forSeconds = Number.POSITIVE_INFINITY }: Terms,
  sinceSeconds: number,
): boolean {
  return sinceSeconds >= fromSeconds && sinceSeconds < fromSeconds + forSeconds;
}
