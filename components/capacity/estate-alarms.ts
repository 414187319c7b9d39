import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { chunked } from "../../runtime/core/chunked.js";
import type { Named } from "../named.js";
import type { CapacityNames, LaneAlarm } from "./names.js";

/** Alarms that one composite may name. Source: PutCompositeAlarm, CloudWatch API reference. */
const mostChildren = 100;

export interface EstateAlarmArgs {
  readonly region: string;
  readonly names: CapacityNames;
  readonly kind: LaneAlarm;
  readonly description: string;
  /** Alarms of the lanes, and what they are named. */
  readonly children: readonly {
    readonly named: Named;
    readonly alarm: aws.cloudwatch.MetricAlarm;
  }[];
  readonly actions: readonly pulumi.Input<string>[];
  /** Alarms that one composite may name; fewer in tests. */
  readonly maxChildren?: number;
}

/**
 * An alarm that stands when that of any lane stands. More lanes than one composite may name are
 * joined in parts first.
 */
export function estateAlarm(
  name: string,
  {
    region,
    names,
    kind,
    description,
    children,
    actions,
    maxChildren = mostChildren,
  }: EstateAlarmArgs,
  child: pulumi.CustomResourceOptions,
): aws.cloudwatch.CompositeAlarm {
  const parts = chunked(children, maxChildren);
  const composite = (
    suffix: string,
    named: Named,
    of: readonly { readonly named: Named; readonly alarm: pulumi.Resource }[],
    alarmActions: readonly pulumi.Input<string>[],
  ) =>
    new aws.cloudwatch.CompositeAlarm(
      `${name}-${kind}${suffix}`,
      {
        region,
        alarmName: named.name,
        alarmDescription: description,
        alarmRule: anyOf(of.map((one) => one.named)),
        alarmActions: [...alarmActions],
      },
      { ...child, dependsOn: of.map(({ alarm }) => alarm) },
    );
  const whole = names.estateAlarm(kind);
  const [first = [], ...others] = parts;
  if (others.length === 0) return composite("", whole, first, actions);
  const joined = parts.map((part, index) => {
    const named = names.estateAlarm(kind, index + 1);
    return { named, alarm: composite(`-part-${index + 1}`, named, part, []) };
  });
  return composite("", whole, joined, actions);
}

function anyOf(alarms: readonly Named[]): string {
  return alarms.map(({ name }) => `ALARM("${name}")`).join(" OR ");
}
