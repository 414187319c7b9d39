import { type Assessments, always, byUse, due, type Finding } from "../finding.js";
import { standing } from "../prices/services.js";
import type { Reading } from "../resources.js";

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

function healthCheck(reading: Reading): readonly Finding[] {
  const type = reading.text("type") ?? "";
  if (!endpointChecks.has(type)) {
    return [due("Route 53", `health checks of type ${type}`, undefined, 1)];
  }
  const isInside = reading.text("fqdn")?.endsWith(".amazonaws.com") ?? false;
  const features = [
    type.startsWith("HTTPS"),
    type.endsWith("STR_MATCH"),
    reading.number("requestInterval") === fastIntervalSeconds,
    reading.isTrue("measureLatency"),
  ].filter((isOn) => isOn).length;
  const [check, feature] = isInside
    ? [standing.healthCheck, standing.healthCheckFeature]
    : [standing.healthCheckOutside, standing.healthCheckFeatureOutside];
  return [
    due("Route 53", "health checks", check, 1),
    ...(features > 0 ? [due("Route 53", "features of health checks", feature, features)] : []),
  ];
}
