import { fractionOf } from "../services/hashing.js";

/** Draws that repeat: what is drawn depends on the seed and on the draws before, on nothing else. */
export class Dice {
  private readonly seed: number;
  private readonly what: string;
  private draws = 0;

  constructor(seed: number, what: string) {
    this.seed = seed;
    this.what = what;
  }

  /** From 0 to below 1. */
  fraction(): number {
    this.draws += 1;
    return fractionOf(this.seed, this.what, this.draws);
  }

  /** A whole number, both ends included. */
  whole(from: number, to: number): number {
    return from + Math.floor(this.fraction() * (to - from + 1));
  }

  falls(percent: number): boolean {
    return this.fraction() * 100 < percent;
  }

  /** One of them; there must be one. */
  oneOf<T>(all: readonly T[]): T {
    const drawn = all[this.whole(0, all.length - 1)];
    if (drawn === undefined) throw new Error("Something must be there to be drawn.");
    return drawn;
  }
}
