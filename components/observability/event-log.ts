import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Transform, unchanged } from "../arguments.js";
import { resourcePolicy } from "../iam/document.js";
import { keyPolicy } from "../iam/key-policy.js";
import { type ObservedPlace, observabilityNames } from "./names.js";

/** Where the events of an account and Region are kept. */
export interface EventLogArgs {
  readonly place: ObservedPlace;
  readonly retentionInDays: pulumi.Output<number>;
  /** Customer key of the Region; one is made where there is none. */
  readonly keyArn?: pulumi.Input<string>;
  readonly transformLogGroup?: Transform<aws.cloudwatch.LogGroupArgs>;
}

/**
 * Events of DRS, and calls that AWS denied to the environment's roles, in one log group. Events are
 * delivered at best effort; those of denied calls come only where a CloudTrail trail is on.
 * Source: "Events from AWS services", Amazon EventBridge User Guide.
 */
export function eventLog(
  name: string,
  { place, retentionInDays, keyArn, transformLogGroup = unchanged }: EventLogArgs,
  child: pulumi.CustomResourceOptions,
): aws.cloudwatch.LogGroup {
  const { region } = place;
  const names = observabilityNames(place);
  const kmsKeyId = keyArn ?? ownKey(name, place, child);
  const groupArgs = transformLogGroup({
    region,
    name: names.events.name,
    retentionInDays,
    kmsKeyId,
  });
  const group = new aws.cloudwatch.LogGroup(`${name}-events`, groupArgs, child);
  const policy = new aws.cloudwatch.LogResourcePolicy(
    `${name}-events-policy`,
    {
      region,
      policyName: `dr-${place.environment}-events`,
      policyDocument: JSON.stringify(deliveryPolicy(place)),
    },
    { ...child, dependsOn: [group] },
  );
  const writable = { ...child, dependsOn: [policy] };
  rule(name, "drs", { ...drsEvents, place, ruleName: names.drsRule.name }, writable);
  const denied = { ...deniedCalls(place), place, ruleName: names.deniedRule.name };
  rule(name, "denied", denied, writable);
  return group;
}

interface EventRule {
  readonly place: ObservedPlace;
  readonly ruleName: string;
  readonly description: string;
  readonly state: string;
  readonly pattern: object;
}

/** Source: "Amazon EventBridge events", AWS Elastic Disaster Recovery User Guide. */
const drsEvents = {
  description: "What DRS tells of its servers",
  state: "ENABLED",
  pattern: { source: ["aws.drs"] },
} as const;

/** Reading calls, which EventBridge passes on only where a rule's state asks for all management events. */
function deniedCalls({ environment }: ObservedPlace) {
  return {
    description: `Calls that were denied to the roles of ${environment}`,
    state: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
    pattern: {
      "detail-type": ["AWS API Call via CloudTrail"],
      detail: {
        errorCode: [{ prefix: "AccessDenied" }, { suffix: "UnauthorizedOperation" }],
        userIdentity: {
          sessionContext: { sessionIssuer: { userName: [{ prefix: `dr-${environment}-` }] } },
        },
      },
    },
  };
}

function rule(
  name: string,
  role: string,
  { place, ruleName, description, state, pattern }: EventRule,
  writable: pulumi.CustomResourceOptions,
): void {
  const { region } = place;
  const made = new aws.cloudwatch.EventRule(
    `${name}-${role}-rule`,
    { region, name: ruleName, description, state, eventPattern: JSON.stringify(pattern) },
    writable,
  );
  new aws.cloudwatch.EventTarget(
    `${name}-${role}-target`,
    {
      region,
      rule: made.name,
      targetId: "log",
      arn: observabilityNames(place).events.arn,
    },
    writable,
  );
}

/**
 * The rules alone write. A stream is made by the service, which then names no rule.
 * Source: "Using resource-based policies for Amazon EventBridge", permissions of CloudWatch Logs.
 */
function deliveryPolicy(place: ObservedPlace) {
  const { events, drsRule, deniedRule } = observabilityNames(place);
  const common = {
    Effect: "Allow",
    Principal: { Service: ["events.amazonaws.com", "delivery.logs.amazonaws.com"] },
    Resource: [`${events.arn}:*`],
  } as const;
  return resourcePolicy(
    { Sid: "EventsMakeStreams", ...common, Action: ["logs:CreateLogStream"] },
    {
      Sid: "EventsWrite",
      ...common,
      Action: ["logs:PutLogEvents"],
      Condition: { ArnEquals: { "aws:SourceArn": [drsRule.arn, deniedRule.arn] } },
    },
  );
}

function ownKey(
  name: string,
  place: ObservedPlace,
  child: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const { account, region, environment } = place;
  const use = { services: [], callers: ["logs"], users: [], isMultiRegion: false } as const;
  const key = new aws.kms.Key(
    `${name}-events-key`,
    {
      region,
      description: `Events and denied calls of environment ${environment}`,
      enableKeyRotation: true,
      policy: JSON.stringify(keyPolicy({ account }, region, use)),
    },
    child,
  );
  const { eventsKey } = observabilityNames(place);
  const alias = new aws.kms.Alias(
    `${name}-events-alias`,
    { region, name: eventsKey.name, targetKeyId: key.keyId },
    child,
  );
  return pulumi.all([key.arn, alias.name]).apply(([arn]) => arn);
}
