import type { ProviderType } from "./provider-type.js";

/** Alarms, events, logs and notices. */
export const watching: Readonly<Record<string, ProviderType>> = {
  "aws:cloudtrail/trail:Trail": {
    registryType: "AWS::CloudTrail::Trail",
    inputs: { TrailName: ["name"] },
  },
  "aws:cloudwatch/dashboard:Dashboard": { registryType: "AWS::CloudWatch::Dashboard" },
  "aws:cloudwatch/eventRule:EventRule": { registryType: "AWS::Events::Rule" },
  "aws:cloudwatch/eventTarget:EventTarget": { alsoReplacing: ["rule", "eventBusName"] },
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": {},
  "aws:cloudwatch/queryDefinition:QueryDefinition": {
    registryType: "AWS::Logs::QueryDefinition",
  },
  "aws:oam/link:Link": { registryType: "AWS::Oam::Link" },
  "aws:oam/sink:Sink": { registryType: "AWS::Oam::Sink" },
  "aws:oam/sinkPolicy:SinkPolicy": { alsoReplacing: ["sinkIdentifier"] },
  "aws:cloudwatch/logGroup:LogGroup": {
    registryType: "AWS::Logs::LogGroup",
    alsoReplacing: ["logGroupClass"],
  },
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": {
    registryType: "AWS::CloudWatch::CompositeAlarm",
    inputs: { AlarmName: ["alarmName"] },
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    registryType: "AWS::CloudWatch::Alarm",
    inputs: { AlarmName: ["name"] },
  },
  "aws:synthetics/canary:Canary": {
    registryType: "AWS::Synthetics::Canary",
  },
  "aws:sns/topic:Topic": { registryType: "AWS::SNS::Topic" },
  "aws:sns/topicPolicy:TopicPolicy": { alsoReplacing: ["arn"] },
  "aws:sns/topicSubscription:TopicSubscription": {
    registryType: "AWS::SNS::Subscription",
    inputs: { TopicArn: ["topic"] },
  },
};
