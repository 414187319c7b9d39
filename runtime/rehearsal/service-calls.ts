import type { Guard } from "./guard.js";
import type { RegisteredResource } from "./program/registered.js";
import { parseArn } from "./services/arns.js";
import type { NeededRight } from "./services/service.js";
import { principalOfRole } from "./services/sessions.js";

/** A right that an AWS service uses with a role that it was given, as it stands in the service's own request. */
export function requestedByService(right: NeededRight): NeededRight {
  const [resource = ""] = right.resources;
  const region = parseArn(resource)?.region;
  return {
    ...right,
    context: {
      "aws:SecureTransport": "true",
      "aws:ViaAWSService": "false",
      ...(region && { "aws:RequestedRegion": region }),
      ...right.context,
    },
  };
}

/** Lets Step Functions take the role of each machine, as it does when one is created. */
export function decideMachines(
  machines: readonly { readonly arn: string; readonly roleArn: string }[],
  guard: Guard,
): void {
  for (const { arn, roleArn } of machines) {
    guard.trustsService(roleArn, "states.amazonaws.com", sourceOf(arn));
  }
}

/**
 * Lets EventBridge Scheduler do once what each schedule would do in time: take its role and call its
 * target. Schedules themselves are not awaited; targets beyond functions and machines are not called.
 */
export function decideSchedules(resources: readonly RegisteredResource[], guard: Guard): void {
  for (const { type, inputs, outputs } of resources) {
    if (type !== "aws:scheduler/schedule:Schedule") continue;
    const { arn, roleArn } = Object(inputs.target);
    const own = parseArn(typeof outputs.arn === "string" ? outputs.arn : "");
    const action = typeof arn === "string" ? actions[parseArn(arn)?.service ?? ""] : undefined;
    if (own === undefined || action === undefined || typeof roleArn !== "string") continue;
    const { partition, region, account } = own;
    const group = typeof inputs.groupName === "string" ? inputs.groupName : "default";
    const source = `arn:${partition}:scheduler:${region}:${account}:schedule-group/${group}`;
    guard.trustsService(roleArn, "scheduler.amazonaws.com", sourceOf(source));
    guard.authorize(
      principalOfRole(roleArn, "schedule"),
      requestedByService({ action, resources: [arn], context: {} }),
    );
  }
}

/** What a schedule asks of its role, by the service of its target. */
const actions: Readonly<Record<string, string>> = {
  lambda: "lambda:InvokeFunction",
  states: "states:StartExecution",
};

function sourceOf(arn: string): Readonly<Record<string, string>> {
  return { "aws:SourceAccount": parseArn(arn)?.account ?? "", "aws:SourceArn": arn };
}
