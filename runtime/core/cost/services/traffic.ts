import { type Assessments, always, byUse, due, type Finding } from "../finding.js";
import { standing } from "../prices/services.js";
import type { CostedResource, Reading, Stack } from "../resources.js";

/** Checks of this kind ask an endpoint; others look at what is known already. */
const endpointChecks: ReadonlySet<string> = new Set([
  "HTTP",
  "HTTPS",
  "HTTP_STR_MATCH",
  "HTTPS_STR_MATCH",
  "TCP",
]);

const fastIntervalSeconds = 10;

/** Zones, health checks, routing controls and accelerators. */
export const trafficAssessments: Assessments = {
  "aws:route53/zone:Zone": always(
    due("Route 53", "hosted zones", standing.hostedZone, 1),
    byUse("Route 53", "queries"),
  ),
  "aws:route53/healthCheck:HealthCheck": healthCheck,
  "aws:route53recoverycontrol/cluster:Cluster": always(
    due("Recovery Controller", "routing control clusters", standing.recoveryControlCluster, 1),
  ),
  "aws:globalaccelerator/accelerator:Accelerator": always(
    due("Global Accelerator", "accelerators", standing.accelerator, 1),
    byUse("Global Accelerator", "data carried"),
  ),
};

/** What gives its name to an endpoint within AWS, also before that name is known. */
const endpointTypes = [
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:apigateway/restApi:RestApi",
  "aws:apigateway/stage:Stage",
] as const;

function healthCheck(reading: Reading, check: CostedResource, stack: Stack): readonly Finding[] {
  const type = reading.text("type") ?? "";
  if (!endpointChecks.has(type)) {
    return [due("Route 53", `health checks of type ${type}`, undefined, 1)];
  }
  const isInside =
    endpointTypes.some((one) => stack.behind(check, "fqdn", one) !== undefined) ||
    (reading.text("fqdn")?.endsWith(".amazonaws.com") ?? false);
  const features = [
    type.startsWith("HTTPS"),
    type.endsWith("STR_MATCH"),
    reading.number("requestInterval") === fastIntervalSeconds,
    reading.isTrue("measureLatency"),
  ].filter((isOn) => isOn).length;
  const [basic, feature] = isInside
    ? [standing.healthCheck, standing.healthCheckFeature]
    : [standing.healthCheckOutside, standing.healthCheckFeatureOutside];
  return [
    due("Route 53", "health checks", basic, 1),
    ...(features > 0 ? [due("Route 53", "features of health checks", feature, features)] : []),
  ];
}
