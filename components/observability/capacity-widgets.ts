import {
  type LaneMetric,
  laneDimensions,
  metricNamespace,
} from "../../runtime/core/capacity/metrics.js";
import { type Lane, laneKey } from "../../runtime/core/lane.js";
import { drsQuotas } from "../../runtime/limits.js";
import { type HubAddress, hubNames } from "../recovery/names.js";
import type { DashboardBody, Widget } from "./dashboard-body.js";

export interface CapacityWidgetsArgs {
  readonly address: HubAddress;
  readonly lanes: readonly Lane[];
  readonly warnAtServers: number;
  readonly criticalAtServers: number;
  readonly publishEveryMinutes: number;
}

/** The capacity of all lanes: how many servers replicate, the share in use, the room left, and recent executions. */
export function capacityBody(args: CapacityWidgetsArgs): DashboardBody {
  return {
    start: "-P7D",
    periodOverride: "inherit",
    widgets: [
      replicatingServers(args),
      utilisation(args),
      availableCapacity(args),
      recentExecutions(args),
    ],
  };
}

function replicatingServers(args: CapacityWidgetsArgs): Widget {
  const { lanes, warnAtServers, criticalAtServers } = args;
  return {
    type: "metric",
    ...{ x: 0, y: 0, width: 16, height: 8 },
    properties: {
      title: "Replicating servers by lane",
      view: "timeSeries",
      ...common(args),
      metrics: lanes.map((lane) => [
        ...metric(args, lane, "ReplicatingServers"),
        { label: laneKey(lane) },
      ]),
      yAxis: { left: { min: 0 } },
      annotations: {
        horizontal: [
          { value: warnAtServers, label: "warning" },
          { value: criticalAtServers, label: "critical" },
          { value: drsQuotas.replicatingServers.value, label: "quota" },
        ],
      },
    },
  };
}

function utilisation(args: CapacityWidgetsArgs): Widget {
  const ids = (prefix: string) => args.lanes.map((_, index) => `${prefix}${index}`).join(", ");
  return {
    type: "metric",
    ...{ x: 16, y: 0, width: 8, height: 8 },
    properties: {
      title: "Quotas of all lanes in use, percent",
      view: "gauge",
      ...common(args),
      metrics: [
        [
          {
            expression: `100 * SUM([${ids("used")}]) / SUM([${ids("quota")}])`,
            id: "share",
            label: "in use",
          },
        ],
        ...hidden(args),
      ],
      yAxis: { left: { min: 0, max: 100 } },
    },
  };
}

function availableCapacity(args: CapacityWidgetsArgs): Widget {
  return {
    type: "metric",
    ...{ x: 0, y: 8, width: 12, height: 8 },
    properties: {
      title: "Servers that a lane still takes",
      view: "bar",
      ...common(args),
      metrics: [
        ...args.lanes.map((lane, index): [{ expression: string; label: string; id: string }] => [
          { expression: `quota${index} - used${index}`, id: `room${index}`, label: laneKey(lane) },
        ]),
        ...hidden(args),
      ],
      yAxis: { left: { min: 0 } },
    },
  };
}

/** From the log of the execution function, which says so each time that it advances a lane. */
function recentExecutions({ address }: CapacityWidgetsArgs): Widget {
  const logs = hubNames(address).functionLogs.execution.name;
  return {
    type: "log",
    ...{ x: 12, y: 8, width: 12, height: 8 },
    properties: {
      title: "Recent executions",
      view: "table",
      region: address.homeRegion,
      query: [
        `SOURCE '${logs}'`,
        "fields @timestamp, executionId, lane",
        'filter message = "lane advanced"',
        "stats min(@timestamp) as started, max(@timestamp) as lastSeen, count_distinct(lane) as lanes by executionId",
        "sort lastSeen desc",
        "limit 20",
      ].join(" | "),
    },
  };
}

function common({ address, publishEveryMinutes }: CapacityWidgetsArgs) {
  return {
    region: address.homeRegion,
    stat: "Maximum" as const,
    period: 60 * publishEveryMinutes,
  };
}

function metric({ address }: CapacityWidgetsArgs, lane: Lane, name: LaneMetric): string[] {
  return [
    metricNamespace(address.environment),
    name,
    ...Object.entries(laneDimensions(lane)).flat(),
  ];
}

/** What expressions need and no line shows. */
function hidden(args: CapacityWidgetsArgs) {
  return args.lanes.flatMap((lane, index) => [
    [...metric(args, lane, "ReplicatingServers"), { id: `used${index}`, visible: false }],
    [...metric(args, lane, "ReplicatingServersQuota"), { id: `quota${index}`, visible: false }],
  ]);
}
