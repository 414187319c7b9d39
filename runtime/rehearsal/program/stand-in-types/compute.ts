import {
  arnOf,
  capitals,
  type Made,
  type Making,
  named,
  type StandInType,
  text,
  uuid,
} from "./making.js";

/** Functions, state machines and schedules; tasks and nodes, and how many there are. */
export const computeTypes: Readonly<Record<string, StandInType>> = {
  "aws:lambda/eventSourceMapping:EventSourceMapping": {
    make: (making) => {
      const id = uuid(making);
      const arn = arnOf(making, "lambda", `event-source-mapping:${id}`);
      return { id, outputs: { arn, uuid: id } };
    },
  },
  "aws:appautoscaling/policy:Policy": named(({ name }) => ({ id: name, outputs: {} })),
  "aws:appautoscaling/target:Target": {
    make: (making) => ({
      id: text(making.inputs.resourceId),
      outputs: {
        arn: arnOf(
          making,
          "application-autoscaling",
          `scalable-target/${making.digits.slice(0, 36)}`,
        ),
      },
    }),
  },
  "aws:ecs/cluster:Cluster": named((making) => byArn(making, `cluster/${making.name}`)),
  "aws:ecs/service:Service": named((making) => {
    const cluster = text(making.inputs.cluster).split("/").at(-1);
    return byArn(making, `service/${cluster}/${making.name}`);
  }),
  "aws:ecs/taskDefinition:TaskDefinition": {
    nameInput: "family",
    make: (making) => {
      const arnWithoutRevision = arnOf(making, "ecs", `task-definition/${making.name}`);
      const arn = `${arnWithoutRevision}:1`;
      return { id: making.name, outputs: { arn, arnWithoutRevision, revision: 1 } };
    },
  },
  "aws:eks/accessEntry:AccessEntry": {
    make: ({ inputs }) => ({
      id: `${text(inputs.clusterName)}:${text(inputs.principalArn)}`,
      outputs: { type: "STANDARD" },
    }),
  },
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": {
    make: ({ inputs }) => ({
      id: [inputs.clusterName, inputs.principalArn, inputs.policyArn].map(text).join("#"),
      outputs: {},
    }),
  },
  "aws:eks/addon:Addon": {
    make: ({ inputs }) => ({
      id: `${text(inputs.clusterName)}:${text(inputs.addonName)}`,
      outputs: {},
    }),
  },
  "aws:eks/cluster:Cluster": named((making) => ({
    id: making.name,
    outputs: {
      arn: arnOf(making, "eks", `cluster/${making.name}`),
      certificateAuthority: { data: making.digits },
      endpoint: `https://${capitals(making)}.gr7.${making.region}.eks.amazonaws.com`,
      status: "ACTIVE",
    },
  })),
  "aws:eks/nodeGroup:NodeGroup": {
    nameInput: "nodeGroupName",
    make: ({ inputs, name }) => ({
      id: `${text(inputs.clusterName)}:${name}`,
      outputs: { status: "ACTIVE" },
    }),
  },
  "aws:lambda/function:Function": named(lambdaFunction),
  "aws:lambda/permission:Permission": {
    nameInput: "statementId",
    make: ({ name }) => ({ id: name, outputs: {} }),
  },
  "aws:scheduler/schedule:Schedule": named((making) => {
    const path = `${text(making.inputs.groupName) || "default"}/${making.name}`;
    const arn = arnOf(making, "scheduler", `schedule/${path}`);
    return { id: path, outputs: { arn, groupName: "default", state: "ENABLED" } };
  }),
  "aws:scheduler/scheduleGroup:ScheduleGroup": named((making) => ({
    id: making.name,
    outputs: {
      arn: arnOf(making, "scheduler", `schedule-group/${making.name}`),
      state: "ACTIVE",
    },
  })),
  "aws:sfn/stateMachine:StateMachine": named((making) => {
    const arn = arnOf(making, "states", `stateMachine:${making.name}`);
    return { id: arn, outputs: { arn, status: "ACTIVE", type: "STANDARD" } };
  }),
};

function byArn(making: Making, resource: string): Made {
  const arn = arnOf(making, "ecs", resource);
  return { id: arn, outputs: { arn } };
}

function lambdaFunction(making: Making): Made {
  const arn = arnOf(making, "lambda", `function:${making.name}`);
  const gateway = `arn:${making.partition}:apigateway:${making.region}:lambda:path/2015-03-31/functions`;
  return {
    id: making.name,
    outputs: {
      architectures: ["x86_64"],
      arn,
      ephemeralStorage: { size: 512 },
      invokeArn: `${gateway}/${arn}/invocations`,
      loggingConfig: { logFormat: "Text", logGroup: `/aws/lambda/${making.name}` },
      memorySize: 128,
      packageType: "Zip",
      qualifiedArn: `${arn}:$LATEST`,
      reservedConcurrentExecutions: -1,
      timeout: 3,
      tracingConfig: { mode: "PassThrough" },
      version: "$LATEST",
    },
  };
}
