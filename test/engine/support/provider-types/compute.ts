import type { ProviderType } from "./provider-type.js";

/** Functions, state machines and schedules; tasks and nodes, and how many there are. */
export const compute: Readonly<Record<string, ProviderType>> = {
  "aws:appautoscaling/policy:Policy": {
    registryType: "AWS::ApplicationAutoScaling::ScalingPolicy",
    inputs: { PolicyName: ["name"], ScalingTargetId: [] },
  },
  "aws:appautoscaling/target:Target": {
    registryType: "AWS::ApplicationAutoScaling::ScalableTarget",
  },
  "aws:ecs/cluster:Cluster": { registryType: "AWS::ECS::Cluster" },
  "aws:ecs/service:Service": {
    registryType: "AWS::ECS::Service",
    inputs: { Role: ["iamRole"] },
  },
  "aws:ecs/taskDefinition:TaskDefinition": {
    registryType: "AWS::ECS::TaskDefinition",
    inputs: { InferenceAccelerators: [] },
  },
  "aws:eks/accessEntry:AccessEntry": { registryType: "AWS::EKS::AccessEntry" },
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": {
    alsoReplacing: ["clusterName", "policyArn", "principalArn", "accessScope"],
  },
  "aws:eks/addon:Addon": {
    registryType: "AWS::EKS::Addon",
    inputs: { AddonName: ["addonName"] },
  },
  "aws:eks/cluster:Cluster": { registryType: "AWS::EKS::Cluster" },
  "aws:eks/nodeGroup:NodeGroup": {
    registryType: "AWS::EKS::Nodegroup",
    inputs: { NodeRole: ["nodeRoleArn"], NodegroupName: ["nodeGroupName"], Subnets: ["subnetIds"] },
  },
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
