import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Lane, laneKey } from "../../runtime/core/lane.js";
import {
  busyAtPercent,
  criticalAtServers,
  publishEveryMinutes,
  warnAtServers,
} from "../../runtime/limits.js";
import { type Transform, unchanged } from "../arguments.js";
import { onceThere } from "../named.js";
import { laneAlarmArguments } from "./alarm-arguments.js";
import { alarmProblems } from "./alarm-problems.js";
import { estateAlarm } from "./estate-alarms.js";
import { capacityNames, type LaneAlarm } from "./names.js";

/** What {@link CapacityAlarms} need to know. */
export interface CapacityAlarmsArgs {
  /** Name of the environment, as its `CapacityPublisher` has it. */
  readonly environment: string;
  /** Account of the hub, which is that of the component's provider: the metrics are published there. */
  readonly account: string;
  /** Region of the hub, whatever Regions the lanes are in. */
  readonly homeRegion: string;
  /** Lanes that are counted. */
  readonly lanes: readonly Lane[];
  /** ARN of the topic that hears of alarms: `alarmTopicArn` of a hub. CloudWatch must be let use its key. */
  readonly alarmTopicArn: pulumi.Input<string>;

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
   * Share of a lane's jobs, or of its servers in jobs, at which what starts may have to wait.
   *
   * @unit percent of the lane's quota
   * @defaultValue 90
   */
  readonly busyAtPercent?: number;

  /**
   * How often the publisher counts: the period of all alarms.
   *
   * @unit minutes between two counts
   * @defaultValue 5
   */
  readonly publishEveryMinutes?: number;

  /** Last word on the arguments of each lane's alarms. Names must stay: composites name them. */
  readonly transformAlarm?: Transform<aws.cloudwatch.MetricAlarmArgs>;
}

const kinds: readonly LaneAlarm[] = ["warning", "critical", "busy", "silent"];

const told: Readonly<Record<LaneAlarm, string>> = {
  warning: "A lane stands at its warning: plan the next one.",
  critical: "A lane is nearly full: the next application may not fit.",
  busy: "A lane has nearly all of its jobs in use.",
  silent: "A lane is not counted: it cannot be read, or nobody reads it.",
};

/**
 * Alarms over what a `CapacityPublisher` counts. Of each lane: warning, critical, jobs near their
 * quotas, and silence, which is a state of its own. Of the estate: one of each over all lanes.
 *
 * The lanes' own alarms notify, because they name the lane. Silence notifies once for all lanes: when
 * the publisher itself fails, all of them fall silent together.
 */
export class CapacityAlarms extends pulumi.ComponentResource {
  /** ARNs of the alarms over all lanes. */
  readonly estateAlarmArns: Readonly<Record<LaneAlarm, pulumi.Output<string>>>;

  constructor(name: string, args: CapacityAlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    const { environment, account, homeRegion, lanes, transformAlarm = unchanged } = args;
    const contract = {
      environment,
      account,
      homeRegion,
      lanes: lanes.map(laneKey),
      warnAtServers: args.warnAtServers ?? warnAtServers.default,
      criticalAtServers: args.criticalAtServers ?? criticalAtServers.default,
      busyAtPercent: args.busyAtPercent ?? busyAtPercent.default,
      publishEveryMinutes: args.publishEveryMinutes ?? publishEveryMinutes.default,
    };
    super("aws-dr:capacity:CapacityAlarms", name, contract, opts);
    alarmProblems(args, contract).refuse(this);
    const address = { environment, account, homeRegion };
    const names = capacityNames(address);
    const topic = [args.alarmTopicArn];
    const child = { parent: this };

    const ofLane = (kind: LaneAlarm, lane: Lane) => {
      const alarmArgs = laneAlarmArguments(lane, { ...contract, address })[kind];
      const acting = kind === "silent" ? alarmArgs : { ...alarmArgs, alarmActions: topic };
      const alarm = new aws.cloudwatch.MetricAlarm(
        `${name}-${kind}-${lane.account}-${lane.region}`,
        transformAlarm(acting),
        child,
      );
      return { named: names.laneAlarm(kind, lane), alarm };
    };
    const ofEstate = (kind: LaneAlarm): pulumi.Output<string> => {
      const composite = estateAlarm(
        name,
        {
          region: homeRegion,
          names,
          kind,
          description: told[kind],
          children: lanes.map((lane) => ofLane(kind, lane)),
          actions: kind === "silent" ? topic : [],
        },
        child,
      );
      return onceThere(composite.alarmName, names.estateAlarm(kind));
    };

    this.estateAlarmArns = Object.fromEntries(
      kinds.map((kind) => [kind, ofEstate(kind)]),
    ) as Record<LaneAlarm, pulumi.Output<string>>;
    this.registerOutputs({ ...contract, estateAlarmArns: this.estateAlarmArns });
  }
}
