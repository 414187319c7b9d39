import type { CapacityThresholds } from "../../runtime/core/capacity/status.js";
import { criticalAtServers, warnAtServers } from "../../runtime/limits.js";
import { type Problems, within } from "../arguments.js";

/** Checks the fleets of a lane at which to warn, and at which things become critical. */
export function checkThresholds(problems: Problems, servers: CapacityThresholds): void {
  problems.check("warnAtServers", within(warnAtServers), servers.warnAtServers);
  problems.check("criticalAtServers", within(criticalAtServers), servers.criticalAtServers);
  if (servers.criticalAtServers <= servers.warnAtServers) {
    problems.add(
      "criticalAtServers",
      `must be above warnAtServers (${servers.warnAtServers}), got ${servers.criticalAtServers}. Warn earlier`,
    );
  }
}
