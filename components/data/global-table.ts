import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { mechanisms } from "../../runtime/core/cells/mechanisms.js";
import { warnAtLagSeconds } from "../../runtime/limits.js";
import { type Transform, unchanged } from "../arguments.js";
import { cellAlarm, type TopicArns } from "../cells/alarms.js";
import { type Cell, cellContract, cellPrefix } from "../cells/cell.js";
import type { KeyArns } from "../cells/keys.js";
import { inRegion, namedIn, type PerRegion, perRegion } from "../cells/regional.js";
import { onceThere } from "../named.js";
import type { BackupTag } from "./backup-tag.js";
import { globalTableArgs } from "./global-table-args.js";
import { globalTableProblems } from "./global-table-problems.js";
import type { StoreObjectives } from "./objectives.js";

/** An index over all items of a table, with copies of their whole content. */
export interface TableIndex {
  readonly name: string;
  readonly hashKey: string;
  readonly rangeKey?: string;
}

/** What a {@link GlobalTable} needs to know. */
export interface GlobalTableArgs {
  readonly cell: Cell;
  /** What the table is called within the cell; its name in both Regions is `<environment>-<cell>-<name>`. */
  readonly name: string;
  /** Customer key of each Region, by the Region's name: `keyArns` of a CellKey. */
  readonly keyArns: KeyArns;
  /** Attribute by which items are spread. */
  readonly hashKey: string;
  /** Attribute by which items of one hash key are in order. */
  readonly rangeKey?: string;
  /** Types of key attributes that are no text: `N` for numbers, `B` for bytes. */
  readonly attributeTypes?: Readonly<Record<string, "S" | "N" | "B">>;
  /** Indexes by other attributes. None by default. */
  readonly indexes?: readonly TableIndex[];
  /** Attribute that says, in seconds of Unix time, when an item may be deleted. None by default. */
  readonly ttlAttribute?: string;

  /**
   * Whether the recovery Region has a replica. True by default. Without one the table lies in the
   * primary Region alone: the recovery Region has copies of its backups, from which a failover
   * restores it. A replica can be added later, in place.
   */
  readonly replicated?: boolean;

  /**
   * `eventual`, the default: each Region answers at once, writes arrive in the other a moment later,
   * and the last of two concurrent ones wins. `strong`: no write is lost with a Region and each read
   * sees the latest, but a write waits for another Region, and three Regions of one set take part.
   */
  readonly consistency?: "eventual" | "strong";

  /** Third Region of a strongly consistent table: it keeps the writes of the others, and answers nobody. */
  readonly witnessRegion?: string;

  /**
   * How far a Region may lag behind before an alarm is raised. Not for `strong`, which does not lag.
   *
   * @unit seconds by which a Region is behind the other
   * @defaultValue 5
   */
  readonly warnAtLagSeconds?: number;

  /** Topic of each Region that hears of alarms. None by default. */
  readonly topicArns?: TopicArns;

  /** Tag of the table and of its replica, by which a BackupVaultPair finds both. Required without a replica. */
  readonly backupTag?: BackupTag;

  /** What is promised of this table; policies compare it with what the kind of copy can hold. */
  readonly objectives?: StoreObjectives;

  /** Whether the table outlives a mistake. True by default; to remove it, deploy it once with `false`. */
  readonly keepData?: boolean;

  /** Last word on the table's arguments. Names must stay. */
  readonly transformTable?: Transform<aws.dynamodb.TableArgs>;

  /** Last word on each alarm's arguments. Names and Regions must stay. */
  readonly transformAlarm?: Transform<aws.cloudwatch.MetricAlarmArgs>;
}

/**
 * A table that both Regions of a cell write to, each with a copy of all items; or one of the primary
 * Region alone, which is restored in the other.
 */
export class GlobalTable extends pulumi.ComponentResource {
  /** Name of the table, the same in both Regions. */
  readonly tableName: pulumi.Output<string>;
  /** ARN of the table in each Region, by the Region's name; without a replica it is restored under that of the other. */
  readonly tableArns: PerRegion<pulumi.Output<string>>;
  /** For each Region, the alarm there that goes off while the other is behind: `lagAlarms` of a CellWatch. */
  readonly lagAlarmArns: PerRegion<readonly pulumi.Output<string>[]>;

  constructor(name: string, args: GlobalTableArgs, opts?: pulumi.ComponentResourceOptions) {
    const { cell, consistency = "eventual", keepData = true } = args;
    const { replicated = true } = args;
    const mechanism = mechanismOf(replicated, consistency);
    const contract = {
      ...cellContract(cell),
      name: args.name,
      mechanism,
      ...(mechanism !== "dynamodb-backup-copy" && { rpoSeconds: mechanisms[mechanism].rpoSeconds }),
      ...(replicated && { consistency }),
      pointInTimeRecoveryDays: 35,
      keepData,
      ...(args.witnessRegion !== undefined && { witnessRegion: args.witnessRegion }),
      ...(args.ttlAttribute !== undefined && { ttlAttribute: args.ttlAttribute }),
      ...(mechanism === "dynamodb-global-table" && {
        warnAtLagSeconds: args.warnAtLagSeconds ?? warnAtLagSeconds.default,
      }),
      ...(args.objectives && { objectives: args.objectives }),
    };
    super("aws-dr:data:GlobalTable", name, contract, opts);
    globalTableProblems(args, contract).refuse(this);
    const { transformTable = unchanged } = args;
    const { primary } = cell.regions;
    const named = perRegion(cell, (region) =>
      namedIn(cell, region, "dynamodb", "table/", `${cellPrefix(cell)}-${args.name}`),
    );

    const table = new aws.dynamodb.Table(
      `${name}-${primary}`,
      transformTable(globalTableArgs(args, inRegion(named, primary).name, keepData)),
      { parent: this, protect: keepData },
    );
    this.tableName = table.name;
    this.tableArns = perRegion(cell, (region) => onceThere(table.name, inRegion(named, region)));
    this.lagAlarmArns = this.#watchLag(name, args, contract.warnAtLagSeconds);
    this.registerOutputs({
      ...contract,
      tableName: this.tableName,
      tableArns: this.tableArns,
      lagAlarmArns: this.lagAlarmArns,
    });
  }

  /** DynamoDB tells the lag in the Region that sends: each Region sees how far the other is behind. */
  #watchLag(
    name: string,
    args: GlobalTableArgs,
    seconds: number | undefined,
  ): PerRegion<readonly pulumi.Output<string>[]> {
    const { cell } = args;
    return perRegion(cell, (region, other) => {
      if (seconds === undefined) return [];
      const alarmName = `${cellPrefix(cell)}-${args.name}-lag`;
      const named = namedIn(cell, region, "cloudwatch", "alarm:", alarmName);
      const rule = {
        region,
        name: named.name,
        alarmDescription: `${args.name} in ${other} is behind ${region}`,
        namespace: "AWS/DynamoDB",
        metricName: "ReplicationLatency",
        dimensions: { TableName: this.tableName, ReceivingRegion: other },
        statistic: "Average",
        comparisonOperator: "GreaterThanThreshold",
        threshold: seconds * 1_000, // the metric is in milliseconds
        period: 60, // seconds
        evaluationPeriods: 3,
      };
      const alarm = cellAlarm(`${name}-lag-${region}`, rule, args, { parent: this });
      return [onceThere(alarm.name, named)];
    });
  }
}

function mechanismOf(replicated: boolean, consistency: "eventual" | "strong") {
  if (!replicated) return "dynamodb-backup-copy";
  return consistency === "strong" ? "dynamodb-strong-global-table" : "dynamodb-global-table";
}
