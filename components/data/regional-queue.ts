import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  maxReceives,
  messageRetentionDays,
  visibilitySeconds,
  warnAtMessageAgeSeconds,
} from "../../runtime/limits.js";
import type { Transform } from "../arguments.js";
import type { TopicArns } from "../cells/alarms.js";
import { type Cell, cellContract } from "../cells/cell.js";
import type { KeyArns } from "../cells/keys.js";
import { inRegion, type PerRegion, perRegion } from "../cells/regional.js";
import { onceThere } from "../named.js";
import type { StoreObjectives } from "./objectives.js";
import { queueInRegion } from "./queue-in-region.js";
import { declaredLoss, type OnRecovery, type QueuePattern } from "./queue-loss.js";
import { queueNames } from "./queue-names.js";
import { fanOut } from "./queue-topics.js";
import { regionalQueueProblems } from "./regional-queue-problems.js";

/** What a {@link RegionalQueue} needs to know. */
export interface RegionalQueueArgs {
  readonly cell: Cell;
  /** What the queue is called within the cell; its name in both Regions is `<environment>-<cell>-<name>`. */
  readonly name: string;
  /** Customer key of each Region, by the Region's name: `keyArns` of a CellKey; with `topics` among its callers for `fan-out`. */
  readonly keyArns: KeyArns;

  /**
   * How messages outlive a Region, as SQS copies none. `outbox`: producers write them to a replicated
   * store, and whoever relays them fills the queue of the active Region from there again. `fan-out`:
   * producers publish to their Region's topic, which delivers to the queues of both Regions; the
   * consumers of the other Region are off, and those that run are used to seeing a message twice.
   */
  readonly pattern: QueuePattern;

  /**
   * What becomes of messages that lie in a queue of a Region that comes back. `purge`: they are
   * deleted, because they were done elsewhere or are worthless by then. `quarantine`: somebody looks
   * at them first. `reprocess`: they are taken as ever, because consumers recognise what they did.
   */
  readonly onRecovery: OnRecovery;

  /** ARN of the function of each Region that takes the messages. None by default: then poll by yourself. */
  readonly consumerArns?: Readonly<Record<string, pulumi.Input<string>>>;

  /**
   * How long a message lies there that nobody takes.
   *
   * @unit days from its arrival
   * @defaultValue 14
   */
  readonly messageRetentionDays?: number;

  /**
   * How long a message is hidden from others once it was taken; at least six times as long as its
   * consumer may run.
   *
   * @unit seconds from its receipt
   * @defaultValue 360
   */
  readonly visibilitySeconds?: number;

  /**
   * How often a message may be taken before it goes to the dead letters.
   *
   * @unit receipts of one message
   * @defaultValue 5
   */
  readonly maxReceives?: number;

  /**
   * Age of the oldest message at which an alarm is raised, in a Region whose messages are taken.
   *
   * @unit seconds since its arrival
   * @defaultValue 300
   */
  readonly warnAtMessageAgeSeconds?: number;

  /** Topic of each Region that hears of alarms. None by default. */
  readonly topicArns?: TopicArns;

  /** What is promised of this queue; policies compare it with what the kind of copy can hold. */
  readonly objectives?: StoreObjectives;

  /** Whether the queues outlive a mistake. True by default. */
  readonly keepData?: boolean;

  /** Last word on each queue's arguments. Names must stay. */
  readonly transformQueue?: Transform<aws.sqs.QueueArgs>;

  /** Last word on each consumer's event source mapping. */
  readonly transformMapping?: Transform<aws.lambda.EventSourceMappingArgs>;

  /** Last word on each alarm's arguments. */
  readonly transformAlarm?: Transform<aws.cloudwatch.MetricAlarmArgs>;
}

/** A queue in each Region of a cell, with its dead letters, and a declaration of what a lost Region costs. */
export class RegionalQueue extends pulumi.ComponentResource {
  /** URL of the queue in each Region, by the Region's name. */
  readonly queueUrls: PerRegion<pulumi.Output<string>>;
  /** ARN of the queue in each Region, by the Region's name. */
  readonly queueArns: PerRegion<pulumi.Output<string>>;
  /** ARN of the topic that producers publish to in each Region; none for `outbox`. */
  readonly publishArns: PerRegion<pulumi.Output<string>>;

  constructor(name: string, args: RegionalQueueArgs, opts?: pulumi.ComponentResourceOptions) {
    const { cell, pattern, onRecovery, keepData = true } = args;
    const contract = {
      ...cellContract(cell),
      name: args.name,
      mechanism: `queue-${pattern}`,
      pattern,
      onRecovery,
      declaredLoss: declaredLoss(pattern, onRecovery),
      messageRetentionDays: args.messageRetentionDays ?? messageRetentionDays.default,
      visibilitySeconds: args.visibilitySeconds ?? visibilitySeconds.default,
      maxReceives: args.maxReceives ?? maxReceives.default,
      warnAtMessageAgeSeconds: args.warnAtMessageAgeSeconds ?? warnAtMessageAgeSeconds.default,
      hasConsumers: Object.keys(args.consumerArns ?? {}).length > 0,
      keepData,
      ...(args.objectives && { objectives: args.objectives }),
    };
    super("aws-dr:data:RegionalQueue", name, contract, opts);
    regionalQueueProblems(args, contract).refuse(this);
    const child = { parent: this };

    const queues = perRegion(cell, (region) => queueInRegion(name, region, args, contract, child));
    this.publishArns = pattern === "fan-out" ? fanOut(name, args, queues, child) : {};

    const names = queueNames(cell, args.name);
    this.queueUrls = perRegion(cell, (region) => inRegion(queues, region).url);
    this.queueArns = perRegion(cell, (region) =>
      onceThere(inRegion(queues, region).name, inRegion(names, region).queue),
    );
    this.registerOutputs({
      ...contract,
      queueUrls: this.queueUrls,
      queueArns: this.queueArns,
      publishArns: this.publishArns,
    });
  }
}
