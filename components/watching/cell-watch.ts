import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { errorPercent, suspensionMinutes, unhealthyMinutes } from "../../runtime/limits.js";
import type { Transform } from "../arguments.js";
import { type Cell, cellContract } from "../cells/cell.js";
import { inRegion, type PerRegion, perRegion } from "../cells/regional.js";
import { decisionAlarmName, regionalAlarms } from "./regional-alarms.js";
import { watchProblems } from "./watch-problems.js";
import type { WatchSettings } from "./watch-signals.js";

/** What a {@link CellWatch} needs to know. */
export interface CellWatchArgs {
  readonly cell: Cell;
  /** Topic of each Region, such as `topicArns` of a CellTopics. */
  readonly topicArns: PerRegion<pulumi.Input<string>>;
  /** For each Region, the synthetics canary that runs there, every minute, and asks the other one. */
  readonly canaries: PerRegion<string>;
  /** For each Region, names or ARNs of alarms there that stores made of their lag, such as `lagAlarmArns` of a GlobalTable. */
  readonly lagAlarms?: PerRegion<readonly pulumi.Input<string>[]>;
  /** For each Region, its Application Load Balancer as metrics name it: `app/<name>/<id>`. */
  readonly loadBalancers?: PerRegion<pulumi.Input<string>>;

  /**
   * When a Region asks people to decide on the other one: `unhealthy`, when it does not answer;
   * `unhealthy-and-lagging`, when its copies lag as well. The former is earlier, the latter surer.
   *
   * @defaultValue "unhealthy"
   */
  readonly decideWhen?: "unhealthy" | "unhealthy-and-lagging";

  /**
   * How long the other Region must not answer.
   *
   * @unit minutes in a row
   * @defaultValue 3
   */
  readonly unhealthyMinutes?: number;

  /**
   * Share of a Region's requests that may fail.
   *
   * @unit percent of the requests of a minute
   * @defaultValue 5
   */
  readonly errorPercent?: number;

  /**
   * How long one word of a drill or maintenance keeps the decision alarms silent.
   *
   * @unit minutes
   * @defaultValue 60
   */
  readonly suspensionMinutes?: number;

  /** Last word on each metric alarm's arguments. Names and Regions must stay. */
  readonly transformAlarm?: Transform<aws.cloudwatch.MetricAlarmArgs>;
}

/**
 * The alarms of a cell, the same in both Regions because their roles swap: in each stands the alarm
 * that asks people to decide on the *other* one, where it survives what it tells of.
 */
export class CellWatch extends pulumi.ComponentResource {
  /** For each Region, the alarm there that asks to decide on the other one. */
  readonly decisionAlarmArns: PerRegion<pulumi.Output<string>>;
  /** For each Region, the alarm that goes off there while any copy lags; none without copies. */
  readonly replicationAlarmArns: PerRegion<pulumi.Output<string>>;

  constructor(name: string, args: CellWatchArgs, opts?: pulumi.ComponentResourceOptions) {
    const settings = watchSettings(args);
    const { cell, decideWhen = "unhealthy" } = args;
    const detectionSeconds = settings.unhealthyMinutes * 60;
    const decisionAlarms = perRegion(cell, (region, on) => ({
      name: decisionAlarmName(cell, region, on),
      on,
    }));
    const contract = {
      ...cellContract(cell),
      decideWhen,
      decisionAlarms,
      detectionSeconds,
      ...settings,
    };
    super("aws-dr:watching:CellWatch", name, contract, opts);
    watchProblems(args, settings).refuse(this);

    const child = { parent: this };
    const watched = perRegion(cell, (region, other) =>
      regionalAlarms(name, { args, settings, region, other }, child),
    );

    this.decisionAlarmArns = perRegion(cell, (region) => inRegion(watched, region).decision);
    this.replicationAlarmArns = Object.fromEntries(
      Object.entries(watched).flatMap(([region, { replication }]) =>
        replication === undefined ? [] : [[region, replication]],
      ),
    );
    const { decisionAlarmArns, replicationAlarmArns } = this;
    this.registerOutputs({ ...contract, decisionAlarmArns, replicationAlarmArns });
  }
}

function watchSettings(args: CellWatchArgs): WatchSettings {
  return {
    unhealthyMinutes: args.unhealthyMinutes ?? unhealthyMinutes.default,
    errorPercent: args.errorPercent ?? errorPercent.default,
    suspensionMinutes: args.suspensionMinutes ?? suspensionMinutes.default,
  };
}
