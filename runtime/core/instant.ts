declare const instantBrand: unique symbol;

/** A moment: whole milliseconds since 1970-01-01 UTC. Comes from a {@link Clock} or the journal alone. */
export type Instant = number & { readonly [instantBrand]: true };

/** Where the time comes from. The only clock that core code knows. */
export interface Clock {
  now(): Instant;
}

/** Takes a number of milliseconds that a clock, a journal or a service gave as a moment. */
export function instant(epochMilliseconds: number): Instant {
  return Math.round(epochMilliseconds) as Instant;
}

export function before(a: Instant, b: Instant): boolean {
  return a < b;
}

export function plusSeconds(moment: Instant, seconds: number): Instant {
  return instant(moment + seconds * 1000);
}

/** Seconds from `start` to `end`; negative when `end` is earlier. */
export function secondsBetween(start: Instant, end: Instant): number {
  return (end - start) / 1000;
}

export function earliest(first: Instant, ...others: readonly (Instant | undefined)[]): Instant {
  return others.reduce<Instant>((a, b) => (b !== undefined && b < a ? b : a), first);
}

export function latest(first: Instant, ...others: readonly (Instant | undefined)[]): Instant {
  return others.reduce<Instant>((a, b) => (b !== undefined && b > a ? b : a), first);
}
