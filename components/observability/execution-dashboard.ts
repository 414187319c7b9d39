import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Lane, laneKey } from "../../runtime/core/lane.js";
import { publishEveryMinutes } from "../../runtime/limits.js";
import { Problems, type Transform } from "../arguments.js";
import { checkHubDashboard, dashboard, type HubDashboard } from "./dashboard.js";
import { executionBody } from "./execution-widgets.js";

/** What an {@link ExecutionDashboard} needs to know. */
export interface ExecutionDashboardArgs {
  /** Name of the environment, as its `OrchestrationHub` and its `CapacityPublisher` have it. */
  readonly environment: string;
  /** Account of the hub, which is that of the component's provider. */
  readonly account: string;
  /** Region of the hub, where all of it publishes. */
  readonly homeRegion: string;
  /** Region that the hub's tables are copied to, if any: then the lag of the copies is shown. */
  readonly standbyRegion?: string;
  /** Lanes that executions use. */
  readonly lanes: readonly Lane[];
  /** Alarms to show the states of, such as `estateAlarmArns` of `CapacityAlarms`. */
  readonly alarmArns?: readonly pulumi.Input<string>[];

  /** What the dashboard is called. `dr-<environment>-executions` by default. */
  readonly dashboardName?: string;

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
 * The executions of a hub on one page: what its state machines started and how it ended, what its
 * functions, tables, topics and schedules failed at, and how much of their quotas the lanes use.
 */
export class ExecutionDashboard extends pulumi.ComponentResource {
  readonly dashboardName: pulumi.Output<string>;

  constructor(name: string, args: ExecutionDashboardArgs, opts?: pulumi.ComponentResourceOptions) {
    const { environment, account, homeRegion, standbyRegion, lanes } = args;
    const { alarmArns = [], transformDashboard } = args;
    const contract = {
      environment,
      account,
      homeRegion,
      ...(standbyRegion !== undefined && { standbyRegion }),
      dashboardName: args.dashboardName ?? `dr-${environment}-executions`,
      lanes: lanes.map(laneKey),
      publishEveryMinutes: args.publishEveryMinutes ?? publishEveryMinutes.default,
    };
    super("aws-dr:observability:ExecutionDashboard", name, contract, opts);
    executionProblems(contract).refuse(this);
    const address = { environment, account, homeRegion };
    const body = pulumi
      .output([...alarmArns])
      .apply((known) => executionBody({ ...contract, address, lanes, alarmArns: known }));
    const made = dashboard(
      this,
      `${name}-dashboard`,
      {
        region: homeRegion,
        dashboardName: contract.dashboardName,
        body,
        ...(transformDashboard && { transformDashboard }),
      },
      { parent: this },
    );

    this.dashboardName = made.dashboardName;
    this.registerOutputs({ ...contract, dashboardName: this.dashboardName });
  }
}

interface Contract extends HubDashboard {
  readonly homeRegion: string;
  readonly standbyRegion?: string;
}

function executionProblems(contract: Contract): Problems {
  const problems = new Problems();
  checkHubDashboard(problems, contract);
  if (contract.standbyRegion === contract.homeRegion) {
    problems.add(
      "standbyRegion",
      `must be another Region than homeRegion, got "${contract.standbyRegion}" twice. Leave it out where the tables have no copy`,
    );
  }
  return problems;
}
