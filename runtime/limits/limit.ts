/** A bounded number: what it counts, its bounds, what is taken when nothing is said, and why. */
export interface Limit {
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly default: number;
  readonly why: string;
}

/** Says how a value breaks a limit (`must be …, got …`), or nothing when it does not. */
export function outOfBounds(limit: Limit, value: number): string | undefined {
  if (Number.isFinite(value) && value >= limit.min && value <= limit.max) return undefined;
  return `must be ${limit.min} to ${limit.max} ${limit.unit}, got ${value}`;
}
