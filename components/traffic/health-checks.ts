import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type Transform, unchanged } from "../arguments.js";
import { otherSide, type PerSide, perSide, type Side, type TrafficTarget } from "./endpoint.js";
import type { FailoverRoutingArgs } from "./failover-routing.js";
import type { RoutingSettings } from "./settings.js";

/**
 * Whether each Region's endpoint is healthy, as Route 53 sees it: its deep check, joined with its
 * alarm where it has one.
 */
export function endpointChecks(
  name: string,
  args: FailoverRoutingArgs,
  settings: RoutingSettings,
  child: pulumi.CustomResourceOptions,
): PerSide<aws.route53.HealthCheck> {
  return perSide((side) => endpointHealth(name, side, args, settings, child));
}

/** A health check with its name, which Route 53 shows from a tag alone. */
export function healthCheck(
  name: string,
  args: aws.route53.HealthCheckArgs,
  transformCheck: Transform<aws.route53.HealthCheckArgs> = unchanged,
  child: pulumi.CustomResourceOptions,
): aws.route53.HealthCheck {
  const named = transformCheck({ ...args, tags: { Name: name } });
  return new aws.route53.HealthCheck(name, named, child);
}

function endpointHealth(
  name: string,
  side: Side,
  args: FailoverRoutingArgs,
  settings: RoutingSettings,
  child: pulumi.CustomResourceOptions,
): aws.route53.HealthCheck {
  const { cell, endpoints, transformCheck } = args;
  const region = cell.regions[side];
  const { alarm } = endpoints[side];
  const deep = healthCheck(
    `${name}-check-${region}`,
    deepCheckArgs(side, args, settings),
    transformCheck,
    child,
  );
  if (alarm === undefined) return deep;
  const { triggers } = alarm;
  const watched = healthCheck(
    `${name}-alarm-${region}`,
    {
      type: "CLOUDWATCH_METRIC",
      cloudwatchAlarmName: alarm.name,
      cloudwatchAlarmRegion: cell.regions[otherSide(side)],
      insufficientDataHealthStatus: alarm.whenInsufficient,
      ...(triggers && { triggers }),
    },
    transformCheck,
    child,
  );
  return healthCheck(
    `${name}-health-${region}`,
    {
      type: "CALCULATED",
      childHealthchecks: [deep.id, watched.id],
      childHealthThreshold: alarm.failsWhen === "any" ? 2 : 1,
    },
    transformCheck,
    child,
  );
}

function deepCheckArgs(
  side: Side,
  { endpoints, recordName, checkerRegions }: FailoverRoutingArgs,
  { requestIntervalSeconds, failureThreshold }: RoutingSettings,
): aws.route53.HealthCheckArgs {
  const { target, check } = endpoints[side];
  const { searchString } = check;
  return {
    type: searchString === undefined ? "HTTPS" : "HTTPS_STR_MATCH",
    fqdn: check.host ?? ownName(target) ?? recordName,
    ...("address" in target && { ipAddress: target.address }),
    port: check.port ?? 443,
    resourcePath: check.path,
    ...(searchString !== undefined && { searchString }),
    enableSni: true,
    requestInterval: requestIntervalSeconds,
    failureThreshold,
    ...(checkerRegions && { regions: [...checkerRegions] }),
  };
}

function ownName(target: TrafficTarget): pulumi.Input<string> | undefined {
  if ("alias" in target) return target.alias.dnsName;
  return "cname" in target ? target.cname : undefined;
}
