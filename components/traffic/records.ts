import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { unchanged } from "../arguments.js";
import { otherSide, type PerSide, type Side, sides, type TrafficTarget } from "./endpoint.js";
import type { FailoverRoutingArgs } from "./failover-routing.js";
import type { RoutingSettings } from "./settings.js";

/** The health checks that a Region's records carry; none where a record is always healthy. */
export interface RecordChecks {
  readonly asPrimary: pulumi.Input<string>;
  readonly asSecondary?: pulumi.Input<string>;
}

/**
 * The records of a name: a failover pair; or, by latency, one pair for each Region below an alias.
 * Nobody changes them in a failover: health checks do.
 */
export function routingRecords(
  name: string,
  args: FailoverRoutingArgs,
  settings: RoutingSettings,
  checks: PerSide<RecordChecks>,
  child: pulumi.CustomResourceOptions,
): void {
  const pair = (key: string, recordName: string, first: Side) =>
    failoverPair(`${name}-${key}`, { args, settings, checks, recordName, first }, child);
  if (settings.routing === "failover") {
    pair("record", args.recordName, "primary");
    return;
  }
  for (const side of sides) {
    const region = args.cell.regions[side];
    const leaf = leafName(args.recordName, region);
    const records = pair(`leaf-${region}`, leaf, side);
    latencyRecord(
      `${name}-latency-${region}`,
      { args, region, leaf },
      { ...child, dependsOn: records },
    );
  }
}

/** Name of the failover pair that serves the clients near a Region. */
export function leafName(recordName: string, region: string): string {
  return `${region}.${recordName}`;
}

interface Pair {
  readonly args: FailoverRoutingArgs;
  readonly settings: RoutingSettings;
  readonly checks: PerSide<RecordChecks>;
  readonly recordName: string;
  /** The Region that answers as long as it is healthy. */
  readonly first: Side;
}

function failoverPair(
  key: string,
  { args, settings, checks, recordName, first }: Pair,
  child: pulumi.CustomResourceOptions,
): aws.route53.Record[] {
  const { cell, endpoints, zoneId, transformRecord = unchanged } = args;
  const record = (
    side: Side,
    type: "PRIMARY" | "SECONDARY",
    healthCheckId?: pulumi.Input<string>,
  ) => {
    const region = cell.regions[side];
    const recordArgs = transformRecord({
      zoneId,
      name: recordName,
      setIdentifier: region,
      failoverRoutingPolicies: [{ type }],
      ...answer(endpoints[side].target, settings.ttlSeconds),
      ...(healthCheckId !== undefined && { healthCheckId }),
    });
    return new aws.route53.Record(`${key}-${region}`, recordArgs, child);
  };
  const second = otherSide(first);
  return [
    record(first, "PRIMARY", checks[first].asPrimary),
    record(second, "SECONDARY", checks[second].asSecondary),
  ];
}

function latencyRecord(
  key: string,
  { args, region, leaf }: { args: FailoverRoutingArgs; region: string; leaf: string },
  child: pulumi.CustomResourceOptions,
): void {
  const { zoneId, endpoints, recordName, transformRecord = unchanged } = args;
  const recordArgs = transformRecord({
    zoneId,
    name: recordName,
    type: recordType(endpoints.primary.target),
    setIdentifier: region,
    latencyRoutingPolicies: [{ region }],
    aliases: [{ name: leaf, zoneId, evaluateTargetHealth: true }],
  });
  new aws.route53.Record(key, recordArgs, child);
}

function answer(target: TrafficTarget, ttl: number) {
  const type = recordType(target);
  if ("cname" in target) return { type, records: [target.cname], ttl };
  if ("address" in target) return { type, records: [target.address], ttl };
  const { dnsName, zoneId, evaluateTargetHealth } = target.alias;
  return { type, aliases: [{ name: dnsName, zoneId, evaluateTargetHealth }] };
}

function recordType(target: TrafficTarget): "A" | "CNAME" {
  return "cname" in target ? "CNAME" : "A";
}
