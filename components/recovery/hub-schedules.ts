import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { trustService } from "../iam/document.js";
import { schedulesPolicy } from "../iam/hub-policies.js";
import { type HubAddress, hubNames } from "./names.js";

export interface HubSchedules {
  readonly group: aws.scheduler.ScheduleGroup;
  readonly role: aws.iam.Role;
  readonly policy: aws.iam.RolePolicy;
}

/** The group of all drill schedules of the hub, and the role by which they start drills. */
export function hubSchedules(
  name: string,
  address: HubAddress,
  child: pulumi.CustomResourceOptions,
): HubSchedules {
  const names = hubNames(address);
  const group = new aws.scheduler.ScheduleGroup(
    `${name}-schedules`,
    { region: address.homeRegion, name: names.scheduleGroup.name },
    child,
  );
  const trust = trustService("scheduler.amazonaws.com", {
    StringEquals: {
      "aws:SourceAccount": address.account,
      "aws:SourceArn": names.scheduleGroup.arn,
    },
  });
  const role = new aws.iam.Role(
    `${name}-schedules-role`,
    {
      name: names.schedulesRole.name,
      description: `Drill schedules of group ${names.scheduleGroup.name}`,
      assumeRolePolicy: JSON.stringify(trust),
    },
    child,
  );
  const policy = new aws.iam.RolePolicy(
    `${name}-schedules-policy`,
    { role: role.name, name: "own-work", policy: JSON.stringify(schedulesPolicy(names)) },
    child,
  );
  return { group, role, policy };
}
