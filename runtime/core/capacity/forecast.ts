import { type Instant, instant, latest, secondsBetween } from "../instant.js";

/** How many servers a lane replicated at a moment. */
export interface CapacitySample {
  readonly at: Instant;
  readonly servers: number;
}

/** When a lane will be full, or why nobody can say. */
export type Forecast =
  | { readonly kind: "full-at"; readonly at: Instant; readonly serversPerDay: number }
  | { readonly kind: "none"; readonly why: "too-few-samples" | "not-growing" };

/** Fewer samples than this, or of fewer days, say nothing about growth. */
const leastSamples = 3;
const leastSpanDays = 7;

const secondsPerDay = 86_400;

/**
 * The moment at which a lane reaches its quota if it goes on growing as it did: the line through the
 * samples with the least squares. A lane that is full by that line is full at its last sample.
 */
export function forecastFull(samples: readonly CapacitySample[], quotaServers: number): Forecast {
  const [first] = samples;
  if (first === undefined || samples.length < leastSamples) return tooFew;
  const days = samples.map(({ at }) => secondsBetween(first.at, at) / secondsPerDay);
  if (Math.max(...days) - Math.min(...days) < leastSpanDays) return tooFew;
  const { slope, intercept } = lineThrough(
    days,
    samples.map(({ servers }) => servers),
  );
  if (slope <= 0) return { kind: "none", why: "not-growing" };
  const fullDay = (quotaServers - intercept) / slope;
  const lastSample = latest(first.at, ...samples.map(({ at }) => at));
  const at = latest(instant(first.at + fullDay * secondsPerDay * 1000), lastSample);
  return { kind: "full-at", at, serversPerDay: slope };
}

const tooFew = { kind: "none", why: "too-few-samples" } as const;

function lineThrough(xs: readonly number[], ys: readonly number[]) {
  const [meanX, meanY] = [mean(xs), mean(ys)];
  const spread = xs.reduce((sum, x) => sum + (x - meanX) ** 2, 0);
  const joint = xs.reduce((sum, x, index) => sum + (x - meanX) * ((ys[index] ?? 0) - meanY), 0);
  const slope = joint / spread;
  return { slope, intercept: meanY - slope * meanX };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
