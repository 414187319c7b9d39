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

export function earliest(first: Instant, ...others: readonly Instant[]): Instant {
  return instant(Math.min(first, ...others));
}

export function latest(first: Instant, ...others: readonly Instant[]): Instant {
  return instant(Math.max(first, ...others));
}

/** A moment as `2026-01-24T02:00:00Z`, seconds rounded down. */
export function toIso(moment: Instant): string {
  const seconds = Math.floor(moment / 1000);
  const days = Math.floor(seconds / 86_400);
  const { year, month, day } = civilDate(days);
  const ofDay = seconds - days * 86_400;
  const time = [Math.floor(ofDay / 3600), Math.floor((ofDay % 3600) / 60), ofDay % 60];
  return `${year}-${two(month)}-${two(day)}T${time.map(two).join(":")}Z`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** Days since 1970-01-01 as a Gregorian date; eras of 400 years that begin on 1 March. */
function civilDate(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const ofEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) /
      365,
  );
  const ofYear =
    ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * ofYear + 2) / 153);
  const day = ofYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}
