import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { publisherSchedulePolicy } from "../iam/capacity-policies.js";
import { trustService } from "../iam/document.js";
import type { HubAddress } from "../recovery/names.js";
import { capacityNames } from "./names.js";

export interface PublisherScheduleArgs {
  readonly address: HubAddress;
  readonly everyMinutes: number;
  readonly publisher: aws.lambda.Function;
}

/** The schedule of the publisher in a group of its own, and the role by which it is called. */
export function publisherSchedule(
  name: string,
  { address, everyMinutes, publisher }: PublisherScheduleArgs,
  child: pulumi.CustomResourceOptions,
): void {
  const { homeRegion: region, account } = address;
  const names = capacityNames(address);
  const group = new aws.scheduler.ScheduleGroup(
    `${name}-schedules`,
    { region, name: names.scheduleGroup.name },
    child,
  );
  const trust = trustService("scheduler.amazonaws.com", {
    StringEquals: { "aws:SourceAccount": account, "aws:SourceArn": names.scheduleGroup.arn },
  });
  const role = new aws.iam.Role(
    `${name}-schedules-role`,
    {
      name: names.schedulesRole.name,
      description: `Schedule of ${names.publisher.name}`,
      assumeRolePolicy: JSON.stringify(trust),
    },
    child,
  );
  const policy = new aws.iam.RolePolicy(
    `${name}-schedules-policy`,
    { role: role.name, name: "own-work", policy: JSON.stringify(publisherSchedulePolicy(names)) },
    child,
  );
  new aws.scheduler.Schedule(
    `${name}-schedule`,
    {
      region,
      groupName: names.scheduleGroup.name,
      name: "publish",
      description: "Counts every lane of the estate",
      scheduleExpression: rate(everyMinutes),
      flexibleTimeWindow: { mode: "OFF" },
      state: "ENABLED",
      target: {
        arn: names.publisher.arn,
        roleArn: names.schedulesRole.arn,
        // What a count misses, the next one tells: an old one would only tell it late.
        retryPolicy: { maximumEventAgeInSeconds: 60 * everyMinutes, maximumRetryAttempts: 1 },
      },
    },
    { ...child, dependsOn: [group, role, policy, publisher] },
  );
}

function rate(minutes: number): string {
  return `rate(${minutes} ${minutes === 1 ? "minute" : "minutes"})`;
}
