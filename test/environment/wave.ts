import type { FleetSource } from "../../runtime/environment/demand.js";

export type Wave = FleetSource["plans"][number]["waves"][number];

/** A wave with the defaults of the schema. */
export function wave(name: string, group: string, narrowing: Partial<Wave> = {}): Wave {
  return {
    name,
    group,
    dependsOn: [],
    failedAtMostPercent: 0,
    deadlineMinutes: 120,
    expectedLaunchSeconds: 600,
    ...narrowing,
  };
}
