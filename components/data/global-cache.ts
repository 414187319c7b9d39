import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ignoredAfterFailover } from "../../runtime/core/cells/drift-guards.js";
import { mechanisms } from "../../runtime/core/cells/mechanisms.js";
import { cacheLagSeconds, cacheReplicas, cacheShards } from "../../runtime/limits.js";
import { type Transform, unchanged } from "../arguments.js";
import { type Cell, cellContract } from "../cells/cell.js";
import { checkedKeyArn, type KeyArns } from "../cells/keys.js";
import type { PerRegion } from "../cells/regional.js";
import { type CacheMember, cacheMember, globalCacheOf } from "./cache-member.js";
import { cacheProblems } from "./cache-problems.js";
import type { StoreObjectives } from "./objectives.js";
import type { StorePlacements } from "./placement.js";

/** What a {@link GlobalCache} needs to know. */
export interface GlobalCacheArgs {
  readonly cell: Cell;
  /** Name of the cache within its cell; all identifiers begin `<environment>-<cell>-<name>`. */
  readonly name: string;
  /** Where it stands in each of the two Regions, under the Region's name. */
  readonly placements: StorePlacements;
  /** Key that encrypts in each Region, such as `keyArns` of a CellKey. AWS takes no key of another Region. */
  readonly keyArns: KeyArns;
  /**
   * User group that may connect in each Region, under the Region's name. ElastiCache copies neither
   * users nor tokens to another Region; groups need no secret here, and their users may come by IAM.
   */
  readonly userGroupIds: PerRegion<pulumi.Input<string>>;
  readonly engine: "redis" | "valkey";
  /** Version of the engine as major.minor, such as `8.0`; raised in the global datastore, which takes its members along. */
  readonly engineVersion: string;

  /**
   * Type of every node. A global datastore takes families of M5, R5 and later, `large` and above.
   *
   * @defaultValue "cache.r7g.large"
   */
  readonly nodeType?: string;

  /**
   * Shards, the same number in both Regions.
   *
   * @unit shards
   * @defaultValue 3
   */
  readonly shards?: number;

  /**
   * Replicas of each shard in each Region, in other zones.
   *
   * @unit replicas a shard
   * @defaultValue 2
   */
  readonly replicasPerShard?: number;

  /**
   * Lag at which the alarms of both Regions go off.
   *
   * @unit seconds
   * @defaultValue 5
   */
  readonly lagAlarmSeconds?: number;

  /** What is promised of this cache; policies compare it with what the settings can hold. */
  readonly objectives?: StoreObjectives;

  /**
   * Whether Pulumi refuses to delete the cache. ElastiCache has no protection of its own. To remove it
   * for good, deploy it once with `false`, then destroy it.
   *
   * @defaultValue true
   */
  readonly keepData?: boolean;

  /** Last word on each member's arguments. Identifiers must stay. */
  readonly transformMember?: Transform<aws.elasticache.ReplicationGroupArgs>;
  /** Last word on the global datastore's arguments, such as the parameter group that a new major version needs. */
  readonly transformGlobal?: Transform<aws.elasticache.GlobalReplicationGroupArgs>;
}

/**
 * One cache over two Regions, an ElastiCache global datastore in cluster mode: a member that writes
 * and one that follows. AWS moves the writer when it is told to, never by itself.
 */
export class GlobalCache extends pulumi.ComponentResource {
  /** What FailoverGlobalReplicationGroup takes first. AWS puts a prefix of its own before the name. */
  readonly globalReplicationGroupId: pulumi.Output<string>;
  /** The member in each Region, under the Region's name. */
  readonly members: PerRegion<CacheMember>;

  constructor(name: string, args: GlobalCacheArgs, opts?: pulumi.ComponentResourceOptions) {
    const settings = settingsOf(args);
    const contract = contractOf(args, settings);
    super("aws-dr:data:GlobalCache", name, contract, opts);
    cacheProblems(args, settings).refuse(this);
    const { cell, keepData = true, transformGlobal = unchanged } = args;
    const { primary, recovery } = cell.regions;
    const child = { parent: this };
    const kept = { ...child, protect: keepData };
    const member = (region: string, globalId?: pulumi.Output<string>) =>
      cacheMember(name, {
        args,
        settings,
        region,
        kmsKeyArn: checkedKeyArn(this, cell, args.keyArns, region),
        ...(globalId && { globalId }),
        child,
        kept,
      });

    const writer = member(primary);
    const global = new aws.elasticache.GlobalReplicationGroup(
      `${name}-global`,
      transformGlobal({
        region: primary,
        globalReplicationGroupIdSuffix: globalCacheOf(args),
        globalReplicationGroupDescription: `Cache ${args.name} of cell ${cell.name}`,
        primaryReplicationGroupId: writer.replicationGroupId,
        automaticFailoverEnabled: true,
        cacheNodeType: settings.nodeType,
        engine: args.engine,
        engineVersion: args.engineVersion,
        numNodeGroups: settings.shards,
      }),
      {
        ...kept,
        ignoreChanges: ignoredAfterFailover(
          "aws:elasticache/globalReplicationGroup:GlobalReplicationGroup",
        ),
      },
    );
    this.globalReplicationGroupId = global.id;
    this.members = { [primary]: writer, [recovery]: member(recovery, global.id) };
    this.registerOutputs({
      ...contract,
      globalReplicationGroupId: this.globalReplicationGroupId,
      members: this.members,
    });
  }
}

/** What holds where the user said nothing. */
export interface CacheSettings {
  readonly nodeType: string;
  readonly shards: number;
  readonly replicasPerShard: number;
  readonly lagAlarmSeconds: number;
}

function settingsOf(args: GlobalCacheArgs): CacheSettings {
  return {
    nodeType: args.nodeType ?? "cache.r7g.large",
    shards: args.shards ?? cacheShards.default,
    replicasPerShard: args.replicasPerShard ?? cacheReplicas.default,
    lagAlarmSeconds: args.lagAlarmSeconds ?? cacheLagSeconds.default,
  };
}

function contractOf(args: GlobalCacheArgs, settings: CacheSettings) {
  const { cell, engine, engineVersion, objectives } = args;
  const mechanism = "elasticache-global-datastore" as const;
  return {
    ...cellContract(cell),
    name: args.name,
    mechanism,
    activationSeconds: mechanisms[mechanism].activationSeconds,
    engine,
    engineVersion,
    ...settings,
    keepData: args.keepData ?? true,
    ...(objectives && { objectives }),
  };
}
