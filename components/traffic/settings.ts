import { type DnsFailover, type TurnsBy, turnSeconds } from "../../runtime/core/cells/rto.js";
import { failureThreshold, ttlSeconds } from "../../runtime/limits.js";
import { kindOf } from "./endpoint.js";
import type { FailoverRoutingArgs } from "./failover-routing.js";

/**
 * How long resolvers keep the answer of an alias to a load balancer. It cannot be set.
 * Source: Route 53 Developer Guide, choosing between alias and non-alias records.
 */
export const aliasTtlSeconds = 60;

const requestIntervalDefaultSeconds = 10;

/** The numbers of a name's failover, as its contract tells them. */
export interface RoutingSettings extends DnsFailover {
  readonly routing: "failover" | "latency";
  readonly turnsBy: TurnsBy;
  /** From the turning of traffic, its detection included where health turns it, to the new answer. */
  readonly dnsFailoverSeconds: number;
  readonly rtoMinutes?: number;
  readonly scaleSeconds?: number;
  readonly verifySeconds?: number;
}

/** The settings of a name, with what is taken where nothing is said. */
export function routingSettings(args: FailoverRoutingArgs): RoutingSettings {
  const { endpoints, routing = "failover", objectives } = args;
  const turnsBy = args.turnsBy === "health" ? args.turnsBy : args.turnsBy.turnsBy;
  const isAlias = kindOf(endpoints.primary.target) === "alias";
  const dns = {
    requestIntervalSeconds: args.requestIntervalSeconds ?? requestIntervalDefaultSeconds,
    failureThreshold: args.failureThreshold ?? failureThreshold.default,
    ttlSeconds: args.ttlSeconds ?? (isAlias ? aliasTtlSeconds : ttlSeconds.default),
  };
  return {
    routing,
    turnsBy,
    ...dns,
    dnsFailoverSeconds: turnSeconds(turnsBy, dns),
    ...objectives,
  };
}
