import type { ProviderType } from "./provider-type.js";

/** Names, health checks and what turns traffic. */
export const traffic: Readonly<Record<string, ProviderType>> = {
  "aws:apigateway/deployment:Deployment": {
    registryType: "AWS::ApiGateway::Deployment",
    inputs: { DeploymentCanarySettings: [], RestApiId: ["restApi"] },
    alsoReplacing: ["triggers", "variables"],
  },
  "aws:apigateway/restApi:RestApi": { registryType: "AWS::ApiGateway::RestApi" },
  "aws:apigateway/stage:Stage": {
    registryType: "AWS::ApiGateway::Stage",
    inputs: { RestApiId: ["restApi"], StageName: ["stageName"] },
  },
  "aws:globalaccelerator/accelerator:Accelerator": {
    registryType: "AWS::GlobalAccelerator::Accelerator",
    alsoReplacing: ["ipAddresses"],
    isRenamed: true, // by Name of UpdateAccelerator
  },
  "aws:globalaccelerator/endpointGroup:EndpointGroup": {
    registryType: "AWS::GlobalAccelerator::EndpointGroup",
  },
  "aws:globalaccelerator/listener:Listener": {
    registryType: "AWS::GlobalAccelerator::Listener",
  },
  "aws:route53/healthCheck:HealthCheck": {
    registryType: "AWS::Route53::HealthCheck",
    alsoReplacing: [
      "measureLatency",
      "referenceName",
      "requestInterval",
      "routingControlArn",
      "type",
    ],
  },
  "aws:route53/record:Record": {
    registryType: "AWS::Route53::RecordSet",
    inputs: { HostedZoneId: ["zoneId"], HostedZoneName: [] },
  },
  "aws:route53recoverycontrol/cluster:Cluster": {
    registryType: "AWS::Route53RecoveryControl::Cluster",
    inputs: { Tags: [] },
  },
  "aws:route53recoverycontrol/controlPanel:ControlPanel": {
    registryType: "AWS::Route53RecoveryControl::ControlPanel",
    inputs: { Tags: [] },
  },
  "aws:route53recoverycontrol/routingControl:RoutingControl": {
    registryType: "AWS::Route53RecoveryControl::RoutingControl",
  },
  "aws:route53recoverycontrol/safetyRule:SafetyRule": {
    registryType: "AWS::Route53RecoveryControl::SafetyRule",
    inputs: { Tags: [] },
  },
};
