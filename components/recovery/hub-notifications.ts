import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { keyPolicy } from "../iam/key-policy.js";
import type { Named } from "../named.js";
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
  subscribe(`${name}-notify`, { region, topic, named: notifications, emails }, child);
  return topic;
}

/**
 * The topic on which alarms tell the same people, under a key of its own. Under AWS's `alias/aws/sns`
 * no alarm would be heard: its policy, which nobody can change, does not let CloudWatch encrypt.
 * Source: "How do I configure a CloudWatch alarm to publish to an encrypted topic?", AWS re:Post.
 */
export function hubAlarms(
  name: string,
  address: HubAddress,
  emails: readonly string[],
  child: pulumi.CustomResourceOptions,
): aws.sns.Topic {
  const { account, homeRegion: region, environment } = address;
  const { alarms, alarmsKey } = hubNames(address);
  const use = { services: [], callers: ["alarms"], users: [], isMultiRegion: false } as const;
  const key = new aws.kms.Key(
    `${name}-alarms-key`,
    {
      region,
      description: `What alarms of environment ${environment} tell`,
      enableKeyRotation: true,
      policy: JSON.stringify(keyPolicy({ account }, region, use)),
    },
    child,
  );
  const alias = new aws.kms.Alias(
    `${name}-alarms-alias`,
    { region, name: alarmsKey.name, targetKeyId: key.keyId },
    child,
  );
  const topic = new aws.sns.Topic(
    `${name}-alarms`,
    { region, name: alarms.name, kmsMasterKeyId: alarmsKey.name },
    { ...child, dependsOn: [alias] },
  );
  subscribe(`${name}-alarm`, { region, topic, named: alarms, emails }, child);
  return topic;
}

interface Subscribed {
  readonly region: string;
  readonly topic: aws.sns.Topic;
  readonly named: Named;
  readonly emails: readonly string[];
}

function subscribe(
  name: string,
  { region, topic, named, emails }: Subscribed,
  child: pulumi.CustomResourceOptions,
): void {
  for (const endpoint of emails) {
    new aws.sns.TopicSubscription(
      `${name}-${endpoint}`,
      { region, topic: named.arn, protocol: "email", endpoint },
      { ...child, dependsOn: [topic] },
    );
  }
}
