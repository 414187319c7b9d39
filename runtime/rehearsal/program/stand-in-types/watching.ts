import { arnOf, globalArn, named, type StandInType, text, uuid } from "./making.js";

/** Alarms, events, logs and notices. */
export const watchingTypes: Readonly<Record<string, StandInType>> = {
  "aws:cloudtrail/trail:Trail": named((making) => ({
    id: arnOf(making, "cloudtrail", `trail/${making.name}`),
    outputs: {
      arn: arnOf(making, "cloudtrail", `trail/${making.name}`),
      homeRegion: making.region,
    },
  })),
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": {
    nameInput: "alarmName",
    make: (making) => ({
      id: making.name,
      outputs: { arn: arnOf(making, "cloudwatch", `alarm:${making.name}`) },
    }),
  },
  "aws:cloudwatch/dashboard:Dashboard": {
    nameInput: "dashboardName",
    make: (making) => ({
      id: making.name,
      outputs: { dashboardArn: globalArn(making, "cloudwatch", `dashboard/${making.name}`) },
    }),
  },
  "aws:cloudwatch/eventRule:EventRule": named((making) => ({
    id: making.name,
    outputs: { arn: arnOf(making, "events", `rule/${making.name}`), eventBusName: "default" },
  })),
  "aws:cloudwatch/eventTarget:EventTarget": {
    nameInput: "targetId",
    make: ({ inputs, name }) => ({ id: `${text(inputs.rule)}-${name}`, outputs: {} }),
  },
  "aws:cloudwatch/logGroup:LogGroup": named((making) => ({
    id: making.name,
    outputs: {
      arn: arnOf(making, "logs", `log-group:${making.name}`),
      logGroupClass: "STANDARD",
    },
  })),
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": {
    nameInput: "policyName",
    make: ({ name }) => ({ id: name, outputs: { policyScope: "ACCOUNT" } }),
  },
  "aws:cloudwatch/queryDefinition:QueryDefinition": named((making) => {
    const queryDefinitionId = uuid(making);
    const arn = arnOf(making, "logs", `query-definition:${queryDefinitionId}`);
    return { id: queryDefinitionId, outputs: { arn, queryDefinitionId } };
  }),
  "aws:oam/link:Link": {
    make: (making) => {
      const linkId = uuid(making);
      const arn = arnOf(making, "oam", `link/${linkId}`);
      const { labelTemplate, sinkIdentifier } = making.inputs;
      return {
        id: arn,
        outputs: { arn, linkId, label: text(labelTemplate), sinkArn: text(sinkIdentifier) },
      };
    },
  },
  "aws:oam/sink:Sink": named((making) => {
    const sinkId = uuid(making);
    const arn = arnOf(making, "oam", `sink/${sinkId}`);
    return { id: arn, outputs: { arn, sinkId } };
  }),
  "aws:oam/sinkPolicy:SinkPolicy": {
    make: ({ inputs }) => {
      const arn = text(inputs.sinkIdentifier);
      return { id: arn, outputs: { arn, sinkId: arn.split("/").at(-1) ?? "" } };
    },
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": named((making) => ({
    id: making.name,
    outputs: { arn: arnOf(making, "cloudwatch", `alarm:${making.name}`) },
  })),
  "aws:synthetics/canary:Canary": named((making) => ({
    id: making.name,
    outputs: {
      arn: arnOf(making, "synthetics", `canary:${making.name}`),
      engineArn: arnOf(making, "lambda", `function:cwsyn-${making.name}-${uuid(making)}:1`),
      status: "RUNNING",
    },
  })),
  "aws:sns/topic:Topic": named((making) => {
    const arn = arnOf(making, "sns", making.name);
    return { id: arn, outputs: { arn, owner: making.account } };
  }),
  "aws:sns/topicPolicy:TopicPolicy": {
    make: ({ inputs, account }) => ({ id: text(inputs.arn), outputs: { owner: account } }),
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    make: (making) => {
      const arn = `${text(making.inputs.topic)}:${uuid(making)}`;
      const pendingConfirmation = making.inputs.protocol === "email";
      return { id: arn, outputs: { arn, ownerId: making.account, pendingConfirmation } };
    },
  },
};
