import {
  type LaneMetric,
  laneDimensions,
  metricNamespace,
} from "../../runtime/core/capacity/metrics.js";
import { type Lane, laneKey } from "../../runtime/core/lane.js";
import { capacityNames } from "../capacity/names.js";
import type { Named } from "../named.js";
import { type HubAddress, hubNames } from "../recovery/names.js";
import type { DashboardBody } from "./dashboard-body.js";
import {
  alarmStates,
  type DrawnMetric,
  inRows,
  lines,
  metricOf,
  type Reading,
  type WidgetContent,
} from "./widgets/making.js";

export interface ExecutionWidgetsArgs {
  readonly address: HubAddress;
  readonly standbyRegion?: string;
  readonly lanes: readonly Lane[];
  readonly publishEveryMinutes: number;
  readonly alarmArns: readonly string[];
}

/** Everything that takes part in an execution, from its schedule to the quotas of its lanes. */
export function executionBody(args: ExecutionWidgetsArgs): DashboardBody {
  const { alarmArns } = args;
  return {
    start: "-PT12H",
    periodOverride: "inherit",
    widgets: inRows(
      [
        alarmStates("Alarms", alarmArns),
        stateMachines(args),
        functions(args),
        dataAndNotices(args),
        lanesInUse(args),
        [errorsOfFunctions(args)],
      ],
      { height: 6 },
    ),
  };
}

/** Source: "CloudWatch metrics that Step Functions emits", Step Functions Developer Guide. */
function stateMachines({ address }: ExecutionWidgetsArgs): readonly WidgetContent[] {
  const { recoverPlan, recoverLane } = hubNames(address).machines;
  const of = (machine: Named, name: string, label: string) =>
    metricOf("AWS/States", name, { StateMachineArn: machine.arn }, { label });
  const outcomes = (machine: Named) =>
    ["Started", "Succeeded", "Failed", "TimedOut", "Aborted"].map((outcome) =>
      of(machine, `Executions${outcome}`, outcome),
    );
  const both = [recoverPlan, recoverLane];
  return [
    lines("Plans: executions", summed(address), outcomes(recoverPlan)),
    lines("Lanes: executions", summed(address), outcomes(recoverLane)),
    lines(
      "Longest execution, milliseconds",
      highest(address),
      both.map((machine) => of(machine, "ExecutionTime", machine.name)),
    ),
    lines(
      "Transitions that had to wait",
      summed(address),
      both.map((machine) => of(machine, "ExecutionThrottled", machine.name)),
    ),
  ];
}

/** Source: "Types of metrics for Lambda functions", Lambda Developer Guide. */
function functions({ address }: ExecutionWidgetsArgs): readonly WidgetContent[] {
  const all = [...Object.values(hubNames(address).functions), capacityNames(address).publisher];
  const each = (name: string) =>
    all.map((fn) => metricOf("AWS/Lambda", name, { FunctionName: fn.name }, { label: fn.name }));
  return [
    lines("Errors of functions", summed(address), each("Errors")),
    lines("Throttled functions", summed(address), each("Throttles")),
    lines("Longest invocation, milliseconds", highest(address), each("Duration")),
  ];
}

/**
 * Sources: DynamoDB, SNS and EventBridge Scheduler, each in its own guide, "metrics and dimensions".
 */
function dataAndNotices(args: ExecutionWidgetsArgs): readonly WidgetContent[] {
  const { address, standbyRegion } = args;
  const { tables, notifications, alarms, scheduleGroup } = hubNames(address);
  const ofTables = (name: string, more: Readonly<Record<string, string>> = {}) =>
    Object.values(tables).map((table) =>
      metricOf(
        "AWS/DynamoDB",
        name,
        { TableName: table.name, ...more },
        { label: `${table.name} ${name}` },
      ),
    );
  const throttled = [...ofTables("ReadThrottleEvents"), ...ofTables("WriteThrottleEvents")];
  const scheduled = { ScheduleGroup: scheduleGroup.name };
  return [
    lines("Throttled tables", summed(address), throttled),
    ...(standbyRegion === undefined
      ? []
      : [
          lines(
            `Tables: lag to ${standbyRegion}, milliseconds`,
            highest(address),
            ofTables("ReplicationLatency", { ReceivingRegion: standbyRegion }),
          ),
        ]),
    lines(
      "Notices that were not delivered",
      summed(address),
      [notifications, alarms].map((topic) =>
        metricOf("AWS/SNS", "NumberOfNotificationsFailed", { TopicName: topic.name }),
      ),
    ),
    lines("Drills that were not started", summed(address), [
      metricOf("AWS/Scheduler", "TargetErrorCount", scheduled),
      metricOf("AWS/Scheduler", "InvocationDroppedCount", scheduled),
    ]),
  ];
}

function lanesInUse(args: ExecutionWidgetsArgs): readonly WidgetContent[] {
  return [
    shareOf(args, "Active jobs of a lane, percent of its quota", "ActiveJobs"),
    shareOf(args, "Servers in jobs of a lane, percent of its quota", "ServersInJobs"),
  ];
}

function shareOf(
  { address, lanes, publishEveryMinutes }: ExecutionWidgetsArgs,
  title: string,
  name: "ActiveJobs" | "ServersInJobs",
): WidgetContent {
  const hidden = (lane: Lane, metric: LaneMetric, id: string): DrawnMetric =>
    metricOf(metricNamespace(address.environment), metric, laneDimensions(lane), {
      id,
      visible: false,
    });
  const shares = lanes.map((lane, index): DrawnMetric => {
    const expression = `100 * used${index} / quota${index}`;
    return [{ expression, label: laneKey(lane), id: `share${index}` }];
  });
  const counts = lanes.flatMap((lane, index) => [
    hidden(lane, name, `used${index}`),
    hidden(lane, `${name}Quota`, `quota${index}`),
  ]);
  const reading = { ...highest(address), periodSeconds: 60 * publishEveryMinutes };
  return lines(title, reading, [...shares, ...counts], [{ value: 100, label: "quota" }]);
}

/** What the functions say of themselves: each line is an object with its level. */
function errorsOfFunctions({ address }: ExecutionWidgetsArgs): WidgetContent {
  const groups = [
    ...Object.values(hubNames(address).functionLogs),
    capacityNames(address).publisherLogs,
  ];
  return {
    type: "log",
    properties: {
      title: "What the functions found wrong",
      view: "table",
      region: address.homeRegion,
      query: [
        ...groups.map(({ name }) => `SOURCE '${name}'`),
        "fields @timestamp, level, functionName, message, executionId, lane",
        'filter level in ["ERROR", "WARN"] or @message like /Task timed out/',
        "sort @timestamp desc",
        "limit 50",
      ].join(" | "),
    },
  };
}

function summed({ homeRegion }: HubAddress): Reading {
  return { region: homeRegion, stat: "Sum", periodSeconds: 60 };
}

function highest({ homeRegion }: HubAddress): Reading {
  return { region: homeRegion, stat: "Maximum", periodSeconds: 60 };
}
