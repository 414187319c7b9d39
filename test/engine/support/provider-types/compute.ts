import type { ProviderType } from "./provider-type.js";

/** Functions, state machines and schedules. */
export const compute: Readonly<Record<string, ProviderType>> = {
  "aws:lambda/eventSourceMapping:EventSourceMapping": {
    registryType: "AWS::Lambda::EventSourceMapping",
  },
  "aws:lambda/function:Function": { registryType: "AWS::Lambda::Function" },
  "aws:lambda/permission:Permission": {
    registryType: "AWS::Lambda::Permission",
    inputs: { FunctionName: ["function"], PrincipalOrgID: ["principalOrgId"] },
    alsoReplacing: ["qualifier"],
  },
  "aws:scheduler/schedule:Schedule": {
    registryType: "AWS::Scheduler::Schedule",
    alsoReplacing: ["groupName"],
  },
  "aws:scheduler/scheduleGroup:ScheduleGroup": { registryType: "AWS::Scheduler::ScheduleGroup" },
  "aws:sfn/stateMachine:StateMachine": {
    registryType: "AWS::StepFunctions::StateMachine",
    inputs: { StateMachineType: ["type"] },
  },
};
