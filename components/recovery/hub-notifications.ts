import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type HubAddress, hubNames } from "./names.js";

/**
 * The topic on which executions tell people, with one e-mail subscription an address. AWS asks each
 * address for its consent, and a subscription that nobody confirmed cannot be deleted by Pulumi.
 */
export function hubNotifications(
  name: string,
  address: HubAddress,
  emails: readonly string[],
  child: pulumi.CustomResourceOptions,
): aws.sns.Topic {
  const { homeRegion: region } = address;
  const { notifications } = hubNames(address);
  const topic = new aws.sns.Topic(
    `${name}-notifications`,
    { region, name: notifications.name, kmsMasterKeyId: "alias/aws/sns" },
    child,
  );
  for (const endpoint of emails) {
    new aws.sns.TopicSubscription(
      `${name}-notify-${endpoint}`,
      { region, topic: notifications.arn, protocol: "email", endpoint },
      { ...child, dependsOn: [topic] },
    );
  }
  return topic;
}
