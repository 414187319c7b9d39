import type { CapacityThresholds } from "../../runtime/core/capacity/status.js";
import { laneKey } from "../../runtime/core/lane.js";
import { busyAtPercent, publishEveryMinutes } from "../../runtime/limits.js";
import { accountId, Problems, resourceName, within } from "../arguments.js";
import type { CapacityAlarmsArgs } from "./capacity-alarms.js";
import { checkThresholds } from "./thresholds.js";

/** Numbers of the alarms, defaults filled in. */
interface AlarmNumbers extends CapacityThresholds {
  readonly busyAtPercent: number;
  readonly publishEveryMinutes: number;
}

/** Everything that is wrong with the arguments of capacity alarms, before anything is created. */
export function alarmProblems(
  { environment, account, lanes }: CapacityAlarmsArgs,
  numbers: AlarmNumbers,
): Problems {
  const problems = new Problems();
  problems.check("environment", resourceName, environment);
  problems.check("account", accountId, account);
  checkThresholds(problems, numbers);
  problems.check("busyAtPercent", within(busyAtPercent), numbers.busyAtPercent);
  problems.check("publishEveryMinutes", within(publishEveryMinutes), numbers.publishEveryMinutes);
  if (lanes.length === 0) {
    problems.add("lanes", "must name at least one lane, got none. Name those that are counted");
  }
  const keys = lanes.map(laneKey);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice) problems.add("lanes", `must name each lane once, got "${twice}" again. Join the two`);
  return problems;
}
