import type * as pulumi from "@pulumi/pulumi";
import type { CellRegions } from "../cells/cell.js";

/** Which of a cell's Regions, by what was planned. */
export type Side = keyof CellRegions;

/** Both Regions, the primary first. */
export const sides = ["primary", "recovery"] as const satisfies readonly Side[];

/** One value for each Region. */
export type PerSide<T> = Readonly<Record<Side, T>>;

export function perSide<T>(make: (side: Side) => T): PerSide<T> {
  return { primary: make("primary"), recovery: make("recovery") };
}

export function otherSide(side: Side): Side {
  return side === "primary" ? "recovery" : "primary";
}

/** A load balancer, as Route 53 points at it. */
export interface LoadBalancerAlias {
  readonly dnsName: pulumi.Input<string>;
  /** Hosted zone of the load balancer's own name, which it tells as `zoneId`. */
  readonly zoneId: pulumi.Input<string>;
  /**
   * Whether the record is unhealthy when the load balancer has no healthy target. A standby without
   * registered targets is unhealthy then, and Route 53 goes on answering with the primary. Only
   * where health turns traffic.
   */
  readonly evaluateTargetHealth: boolean;
}

/** Where a Region takes its traffic in. Both Regions of a name have the same kind of target. */
export type TrafficTarget =
  | { readonly alias: LoadBalancerAlias }
  | { readonly cname: pulumi.Input<string> }
  | { readonly address: pulumi.Input<string> };

/** What Route 53 asks an endpoint, from outside, by HTTPS. It looks at no certificate. */
export interface EndpointCheck {
  /** Path that answers 2xx or 3xx within two seconds only when the application can serve. */
  readonly path: string;
  /** Name to ask for, in SNI and in the request; by default that of the target, or the record's for an address. */
  readonly host?: pulumi.Input<string>;
  /** @defaultValue 443 */
  readonly port?: number;
  /** Text that the first 5,120 bytes of the answer must hold. */
  readonly searchString?: string;
}

/**
 * A metric alarm in the other Region, which outlives the endpoint's own. Route 53 reads the alarm's
 * data, not its state: it takes no composite alarm, no metric math over several metrics, no metric
 * of high resolution, and no other account's. Source: Route 53 Developer Guide, health checks that
 * monitor CloudWatch alarms.
 */
export interface EndpointAlarm {
  readonly name: pulumi.Input<string>;
  /** What the check says while the alarm has too little data. */
  readonly whenInsufficient: "Healthy" | "Unhealthy" | "LastKnownStatus";
  /**
   * `any`: the endpoint is unhealthy when its check or its alarm is; `all`: when both are.
   *
   * @defaultValue "all"
   */
  readonly failsWhen?: "any" | "all";
  /** Settings of the alarm: Route 53 keeps those it has seen until one of these changes. */
  readonly triggers?: Readonly<Record<string, pulumi.Input<string>>>;
}

/** What a Region answers under the name. */
export interface TrafficEndpoint {
  readonly target: TrafficTarget;
  readonly check: EndpointCheck;
  readonly alarm?: EndpointAlarm;
}

/** Name of a target's kind, as the user typed it. */
export function kindOf(target: TrafficTarget): "alias" | "cname" | "address" {
  if ("alias" in target) return "alias";
  return "cname" in target ? "cname" : "address";
}
