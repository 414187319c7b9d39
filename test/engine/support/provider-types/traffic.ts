import type { ProviderType } from "./provider-type.js";

/** Names, health checks and what turns traffic. */
export const traffic: Readonly<Record<string, ProviderType>> = {
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
