import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Transform } from "../arguments.js";
import { type Cell, cellContract } from "../cells/cell.js";
import { inRegion, type PerRegion } from "../cells/regional.js";
import { type PerSide, perSide, type TrafficEndpoint } from "./endpoint.js";
import { failoverRoutingProblems } from "./failover-routing-problems.js";
import { endpointChecks } from "./health-checks.js";
import { type RecordChecks, routingRecords } from "./records.js";
import { routingSettings } from "./settings.js";
import type { TrafficSwitch } from "./traffic-switch.js";

/** What is promised of a name, and how long the parts of a failover take that only a drill can measure. */
export interface NameObjectives {
  /**
   * Until the name is served from the other Region.
   *
   * @unit minutes
   */
  readonly rtoMinutes: number;

  /**
   * Until services of the recovery Region carry production.
   *
   * @unit seconds
   * @defaultValue 300
   */
  readonly scaleSeconds?: number;

  /**
   * Until tests have shown that the recovery Region serves.
   *
   * @unit seconds
   * @defaultValue 120
   */
  readonly verifySeconds?: number;
}

/** What a {@link FailoverRouting} needs to know. */
export interface FailoverRoutingArgs {
  readonly cell: Cell;
  /** Public hosted zone that holds the name. */
  readonly zoneId: pulumi.Input<string>;
  /** Name that clients ask for, whole, such as `api.shop.example`. */
  readonly recordName: string;
  /** What each Region answers. */
  readonly endpoints: PerSide<TrafficEndpoint>;
  /**
   * What turns traffic to the other Region: the health of the endpoints, or an operator with a switch.
   * In a failover no record is ever changed.
   */
  readonly turnsBy: "health" | TrafficSwitch;

  /**
   * `failover`: all clients go to the primary Region. `latency`: each goes to the nearer one, and to
   * the other when that fails.
   *
   * @defaultValue "failover"
   */
  readonly routing?: "failover" | "latency";

  /**
   * Time between two requests of one checker. A change makes the health check anew.
   *
   * @unit seconds, 10 or 30
   * @defaultValue 10
   */
  readonly requestIntervalSeconds?: number;

  /**
   * Requests that must fail before an endpoint is unhealthy, and succeed before it is healthy again.
   *
   * @unit requests in a row
   * @defaultValue 3
   */
  readonly failureThreshold?: number;

  /**
   * How long resolvers may keep an answer. An alias to a load balancer is always kept for 60 seconds.
   *
   * @unit seconds
   * @defaultValue 60
   */
  readonly ttlSeconds?: number;

  /** Regions that ask, at least three; all eight of Route 53 by default. */
  readonly checkerRegions?: readonly string[];
  /** What was promised to the name's users. Refused where turning traffic alone takes longer. */
  readonly objectives?: NameObjectives;
  /** Last word on each health check's arguments. */
  readonly transformCheck?: Transform<aws.route53.HealthCheckArgs>;
  /** Last word on each record's arguments. */
  readonly transformRecord?: Transform<aws.route53.RecordArgs>;
}

/** A name that both Regions of a cell answer, and what turns its clients from one to the other. */
export class FailoverRouting extends pulumi.ComponentResource {
  /** For each Region, the health check of its endpoint, whatever turns traffic. */
  readonly endpointCheckIds: PerRegion<pulumi.Output<string>>;

  constructor(name: string, args: FailoverRoutingArgs, opts?: pulumi.ComponentResourceOptions) {
    const settings = routingSettings(args);
    const { cell, recordName } = args;
    const contract = { ...cellContract(cell), recordName, ...settings };
    super("aws-dr:traffic:FailoverRouting", name, contract, opts);
    failoverRoutingProblems(args, settings).refuse(this);
    const child = { parent: this };

    const endpoints = endpointChecks(name, args, settings, child);
    const checks = perSide((side) => recordChecks(args, cell.regions[side], endpoints[side].id));
    routingRecords(name, args, settings, checks, child);

    this.endpointCheckIds = {
      [cell.regions.primary]: endpoints.primary.id,
      [cell.regions.recovery]: endpoints.recovery.id,
    };
    this.registerOutputs({ ...contract, endpointCheckIds: this.endpointCheckIds });
  }
}

/**
 * What a Region's records follow: its endpoint, or the switch. Where a standby takes over it is asked
 * nothing more, lest Route 53 answers with the primary again, as it does when no record is healthy.
 */
function recordChecks(
  { turnsBy }: FailoverRoutingArgs,
  region: string,
  endpointCheckId: pulumi.Output<string>,
): RecordChecks {
  if (turnsBy === "health") return { asPrimary: endpointCheckId, asSecondary: endpointCheckId };
  const asPrimary = inRegion(turnsBy.checkIds, region);
  return turnsBy.turnsBy === "routing-control"
    ? { asPrimary, asSecondary: asPrimary }
    : { asPrimary };
}
