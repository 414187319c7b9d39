import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Lane, laneKey } from "../../runtime/core/lane.js";
import { criticalAtServers, publishEveryMinutes, warnAtServers } from "../../runtime/limits.js";
import { Problems, type Transform } from "../arguments.js";
import { checkThresholds } from "../capacity/thresholds.js";
import { capacityBody } from "./capacity-widgets.js";
import { checkHubDashboard, dashboard, type HubDashboard } from "./dashboard.js";

/** What a {@link CapacityDashboard} needs to know. */
export interface CapacityDashboardArgs {
  /** Name of the environment, as its `CapacityPublisher` has it. */
  readonly environment: string;
  /** Account of the hub, which is that of the component's provider. */
  readonly account: string;
  /** Region of the hub, where the metrics are published. */
  readonly homeRegion: string;
  /** Lanes that are counted. */
  readonly lanes: readonly Lane[];

  /**
   * What the dashboard is called. Dashboards are global in an account, so two of it need two names.
   *
   * @defaultValue DRS-Multi-Account-Capacity
   */
  readonly dashboardName?: string;

  /**
   * Fleet of a lane at which to plan the next one.
   *
   * @unit replicating servers in a lane
   * @defaultValue 250
   */
  readonly warnAtServers?: number;

  /**
   * Fleet of a lane at which the next application may not fit.
   *
   * @unit replicating servers in a lane
   * @defaultValue 280
   */
  readonly criticalAtServers?: number;

  /**
   * How often the publisher counts.
   *
   * @unit minutes between two counts
   * @defaultValue 5
   */
  readonly publishEveryMinutes?: number;

  /** Last word on the dashboard's arguments. */
  readonly transformDashboard?: Transform<aws.cloudwatch.DashboardArgs>;
}

/**
 * What a `CapacityPublisher` counts, on one page: replicating servers of each lane, the share of all
 * quotas in use, the room that each lane has left, and the executions of the last days.
 */
export class CapacityDashboard extends pulumi.ComponentResource {
  readonly dashboardName: pulumi.Output<string>;

  constructor(name: string, args: CapacityDashboardArgs, opts?: pulumi.ComponentResourceOptions) {
    const { environment, account, homeRegion, lanes, transformDashboard } = args;
    const { dashboardName = "DRS-Multi-Account-Capacity" } = args;
    const contract = {
      environment,
      account,
      homeRegion,
      dashboardName,
      lanes: lanes.map(laneKey),
      warnAtServers: args.warnAtServers ?? warnAtServers.default,
      criticalAtServers: args.criticalAtServers ?? criticalAtServers.default,
      publishEveryMinutes: args.publishEveryMinutes ?? publishEveryMinutes.default,
    };
    super("aws-dr:observability:CapacityDashboard", name, contract, opts);
    dashboardProblems(contract).refuse(this);
    const address = { environment, account, homeRegion };
    const made = dashboard(
      this,
      `${name}-dashboard`,
      {
        region: homeRegion,
        dashboardName,
        body: capacityBody({ ...contract, address, lanes }),
        ...(transformDashboard && { transformDashboard }),
      },
      { parent: this },
    );

    this.dashboardName = made.dashboardName;
    this.registerOutputs({ ...contract, dashboardName: this.dashboardName });
  }
}

interface Contract extends HubDashboard {
  readonly warnAtServers: number;
  readonly criticalAtServers: number;
}

function dashboardProblems(contract: Contract): Problems {
  const problems = new Problems();
  checkHubDashboard(problems, contract);
  checkThresholds(problems, contract);
  return problems;
}
