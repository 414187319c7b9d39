import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { ignoredAfterFailover } from "../../runtime/core/cells/drift-guards.js";
import { unchanged } from "../arguments.js";
import { cellAlarm } from "../cells/alarms.js";
import { inRegion } from "../cells/regional.js";
import { queuePolicy } from "../iam/queue-policy.js";
import { queueNames } from "./queue-names.js";
import type { RegionalQueueArgs } from "./regional-queue.js";

/** What is settled about the queues, defaults filled in. */
export interface QueueSettings {
  readonly messageRetentionDays: number;
  readonly visibilitySeconds: number;
  readonly maxReceives: number;
  readonly warnAtMessageAgeSeconds: number;
  readonly keepData: boolean;
}

/** Longest that SQS keeps a message. Dead letters keep the age that they came with. */
const deadLetterSeconds = 14 * 86_400;

/** The queue of one Region, its dead letters, its consumer, and who looks at them. */
export function queueInRegion(
  name: string,
  region: string,
  args: RegionalQueueArgs,
  settings: QueueSettings,
  child: pulumi.CustomResourceOptions,
): aws.sqs.Queue {
  const { cell, transformQueue = unchanged } = args;
  const names = queueNames(cell, args.name);
  const { queue: named, deadLetters: dead } = inRegion(names, region);
  const kept = { ...child, protect: settings.keepData };
  const kmsMasterKeyId = args.keyArns[region];
  const encrypted = { region, ...(kmsMasterKeyId !== undefined && { kmsMasterKeyId }) };

  const deadLetters = new aws.sqs.Queue(
    `${name}-dead-letters-${region}`,
    transformQueue({
      ...encrypted,
      name: dead.name,
      messageRetentionSeconds: deadLetterSeconds,
      redriveAllowPolicy: JSON.stringify({
        redrivePermission: "byQueue",
        sourceQueueArns: [named.arn],
      }),
    }),
    kept,
  );
  const queue = new aws.sqs.Queue(
    `${name}-${region}`,
    transformQueue({
      ...encrypted,
      name: named.name,
      messageRetentionSeconds: settings.messageRetentionDays * 86_400,
      visibilityTimeoutSeconds: settings.visibilitySeconds,
      receiveWaitTimeSeconds: 20, // the longest: fewest empty answers
      redrivePolicy: deadLetters.name.apply(() =>
        JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: settings.maxReceives }),
      ),
    }),
    kept,
  );
  const topics = args.pattern === "fan-out" ? Object.values(names).map(({ topic }) => topic) : [];
  for (const [key, of, policy] of [
    ["policy", queue, queuePolicy(named, cell.account, topics)],
    ["dead-letters-policy", deadLetters, queuePolicy(dead, cell.account, [])],
  ] as const) {
    const policyArgs = { region, queueUrl: of.url, policy: JSON.stringify(policy) };
    new aws.sqs.QueuePolicy(`${name}-${key}-${region}`, policyArgs, child);
  }
  consume(name, region, args, queue, child);
  watch(name, region, args, settings, { queue, deadLetters }, child);
  return queue;
}

/** The consumer, on in the primary Region alone. A failover turns it over, so deployments do not. */
function consume(
  name: string,
  region: string,
  { cell, name: store, consumerArns = {}, transformMapping = unchanged }: RegionalQueueArgs,
  queue: aws.sqs.Queue,
  child: pulumi.CustomResourceOptions,
): void {
  const functionName = consumerArns[region];
  if (functionName === undefined) return;
  const { queue: named } = inRegion(queueNames(cell, store), region);
  const mapping = {
    region,
    functionName,
    eventSourceArn: queue.name.apply(() => named.arn),
    enabled: region === cell.regions.primary,
    functionResponseTypes: ["ReportBatchItemFailures"],
  };
  new aws.lambda.EventSourceMapping(`${name}-consumer-${region}`, transformMapping(mapping), {
    ...child,
    ignoreChanges: ignoredAfterFailover("aws:lambda/eventSourceMapping:EventSourceMapping"),
  });
}

/**
 * Dead letters and the age of the oldest message are looked at in both Regions. In the recovery
 * Region of a fan-out nobody takes what arrives, and it ages: there the age counts only while
 * somebody asks for messages.
 */
function watch(
  name: string,
  region: string,
  args: RegionalQueueArgs,
  { warnAtMessageAgeSeconds }: QueueSettings,
  of: { readonly queue: aws.sqs.Queue; readonly deadLetters: aws.sqs.Queue },
  child: pulumi.CustomResourceOptions,
): void {
  const { queue, deadLetters } = inRegion(queueNames(args.cell, args.name), region);
  const common = { region, comparisonOperator: "GreaterThanThreshold" };
  const dead = {
    ...common,
    ...metricOf(of.deadLetters, "ApproximateNumberOfMessagesVisible", "Maximum"),
    name: `${deadLetters.name}-found`,
    alarmDescription: `Messages of ${args.name} could not be worked off in ${region}`,
    threshold: 0,
    evaluationPeriods: 1,
  };
  cellAlarm(`${name}-dead-letters-found-${region}`, dead, args, child);
  const isStandby = args.pattern === "fan-out" && region !== args.cell.regions.primary;
  const age = {
    ...common,
    ...(isStandby
      ? { metricQueries: ageWhileAsked(of.queue) }
      : metricOf(of.queue, "ApproximateAgeOfOldestMessage", "Maximum")),
    name: `${queue.name}-waiting`,
    alarmDescription: `Messages of ${args.name} wait too long in ${region}`,
    threshold: warnAtMessageAgeSeconds,
    evaluationPeriods: 3,
  };
  cellAlarm(`${name}-waiting-${region}`, age, args, child);
}

function metricOf(queue: aws.sqs.Queue, metricName: string, statistic: string) {
  const dimensions = { QueueName: queue.name };
  return { namespace: "AWS/SQS", metricName, dimensions, statistic, period: 60 };
}

/** The age, or zero as long as nobody has asked, in vain or not. */
function ageWhileAsked(queue: aws.sqs.Queue) {
  const query = (id: string, name: string, stat: string) => {
    const { statistic, ...metric } = metricOf(queue, name, stat);
    return { id, metric: { ...metric, stat: statistic } };
  };
  return [
    query("age", "ApproximateAgeOfOldestMessage", "Maximum"),
    query("received", "NumberOfMessagesReceived", "Sum"),
    query("empty", "NumberOfEmptyReceives", "Sum"),
    {
      id: "waiting",
      expression: "IF(FILL(received, 0) + FILL(empty, 0) > 0, age, 0)",
      label: "seconds that the oldest message waits",
      returnData: true,
    },
  ];
}
