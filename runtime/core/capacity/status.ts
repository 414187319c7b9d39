/** How full a lane stands, by the thresholds of its environment. */
export type CapacityStatus = "OK" | "WARNING" | "CRITICAL";

/** Fleets of a lane at which to plan the next one, and at which the next application may not fit. */
export interface CapacityThresholds {
  readonly warnAtServers: number;
  readonly criticalAtServers: number;
}

/** A threshold is reached by standing at it. */
export function capacityStatus(
  replicatingServers: number,
  { warnAtServers, criticalAtServers }: CapacityThresholds,
): CapacityStatus {
  if (replicatingServers >= criticalAtServers) return "CRITICAL";
  return replicatingServers >= warnAtServers ? "WARNING" : "OK";
}

/**
 * An estate stands as its worst lane does. Its sum says nothing: no lane can use another's quota.
 */
export function estateStatus(lanes: readonly CapacityStatus[]): CapacityStatus {
  if (lanes.includes("CRITICAL")) return "CRITICAL";
  return lanes.includes("WARNING") ? "WARNING" : "OK";
}

/** Share of a quota in use, percent; of no quota at all, everything. */
export function utilisationPercent(used: number, quota: number): number {
  return quota > 0 ? (100 * used) / quota : 100;
}
