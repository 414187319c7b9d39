import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { inRegion, type PerRegion, perRegion } from "../cells/regional.js";
import { topicPolicy } from "../iam/queue-policy.js";
import { onceThere } from "../named.js";
import { queueNames } from "./queue-names.js";
import type { RegionalQueueArgs } from "./regional-queue.js";

/** A topic in each Region that delivers to the queues of both. Returns what producers publish to. */
export function fanOut(
  name: string,
  { cell, name: store, keyArns }: RegionalQueueArgs,
  queues: PerRegion<aws.sqs.Queue>,
  child: pulumi.CustomResourceOptions,
): PerRegion<pulumi.Output<string>> {
  const names = queueNames(cell, store);
  return perRegion(cell, (region) => {
    const { topic: named } = inRegion(names, region);
    const kmsMasterKeyId = keyArns[region];
    const topic = new aws.sns.Topic(
      `${name}-topic-${region}`,
      {
        region,
        name: named.name,
        ...(kmsMasterKeyId !== undefined && { kmsMasterKeyId }),
      },
      child,
    );
    const arn = onceThere(topic.name, named);
    const policy = JSON.stringify(topicPolicy(named, cell.account));
    new aws.sns.TopicPolicy(`${name}-topic-policy-${region}`, { region, arn, policy }, child);
    perRegion(cell, (to) => {
      const { queue } = inRegion(names, to);
      const subscription = {
        region,
        topic: arn,
        protocol: "sqs",
        endpoint: inRegion(queues, to).name.apply(() => queue.arn),
        rawMessageDelivery: true,
      };
      return new aws.sns.TopicSubscription(`${name}-from-${region}-to-${to}`, subscription, child);
    });
    return arn;
  });
}
