import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { unchanged } from "../arguments.js";
import { type Cell, cellPrefix } from "../cells/cell.js";
import { inRegion, namedIn } from "../cells/regional.js";
import { type Named, onceThere } from "../named.js";
import type { CellWatchArgs } from "./cell-watch.js";
import { type SignalKind, signalsIn, suspendedArgs, type WatchSettings } from "./watch-signals.js";

/** How long actions wait for a suspension to show, and go on waiting after it has ended. */
const suppressorSeconds = 60;

/** A watch in one of its Regions. */
export interface RegionalWatch {
  readonly args: CellWatchArgs;
  readonly settings: WatchSettings;
  readonly region: string;
  readonly other: string;
}

/** ARNs of the alarms that join others. */
export interface RegionalAlarms {
  readonly decision: pulumi.Output<string>;
  readonly replication?: pulumi.Output<string>;
}

/** Every alarm of one Region: those of its metrics, all lag in one, and the one that asks to decide. */
export function regionalAlarms(
  name: string,
  watch: RegionalWatch,
  child: pulumi.CustomResourceOptions,
): RegionalAlarms {
  const { args, other } = watch;
  const signals = signalAlarms(name, watch, child);
  const named = (kind: SignalKind) =>
    signals.filter((signal) => signal.kind === kind).map((signal) => signal.name);
  const lagging = args.lagAlarms ? inRegion(args.lagAlarms, watch.region) : [];
  const alarms = signals.map(({ alarm }) => alarm);
  const suspended = metricAlarm(
    name,
    watch,
    "suspended",
    suspendedArgs(args, watch.settings),
    child,
  );
  const unhealthy = anyOf(named("health"));
  const both = pulumi.interpolate`(${unhealthy}) AND (${anyOf(lagging)})`;
  const decision = composite(
    name,
    watch,
    {
      key: decisionOn(other),
      description: `${other} has failed as ${watch.region} sees it: decide whether ${watch.region} takes over`,
      rule: args.decideWhen === "unhealthy-and-lagging" ? both : unhealthy,
      actionsSuppressor: {
        alarm: alarmOf(args.cell, watch.region, "suspended").name,
        waitPeriod: suppressorSeconds,
        extensionPeriod: suppressorSeconds,
      },
    },
    { ...child, dependsOn: [...alarms, suspended] },
  );
  if (lagging.length === 0) return { decision };
  const replication = composite(
    name,
    watch,
    {
      key: "replication",
      description: `Copies of ${cellPrefix(args.cell)} lag, seen from ${watch.region}`,
      rule: anyOf(lagging),
    },
    child,
  );
  return { decision, replication };
}

/** Name of the alarm in a Region that asks to decide on the other one. */
export function decisionAlarmName(cell: Cell, region: string, other: string): string {
  return alarmOf(cell, region, decisionOn(other)).name;
}

function decisionOn(other: string): string {
  return `decide-on-${other}`;
}

/** That the other Region has failed is told by the decision; here people hear when nothing is known of it. */
function signalAlarms(name: string, watch: RegionalWatch, child: pulumi.CustomResourceOptions) {
  const { args, settings, region, other } = watch;
  const topicArns = [inRegion(args.topicArns, region)];
  const tells = {
    health: { insufficientDataActions: topicArns },
    errors: { alarmActions: topicArns, okActions: topicArns },
  } as const;
  return signalsIn(region, other, args, settings).map(({ kind, key, args: own }) => {
    const alarm = metricAlarm(name, watch, key, { ...own, ...tells[kind] }, child);
    return { kind, alarm, name: alarmOf(args.cell, region, key).name };
  });
}

function metricAlarm(
  name: string,
  { args, region }: RegionalWatch,
  key: string,
  own: aws.cloudwatch.MetricAlarmArgs,
  child: pulumi.CustomResourceOptions,
): aws.cloudwatch.MetricAlarm {
  const { cell, transformAlarm = unchanged } = args;
  const alarmArgs = transformAlarm({ region, name: alarmOf(cell, region, key).name, ...own });
  return new aws.cloudwatch.MetricAlarm(`${name}-${key}-${region}`, alarmArgs, child);
}

interface Composite {
  readonly key: string;
  readonly description: string;
  readonly rule: pulumi.Input<string>;
  readonly actionsSuppressor?: aws.cloudwatch.CompositeAlarmArgs["actionsSuppressor"];
}

function composite(
  name: string,
  { args, region }: RegionalWatch,
  { key, description, rule, actionsSuppressor }: Composite,
  child: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const named = alarmOf(args.cell, region, key);
  const topicArns = [inRegion(args.topicArns, region)];
  const alarm = new aws.cloudwatch.CompositeAlarm(
    `${name}-${key}-${region}`,
    {
      region,
      alarmName: named.name,
      alarmDescription: description,
      alarmRule: rule,
      alarmActions: topicArns,
      okActions: topicArns,
      ...(actionsSuppressor && { actionsSuppressor }),
    },
    child,
  );
  return onceThere(alarm.alarmName, named);
}

function anyOf(alarms: readonly pulumi.Input<string>[]): pulumi.Output<string> {
  return pulumi
    .all([...alarms])
    .apply((known) => known.map((one) => `ALARM("${one}")`).join(" OR "));
}

function alarmOf(cell: Cell, region: string, key: string): Named {
  return namedIn(cell, region, "cloudwatch", "alarm:", `${cellPrefix(cell)}-${key}`);
}
