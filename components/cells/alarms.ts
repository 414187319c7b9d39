import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type Problems, type Transform, unchanged } from "../arguments.js";
import { type Cell, regionsOf } from "./cell.js";

/** ARN of the topic in each Region that hears of alarms there, by the Region's name. */
export type TopicArns = Readonly<Record<string, pulumi.Input<string>>>;

/** What makes alarms of a cell tell somebody. */
export interface AlarmSettings {
  readonly topicArns?: TopicArns;
  readonly transformAlarm?: Transform<aws.cloudwatch.MetricAlarmArgs>;
}

/** An alarm that has settled what it looks at. */
export type AlarmRule = aws.cloudwatch.MetricAlarmArgs & {
  readonly region: string;
  readonly name: string;
};

/** An alarm that tells the topic of its Region of each change; what says nothing raises none. */
export function cellAlarm(
  name: string,
  rule: AlarmRule,
  { topicArns = {}, transformAlarm = unchanged }: AlarmSettings,
  child: pulumi.CustomResourceOptions,
): aws.cloudwatch.MetricAlarm {
  const topic = topicArns[rule.region];
  const actions = topic === undefined ? [] : [topic];
  const given = { treatMissingData: "notBreaching", alarmActions: actions, okActions: actions };
  return new aws.cloudwatch.MetricAlarm(name, transformAlarm({ ...given, ...rule }), child);
}

/** Adds what is wrong with the topics. Alarms may do without any, but not in one Region alone. */
export function checkTopics(problems: Problems, cell: Cell, topicArns: TopicArns = {}): void {
  if (Object.keys(topicArns).length === 0) return;
  for (const region of regionsOf(cell)) {
    const path = `topicArns["${region}"]`;
    const arn = topicArns[region];
    if (arn === undefined) {
      problems.add(path, "must be given if the other Region has a topic, got none. Add it");
    } else if (typeof arn === "string" && !arn.includes(`:sns:${region}:`)) {
      problems.add(
        path,
        `must be a topic of that Region, got "${arn}". An alarm tells topics of its own Region`,
      );
    }
  }
}
