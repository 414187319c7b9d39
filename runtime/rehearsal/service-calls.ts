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

/** Lets Step Functions take the roles of machines, as it does when one is created. */
export function decideMachines(
  machines: readonly { readonly arn: string; readonly roleArn: string }[],
  guard: Guard,
): void {
  for (const { arn, roleArn } of machines) {
    guard.trustsService(roleArn, "states.amazonaws.com", sourceOf(arn));
  }
}

/** A schedule of something that is rehearsed. */
interface Scheduled {
  readonly arn: string;
  readonly group: string;
  readonly targetArn: string;
  readonly roleArn: string;
}

/**
 * Lets EventBridge Scheduler do once what each schedule would do in time: take its role and call its
 * target. Schedules themselves are not awaited; those of other targets are passed over.
 */
export function decideSchedules(
  resources: readonly RegisteredResource[],
  entryPoints: readonly string[],
  guard: Guard,
): void {
  for (const { arn, group, targetArn, roleArn } of schedulesOf(resources, entryPoints)) {
    const own = parseArn(arn);
    const action = actions[parseArn(targetArn)?.service ?? ""];
    if (own === undefined || action === undefined) continue;
    const { partition, region, account } = own;
    const source = `arn:${partition}:scheduler:${region}:${account}:schedule-group/${group}`;
    guard.trustsService(roleArn, "scheduler.amazonaws.com", sourceOf(source));
    guard.authorize(
      principalOfRole(roleArn, "schedule"),
      requestedByService({ action, resources: [targetArn], context: {} }),
    );
  }
}

/** Roles by which a rehearsal begins: those of its functions and machines, and of their schedules. */
export function firstRoles(
  resources: readonly RegisteredResource[],
  entryPoints: readonly string[],
): readonly string[] {
  const own = resources
    .filter(({ outputs: { arn } }) => typeof arn === "string" && entryPoints.includes(arn))
    .map(({ inputs }) => inputs.role ?? inputs.roleArn);
  const scheduling = schedulesOf(resources, entryPoints).map(({ roleArn }) => roleArn);
  return [...own, ...scheduling].filter((roleArn) => typeof roleArn === "string");
}

function schedulesOf(
  resources: readonly RegisteredResource[],
  targets: readonly string[],
): readonly Scheduled[] {
  return resources.flatMap(({ type, inputs, outputs }) => {
    if (type !== "aws:scheduler/schedule:Schedule") return [];
    const { arn: targetArn, roleArn } = Object(inputs.target);
    const { arn } = outputs;
    if (typeof arn !== "string" || typeof roleArn !== "string" || !targets.includes(targetArn)) {
      return [];
    }
    const group = typeof inputs.groupName === "string" ? inputs.groupName : "default";
    return [{ arn, group, targetArn, roleArn }];
  });
}

/** What a schedule asks of its role, by the service of its target. */
const actions: Readonly<Record<string, string>> = {
  lambda: "lambda:InvokeFunction",
  states: "states:StartExecution",
};

function sourceOf(arn: string): Readonly<Record<string, string>> {
  return { "aws:SourceAccount": parseArn(arn)?.account ?? "", "aws:SourceArn": arn };
}
