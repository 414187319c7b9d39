import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { backlogSeconds, cacheReplicas, cacheShards, lagSeconds } from "../../runtime/limits.js";
import { Problems, type Transform, within } from "../arguments.js";
import { type Cell, cellContract, cellPrefix, checkCell } from "../cells/cell.js";
import { type PerRegion, perRegion, regionsProblem } from "../cells/regional.js";
import { checkDashboardName, dashboard } from "./dashboard.js";
import { replicationBody } from "./replication-widgets.js";

/** A GlobalCache of the cell, by its name and its shape. */
export interface ShownCache {
  /** Name that the cache has within its cell. */
  readonly name: string;
  /** Shards of the cache, 3 by default as the cache itself has them. */
  readonly shards?: number;
  /** Replicas of a shard in each Region, 2 by default as the cache itself has them. */
  readonly replicasPerShard?: number;
}

/** What a {@link ReplicationDashboard} needs to know. Stores are named as within their cell. */
export interface ReplicationDashboardArgs {
  readonly cell: Cell;
  /** For each Region, the alarm there that asks to decide on the other one, as a CellWatch has it. */
  readonly decisionAlarmArns: PerRegion<pulumi.Input<string>>;
  /** For each Region, more alarms to show there: those of lag, for example. */
  readonly lagAlarmArns?: PerRegion<readonly pulumi.Input<string>[]>;
  /** For each Region, the canary that runs there and asks the other one. */
  readonly canaries?: PerRegion<string>;
  /** For each Region, its Application Load Balancer as metrics name it: `app/<name>/<id>`. */
  readonly loadBalancers?: PerRegion<pulumi.Input<string>>;
  /** Names of AuroraGlobalDatabases. */
  readonly databases?: readonly string[];
  /** Names of CrossRegionReplicas. */
  readonly replicas?: readonly string[];
  /** GlobalCaches. */
  readonly caches?: readonly ShownCache[];
  /** Names of GlobalTables. */
  readonly tables?: readonly string[];
  /** Names of ReplicatedBuckets. */
  readonly buckets?: readonly string[];
  /** Names of RegionalQueues. */
  readonly queues?: readonly string[];

  /**
   * Lag at which a line is drawn for databases, caches and tables.
   *
   * @unit seconds
   * @defaultValue 5
   */
  readonly lagSeconds?: number;

  /**
   * How far behind a bucket may be before it is above the line.
   *
   * @unit seconds
   * @defaultValue 900
   */
  readonly backlogSeconds?: number;

  /** How the dashboards' names begin; their Region follows. `<environment>-<cell>-replication` by default. */
  readonly dashboardName?: string;

  /** Last word on each dashboard's arguments. */
  readonly transformDashboard?: Transform<aws.cloudwatch.DashboardArgs>;
}

/**
 * The copies of a cell as both Regions see them: decision alarms, answers, failing requests and the
 * lag of every kind of store. One dashboard a Region, made through that Region, itself first.
 */
export class ReplicationDashboard extends pulumi.ComponentResource {
  /** The dashboard that begins with a Region, under the Region's name. */
  readonly dashboardNames: PerRegion<pulumi.Output<string>>;

  constructor(
    name: string,
    args: ReplicationDashboardArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    const { cell, transformDashboard } = args;
    const shown = shownOf(args);
    const contract = {
      ...cellContract(cell),
      dashboardName: args.dashboardName ?? `${cellPrefix(cell)}-replication`,
      ...shown,
    };
    super("aws-dr:observability:ReplicationDashboard", name, contract, opts);
    replicationProblems(args, contract).refuse(this);
    const sources = pulumi.output({
      decisionAlarmArns: args.decisionAlarmArns,
      ...(args.lagAlarmArns && { lagAlarmArns: args.lagAlarmArns }),
      ...(args.canaries && { canaries: args.canaries }),
      ...(args.loadBalancers && { loadBalancers: args.loadBalancers }),
    });

    this.dashboardNames = perRegion(cell, (region, other) => {
      const made = dashboard(
        this,
        `${name}-${region}`,
        {
          region,
          dashboardName: `${contract.dashboardName}-${region}`,
          body: sources.apply((known) =>
            replicationBody({ cell, ...shown }, known, [region, other]),
          ),
          ...(transformDashboard && { transformDashboard }),
        },
        { parent: this },
      );
      return made.dashboardName;
    });
    this.registerOutputs({ ...contract, dashboardNames: this.dashboardNames });
  }
}

function shownOf(args: ReplicationDashboardArgs) {
  return {
    databases: args.databases ?? [],
    replicas: args.replicas ?? [],
    caches: (args.caches ?? []).map(({ name, shards, replicasPerShard }) => ({
      name,
      shards: shards ?? cacheShards.default,
      replicasPerShard: replicasPerShard ?? cacheReplicas.default,
    })),
    tables: args.tables ?? [],
    buckets: args.buckets ?? [],
    queues: args.queues ?? [],
    lagSeconds: args.lagSeconds ?? lagSeconds.default,
    backlogSeconds: args.backlogSeconds ?? backlogSeconds.default,
  };
}

function replicationProblems(
  args: ReplicationDashboardArgs,
  contract: ReturnType<typeof shownOf> & { readonly dashboardName: string },
): Problems {
  const problems = new Problems();
  const { cell } = args;
  checkCell(problems, cell);
  const { decisionAlarmArns, lagAlarmArns, canaries, loadBalancers } = args;
  const perRegions = { decisionAlarmArns, lagAlarmArns, canaries, loadBalancers };
  for (const [path, given] of Object.entries(perRegions)) {
    if (given !== undefined) problems.add(path, regionsProblem(cell, given));
  }
  checkDashboardName(problems, `${contract.dashboardName}-${cell.regions.primary}`);
  problems.check("lagSeconds", within(lagSeconds), contract.lagSeconds);
  problems.check("backlogSeconds", within(backlogSeconds), contract.backlogSeconds);
  for (const [index, { shards, replicasPerShard }] of contract.caches.entries()) {
    problems.check(`caches[${index}].shards`, within(cacheShards), shards);
    problems.check(`caches[${index}].replicasPerShard`, within(cacheReplicas), replicasPerShard);
  }
  return problems;
}
