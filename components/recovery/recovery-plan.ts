import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { LaneKey } from "../../runtime/core/lane.js";
import type { RecoveryPlan as PlanDocument, Wave } from "../../runtime/core/recovery/plan.js";
import { type Transform, unchanged } from "../arguments.js";
import { type HubFields, type HubReference, hubFields } from "./hub-reference.js";
import { libraryItem } from "./library-item.js";
import { type PlanDeclaration, planDocument } from "./plan-declaration.js";
import { planProblems } from "./plan-problems.js";

/** A drill of a plan that runs by the calendar. */
export interface Drill {
  /** Six fields of EventBridge Scheduler, without `cron()`. */
  readonly cron: string;
  /** Name in the IANA time zone database. */
  readonly timezone: string;
  /** Whether the drill terminates its recovery instances at its end; else they bill until someone does. */
  readonly cleanUp: boolean;
}

/** How many servers each wave is expected to select, by wave and lane. */
export type ExpectedServers = Readonly<Record<string, Readonly<Record<LaneKey, number>>>>;

/** What a {@link RecoveryPlan} needs to know. */
export interface RecoveryPlanArgs {
  /** The hub that keeps the plan: an OrchestrationHub, another stack's output of one, or `hubReference`. */
  readonly hub: pulumi.Input<HubReference>;
  /** The plan itself. Its numbers have the defaults of the environment file. */
  readonly plan: PlanDeclaration;
  /** For the policies, which check the plan against quotas and objectives before it is deployed. */
  readonly expectedServers?: ExpectedServers;
  readonly drills?: readonly Drill[];
  /** Last word on each drill's schedule. */
  readonly transformSchedule?: Transform<aws.scheduler.ScheduleArgs>;
}

/**
 * A recovery plan as the deployment declares it, with its drills. Operators cannot change it: the
 * hub's data-management function refuses, because the next deployment would undo what they did.
 */
export class RecoveryPlan extends pulumi.ComponentResource {
  /** The plan's name, once the hub has it. */
  readonly planName: pulumi.Output<string>;

  constructor(name: string, args: RecoveryPlanArgs, opts?: pulumi.ComponentResourceOptions) {
    const { drills = [], expectedServers = {} } = args;
    const plan = planDocument(args.plan);
    const contract = contractOf(plan, expectedServers, drills);
    super("aws-dr:recovery:RecoveryPlan", name, contract, opts);
    planProblems(plan, drills).refuse(this);
    const { transformSchedule = unchanged } = args;
    const hub = hubFields(this, args.hub);
    const child = { parent: this };

    const item = new aws.dynamodb.TableItem(
      `${name}-item`,
      {
        region: hub.homeRegion,
        tableName: hub.plansTable,
        hashKey: "name",
        item: libraryItem(plan),
      },
      child,
    );
    for (const [index, drill] of drills.entries()) {
      const scheduleArgs = transformSchedule(schedule(hub, plan.name, drill, index + 1));
      const after = { ...child, dependsOn: [item] };
      new aws.scheduler.Schedule(`${name}-drill-${index + 1}`, scheduleArgs, after);
    }

    this.planName = item.tableName.apply(() => plan.name);
    this.registerOutputs(contract);
  }
}

/** A drill that could not be started for this long is left out: the next one stands in the calendar. */
const startWithinSeconds = 3600;

function schedule(
  hub: HubFields,
  plan: string,
  drill: Drill,
  ordinal: number,
): aws.scheduler.ScheduleArgs {
  const { cron, timezone, cleanUp } = drill;
  const start = { operation: "start", plan, kind: "drill", cleanUp };
  return {
    region: hub.homeRegion,
    groupName: hub.scheduleGroup,
    name: `${plan}-drill-${ordinal}`,
    description: `Drill of plan ${plan}`,
    scheduleExpression: `cron(${cron})`,
    scheduleExpressionTimezone: timezone,
    flexibleTimeWindow: { mode: "OFF" },
    state: "ENABLED",
    target: {
      arn: hub.executionFunctionArn,
      roleArn: hub.schedulesRoleArn,
      input: JSON.stringify(start),
      retryPolicy: { maximumEventAgeInSeconds: startWithinSeconds, maximumRetryAttempts: 3 },
    },
  };
}

function contractOf(
  plan: PlanDocument,
  expectedServers: ExpectedServers,
  drills: readonly Drill[],
) {
  return {
    plan: plan.name,
    objectives: plan.objectives,
    waves: plan.waves.map((wave) => waveContract(wave, expectedServers)),
    reserve: plan.reserve,
    pacingSeconds: plan.pacingSeconds,
    drills: drills.map(({ cron, timezone, cleanUp }) => ({ cron, timezone, cleanUp })),
  };
}

function waveContract(wave: Wave, expectedServers: ExpectedServers) {
  const { name, group, tags, servers, dependsOn } = wave;
  const { failedAtMostPercent, deadlineMinutes, expectedLaunchSeconds } = wave;
  return {
    name,
    group,
    ...(tags && { tags }),
    ...(servers && { servers }),
    dependsOn,
    failedAtMostPercent,
    deadlineMinutes,
    expectedLaunchSeconds,
    expectedServers: expectedServers[name] ?? {},
  };
}
