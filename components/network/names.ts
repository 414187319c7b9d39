import { partitionOf } from "../../runtime/core/partition.js";
import { type Cell, cellPrefix } from "../cells/cell.js";
import type { Named } from "../named.js";

/** Names of what belongs to a Region's network. */
export interface NetworkNames {
  readonly endpoints: string;
  readonly flowLogs: Named;
  readonly flowLogsRole: Named;
}

export function networkNames(cell: Cell, region: string): NetworkNames {
  const partition = partitionOf(region);
  const logs = `/${cellPrefix(cell)}/flow-logs`;
  const role = `${cellPrefix(cell)}-flow-logs-${region}`;
  return {
    endpoints: `${cellPrefix(cell)}-endpoints`,
    flowLogs: {
      name: logs,
      arn: `arn:${partition}:logs:${region}:${cell.account}:log-group:${logs}`,
    },
    flowLogsRole: { name: role, arn: `arn:${partition}:iam::${cell.account}:role/${role}` },
  };
}
