import { type Cell, cellPrefix } from "../cells/cell.js";
import { namedIn, roleOf } from "../cells/regional.js";
import type { Named } from "../named.js";

/** Names of what belongs to a Region's network. */
export interface NetworkNames {
  readonly endpoints: string;
  readonly flowLogs: Named;
  readonly flowLogsRole: Named;
}

export function networkNames(cell: Cell, region: string): NetworkNames {
  const prefix = cellPrefix(cell);
  return {
    endpoints: `${prefix}-endpoints`,
    flowLogs: namedIn(cell, region, "logs", "log-group:", `/${prefix}/flow-logs`),
    flowLogsRole: roleOf(cell, `${prefix}-flow-logs-${region}`),
  };
}
