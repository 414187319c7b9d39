import { type Limit, outOfBounds } from "../../runtime/limits.js";
import type { Problems } from "../arguments.js";

/** How much of a workload runs in a Region: three whole numbers, none smaller than the one before. */
export interface Capacity {
  /** Kept while nothing has happened: the floor below which scaling never goes. */
  readonly resting: number;
  /** What production takes here at its ordinary peak; another Region that takes over needs as much. */
  readonly normal: number;
  /** To which a failover raises the floor; the ceiling of scaling from the first day. */
  readonly failover: number;
}

/** Adds what is wrong with a capacity, under the name of what it counts. */
export function checkCapacity(
  problems: Problems,
  unit: string,
  limit: Limit,
  { resting, normal, failover }: Capacity,
): void {
  for (const [name, value] of Object.entries({ resting, normal, failover })) {
    problems.check(`${unit}.${name}`, (given) => numberProblem(limit, given), value);
  }
  if (normal < resting) {
    problems.add(
      `${unit}.normal`,
      `must not be below resting (${resting}), got ${normal}. Rest with less`,
    );
  }
  if (failover < normal) {
    problems.add(
      `${unit}.failover`,
      `must not be below normal (${normal}), got ${failover}. A failover brings the load of both Regions`,
    );
  }
}

function numberProblem(limit: Limit, value: number): string | undefined {
  if (Number.isInteger(value)) return outOfBounds(limit, value);
  return `must be a whole number of ${limit.unit}, got ${value}`;
}
