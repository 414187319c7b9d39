import {
  anything,
  bucket,
  type DeclaredEdge,
  deliveryStream,
  lambda,
  pulled,
  pushed,
  type Reference,
  stream,
} from "./declared-edge.js";

const topic: Reference = { type: "aws:sns/topic:Topic", property: "name" };
const bus = "aws:cloudwatch/eventBus:EventBus";
const queue: Reference = { type: "aws:sqs/queue:Queue", property: "name" };
const target: Reference = { ...queue, otherTypes: [topic.type, lambda, bus, bucket.type] };

/** Where each type sends what happened, or what it could not handle. */
const sent: Readonly<Record<string, readonly string[]>> = {
  "aws:autoscaling/group:Group": ["initialLifecycleHooks[].notificationTargetArn"],
  "aws:autoscaling/lifecycleHook:LifecycleHook": ["notificationTargetArn"],
  "aws:iot/topicRule:TopicRule": ["errorAction.sns.targetArn", "sns[].targetArn"],
  "aws:lambda/eventSourceMapping:EventSourceMapping": [
    "destinationConfig.onFailure.destinationArn",
  ],
  "aws:lambda/function:Function": ["deadLetterConfig.targetArn"],
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": [
    "destinationConfig.onFailure.destination",
    "destinationConfig.onSuccess.destination",
  ],
};

/** The ways by which messages and events go from Region to Region. */
export const messageEdges: readonly DeclaredEdge[] = [
  ...Object.entries(sent).flatMap(([type, paths]) =>
    paths.map((path) => pushed(type, "message", path, target)),
  ),
  pulled("aws:sns/topicSubscription:TopicSubscription", "message", "topic", topic),
  pushed("aws:sns/topicSubscription:TopicSubscription", "message", "endpoint", {
    ...queue,
    otherTypes: [deliveryStream, lambda],
    onlyWhere: { property: "protocol", isAmong: ["sqs", "lambda", "firehose"] },
  }),
  pushed("aws:cloudwatch/eventTarget:EventTarget", "message", "arn", anything),
  pushed("aws:cloudwatch/eventEndpoint:EventEndpoint", "message", "eventBuses[].eventBusArn", {
    type: bus,
    property: "arn",
  }),
  pushed("aws:pinpoint/eventStream:EventStream", "message", "destinationStreamArn", {
    type: stream,
    property: "arn",
    otherTypes: [deliveryStream],
  }),
  pushed(
    "aws:sesv2/multiRegionEndpoint:MultiRegionEndpoint",
    "message",
    "details.routesDetails.region",
  ),
];
