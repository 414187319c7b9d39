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
};
