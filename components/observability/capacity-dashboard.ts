import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Lane, laneKey } from "../../runtime/core/lane.js";
import {
  criticalAtServers,
  mostDashboardLanes,
  publishEveryMinutes,
  warnAtServers,
} from "../../runtime/limits.js";
import {
  accountId,
  Problems,
  resourceName,
  type Transform,
  unchanged,
  within,
} from "../arguments.js";
import { checkThresholds } from "../capacity/thresholds.js";
import { capacityBody } from "./capacity-widgets.js";
import { bodyText } from "./dashboard-body.js";

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
    const { environment, account, homeRegion, lanes, transformDashboard = unchanged } = args;
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
    const dashboardArgs = transformDashboard({
      region: homeRegion,
      dashboardName,
      dashboardBody: bodyText(capacityBody({ ...contract, address, lanes })),
    });
    const made = new aws.cloudwatch.Dashboard(`${name}-dashboard`, dashboardArgs, { parent: this });

    this.dashboardName = made.dashboardName;
    this.registerOutputs({ ...contract, dashboardName: this.dashboardName });
  }
}

interface Contract {
  readonly environment: string;
  readonly account: string;
  readonly dashboardName: string;
  readonly lanes: readonly string[];
  readonly warnAtServers: number;
  readonly criticalAtServers: number;
  readonly publishEveryMinutes: number;
}

function dashboardProblems(contract: Contract): Problems {
  const { dashboardName, lanes } = contract;
  const problems = new Problems();
  problems.check("environment", resourceName, contract.environment);
  problems.check("account", accountId, contract.account);
  if (!/^[\w-]{1,255}$/.test(dashboardName)) {
    const rule = "1 to 255 letters, digits, hyphens and underscores";
    problems.add("dashboardName", `must be ${rule}, got "${dashboardName}"`);
  }
  if (lanes.length === 0 || lanes.length > mostDashboardLanes) {
    const rule = `1 to ${mostDashboardLanes} lanes, so that one widget holds them`;
    problems.add(
      "lanes",
      `must be ${rule}, got ${lanes.length}. Make one dashboard a part of them`,
    );
  }
  checkThresholds(problems, contract);
  problems.check("publishEveryMinutes", within(publishEveryMinutes), contract.publishEveryMinutes);
  return problems;
}
