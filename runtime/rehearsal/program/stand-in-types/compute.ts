import { arnOf, type Made, type Making, named, type StandInType, text, uuid } from "./making.js";

/** Functions, state machines and schedules. */
export const computeTypes: Readonly<Record<string, StandInType>> = {
  "aws:lambda/eventSourceMapping:EventSourceMapping": {
    make: (making) => {
      const id = uuid(making);
      const arn = arnOf(making, "lambda", `event-source-mapping:${id}`);
      return { id, outputs: { arn, uuid: id } };
    },
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
