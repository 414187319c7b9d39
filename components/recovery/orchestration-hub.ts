import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { EstateLane } from "../../runtime/core/ports.js";
import { logRetentionDays } from "../../runtime/limits.js";
import { checked, retentionPeriod, type Transform, within } from "../arguments.js";
import { bundleArchive } from "../bundle-archive.js";
import { onceThere } from "../named.js";
import { hubFunctions } from "./hub-functions.js";
import { hubMachines } from "./hub-machines.js";
import { hubAlarms, hubNotifications } from "./hub-notifications.js";
import { hubProblems } from "./hub-problems.js";
import type { HubReference } from "./hub-reference.js";
import { hubSchedules } from "./hub-schedules.js";
import { estateItem, hubTables } from "./hub-tables.js";
import { hubNames, perFunction } from "./names.js";

/** What an {@link OrchestrationHub} needs to know. */
export interface OrchestrationHubArgs {
  /** Name of the environment. All names follow from it, so two hubs of one account need two. */
  readonly environment: string;
  /** Account that the hub is deployed into: that of its provider. */
  readonly account: string;
  readonly homeRegion: string;
  /** Region that holds a replica of the hub's tables. */
  readonly standbyRegion?: string;
  /** Every lane that the hub may act in. Decides which roles its functions may take. */
  readonly lanes: readonly EstateLane[];
  /** What the spokes expect in AssumeRole. Not a secret. */
  readonly externalId: string;
  /** Addresses that hear of executions and alarms. AWS asks each for its consent, once for either. */
  readonly notify?: readonly string[];

  /**
   * How long the logs of functions and state machines are kept.
   *
   * @unit days, one of the periods that CloudWatch Logs knows
   * @defaultValue 365
   */
  readonly logRetentionDays?: pulumi.Input<number>;

  /**
   * Whether the tables outlive a mistake. Then `pulumi destroy` refuses before it deletes anything,
   * and DynamoDB refuses every other deletion: the journal is the evidence of all exercises, and a
   * hub without its tables cannot tell a drill instance from a recovered server. To remove a hub
   * for good, deploy it once with `false`, then destroy it.
   *
   * @defaultValue true
   */
  readonly keepTables?: boolean;

  /** Folder with one bundle a function, `<function>/index.mjs`; by default this package's own. */
  readonly bundlesFolder?: string;

  /** Last word on each table's arguments. Names must stay: policies and functions rely on them. */
  readonly transformTable?: Transform<aws.dynamodb.TableArgs>;
  /** Last word on each function's arguments. Names must stay. */
  readonly transformFunction?: Transform<aws.lambda.FunctionArgs>;
  /** Last word on each state machine's arguments. Names must stay. */
  readonly transformMachine?: Transform<aws.sfn.StateMachineArgs>;
}

/**
 * Where plans are kept and executions are run: three tables, three functions, two state machines,
 * a topic, and the roles that hold them to their work.
 */
export class OrchestrationHub extends pulumi.ComponentResource implements HubReference {
  readonly environment: string;
  readonly homeRegion: string;
  readonly groupsTable: pulumi.Output<string>;
  readonly plansTable: pulumi.Output<string>;
  readonly executionsTable: pulumi.Output<string>;
  /** Function that starts, advances and ends executions. */
  readonly executionFunctionArn: pulumi.Output<string>;
  /** Function that reads servers, quotas, groups and plans. */
  readonly queryFunctionArn: pulumi.Output<string>;
  /** Function that keeps groups and plans. */
  readonly dataManagementFunctionArn: pulumi.Output<string>;
  readonly recoverPlanArn: pulumi.Output<string>;
  readonly recoverLaneArn: pulumi.Output<string>;
  readonly notificationTopicArn: pulumi.Output<string>;
  /** Topic for alarms: CloudWatch may use its key, as it may not that of the other topic. */
  readonly alarmTopicArn: pulumi.Output<string>;
  readonly scheduleGroup: pulumi.Output<string>;
  readonly schedulesRoleArn: pulumi.Output<string>;

  constructor(name: string, args: OrchestrationHubArgs, opts?: pulumi.ComponentResourceOptions) {
    const { environment, account, homeRegion, lanes } = args;
    const contract = { environment, account, homeRegion, lanes: lanes.length };
    super("aws-dr:recovery:OrchestrationHub", name, contract, opts);
    hubProblems(args).refuse(this);
    const retention = checked(
      this,
      "logRetentionDays",
      [within(logRetentionDays), retentionPeriod],
      args.logRetentionDays ?? logRetentionDays.default,
    );
    const codeOf = perFunction((fn) => bundleArchive(this, fn, args.bundlesFolder));
    const address = { environment, account, homeRegion };
    const names = hubNames(address);
    const child = { parent: this };

    const tables = hubTables(name, { ...args, address }, child);
    estateItem(name, tables.executions, lanes, child);
    const topic = hubNotifications(name, address, args.notify ?? [], child);
    const alarms = hubAlarms(name, address, args.notify ?? [], child);
    const functions = hubFunctions(
      name,
      { ...args, address, codeOf, logRetentionDays: retention },
      child,
    );
    const { execution: executionFunction } = functions;
    const machines = hubMachines(
      name,
      { ...args, address, laneCount: lanes.length, logRetentionDays: retention, executionFunction },
      child,
    );
    const schedules = hubSchedules(name, address, child);

    this.environment = environment;
    this.homeRegion = homeRegion;
    this.groupsTable = tables.groups.name;
    this.plansTable = tables.plans.name;
    this.executionsTable = tables.executions.name;
    this.executionFunctionArn = onceThere(executionFunction.name, names.functions.execution);
    this.queryFunctionArn = onceThere(functions.query.name, names.functions.query);
    this.dataManagementFunctionArn = onceThere(
      functions["data-management"].name,
      names.functions["data-management"],
    );
    this.recoverPlanArn = onceThere(machines.recoverPlan.name, names.machines.recoverPlan);
    this.recoverLaneArn = onceThere(machines.recoverLane.name, names.machines.recoverLane);
    this.notificationTopicArn = onceThere(topic.name, names.notifications);
    this.alarmTopicArn = onceThere(alarms.name, names.alarms);
    this.scheduleGroup = schedules.group.name;
    this.schedulesRoleArn = onceThere(schedules.policy.role, names.schedulesRole);
    this.registerOutputs({
      ...contract,
      groupsTable: this.groupsTable,
      plansTable: this.plansTable,
      executionsTable: this.executionsTable,
      executionFunctionArn: this.executionFunctionArn,
      queryFunctionArn: this.queryFunctionArn,
      dataManagementFunctionArn: this.dataManagementFunctionArn,
      recoverPlanArn: this.recoverPlanArn,
      recoverLaneArn: this.recoverLaneArn,
      notificationTopicArn: this.notificationTopicArn,
      alarmTopicArn: this.alarmTopicArn,
      scheduleGroup: this.scheduleGroup,
      schedulesRoleArn: this.schedulesRoleArn,
    });
  }
}
