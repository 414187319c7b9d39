import type { Lane } from "../../runtime/core/lane.js";
import { type Named, regionalNames, roleNamed } from "../named.js";
import type { HubAddress } from "../recovery/names.js";

/** Names of what watches the capacity of an estate, known before anything is deployed. */
export interface CapacityNames {
  readonly publisher: Named;
  readonly publisherRole: Named;
  readonly publisherLogs: Named;
  readonly scheduleGroup: Named;
  readonly schedulesRole: Named;
  /** Alarm of one lane. */
  readonly laneAlarm: (kind: LaneAlarm, lane: Lane) => Named;
  /** Alarm of all lanes together; with a number, of a part of them. */
  readonly estateAlarm: (kind: LaneAlarm, part?: number) => Named;
}

/** What an alarm of a lane tells: a threshold reached, jobs near their quotas, or no data. */
export type LaneAlarm = "warning" | "critical" | "busy" | "silent";

export function capacityNames({ environment, account, homeRegion }: HubAddress): CapacityNames {
  const named = regionalNames(homeRegion, account);
  const prefix = `dr-${environment}-capacity`;
  const role = (suffix: string) => roleNamed(homeRegion, account, `${prefix}-${suffix}`);
  return {
    publisher: named("lambda", "function:", `${prefix}-publisher`),
    publisherRole: role("publisher"),
    publisherLogs: named("logs", "log-group:", `/aws/lambda/${prefix}-publisher`),
    scheduleGroup: named("scheduler", "schedule-group/", prefix),
    schedulesRole: role("schedules"),
    laneAlarm: (kind, lane) =>
      named("cloudwatch", "alarm:", `${prefix}-${kind}-${lane.account}-${lane.region}`),
    estateAlarm: (kind, part) =>
      named(
        "cloudwatch",
        "alarm:",
        `${prefix}-${kind}${part === undefined ? "" : `-part-${part}`}`,
      ),
  };
}
