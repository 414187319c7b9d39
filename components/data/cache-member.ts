import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { unchanged } from "../arguments.js";
import { cellPrefix } from "../cells/cell.js";
import { inRegion, namedIn } from "../cells/regional.js";
import { type Named, onceThere } from "../named.js";
import type { CacheSettings, GlobalCacheArgs } from "./global-cache.js";
import { type LagMetric, lagAlarms } from "./lag-alarms.js";
import { storeAccess } from "./store-access.js";

/** What a failover and the clients of one Region need to know of its member. */
export interface CacheMember {
  readonly replicationGroupId: pulumi.Output<string>;
  readonly replicationGroupArn: pulumi.Output<string>;
  /** Where clients of this Region connect; it takes writes while this member writes. */
  readonly configurationEndpoint: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;
  /** The composite over this Region's alarms of lag. */
  readonly lagAlarmArn: pulumi.Output<string>;
}

interface MemberArgs {
  readonly args: GlobalCacheArgs;
  readonly settings: CacheSettings;
  readonly region: string;
  readonly kmsKeyArn: pulumi.Output<string>;
  /** Of a secondary: the global datastore that it joins, and whose settings it takes. */
  readonly globalId?: pulumi.Output<string>;
  readonly child: pulumi.CustomResourceOptions;
  /** As `child`, for what holds data. */
  readonly kept: pulumi.CustomResourceOptions;
}

type Address = Pick<GlobalCacheArgs, "cell" | "name">;

const port = 6379;

/**
 * What the global datastore changes for all its members. A member alone is refused these changes.
 * Source: ElastiCache User Guide, limits of modifying members of a global datastore.
 */
const globalSettings = ["engine", "engineVersion", "nodeType", "numNodeGroups"];

/** The part of the global datastore's id that is known before AWS puts its prefix. */
export function globalCacheOf({ cell, name }: Address): string {
  return `${cellPrefix(cell)}-${name}`;
}

/** The member in a Region. */
export function cacheMemberOf(address: Address, region: string): Named {
  const name = `${globalCacheOf(address)}-${region}`;
  return namedIn(address.cell, region, "elasticache", "replicationgroup:", name);
}

/** One Region's replication group with its own network, users and alarms. */
export function cacheMember(name: string, given: MemberArgs): CacheMember {
  const { args, settings, region, kmsKeyArn, globalId, child, kept } = given;
  const { cell, transformMember = unchanged } = args;
  const placement = inRegion(args.placements, region);
  const named = cacheMemberOf(args, region);
  const access = storeAccess(name, { storeName: named.name, region, port, placement }, child);
  const subnets = new aws.elasticache.SubnetGroup(
    `${name}-subnets-${region}`,
    {
      region,
      name: named.name,
      description: `Subnets of ${named.name}`,
      subnetIds: placement.subnetIds,
    },
    child,
  );
  const memberArgs = transformMember({
    region,
    replicationGroupId: named.name,
    description: `Cache ${args.name} of cell ${cell.name} in ${region}`,
    ...(globalId === undefined
      ? ownSettings(args, settings)
      : { globalReplicationGroupId: globalId }),
    replicasPerNodeGroup: settings.replicasPerShard,
    automaticFailoverEnabled: true,
    multiAzEnabled: true,
    kmsKeyId: kmsKeyArn,
    port,
    subnetGroupName: subnets.name,
    securityGroupIds: [access.id],
    userGroupIds: [inRegion(args.userGroupIds, region)],
    autoMinorVersionUpgrade: false,
  });
  const group = new aws.elasticache.ReplicationGroup(`${name}-${region}`, memberArgs, {
    ...kept,
    ...(globalId === undefined && { ignoreChanges: globalSettings }),
  });
  const lagAlarmArn = lagAlarms(
    name,
    {
      storeName: named.name,
      account: cell.account,
      region,
      metrics: nodesOf(named.name, settings).map((node) => nodeLag(node, settings)),
      topicArns: placement.notificationTopicArns ?? [],
    },
    child,
  );
  return {
    replicationGroupId: group.replicationGroupId,
    replicationGroupArn: onceThere(group.replicationGroupId, named),
    configurationEndpoint: group.configurationEndpointAddress,
    securityGroupId: access.id,
    lagAlarmArn,
  };
}

/** Of the first writer. The provider refuses them in a member that joins: it takes those of the datastore. */
function ownSettings(
  { engine, engineVersion }: GlobalCacheArgs,
  { nodeType, shards }: CacheSettings,
): Partial<aws.elasticache.ReplicationGroupArgs> {
  return {
    engine,
    engineVersion,
    nodeType,
    numNodeGroups: shards,
    parameterGroupName: `default.${engine}${engineVersion.split(".")[0]}.cluster.on`,
    atRestEncryptionEnabled: true,
    transitEncryptionEnabled: true,
    transitEncryptionMode: "required",
  };
}

/** Nodes as ElastiCache names them in cluster mode, `<group>-0001-001`: of a shard, any may lead it. */
export function nodesOf(
  group: string,
  { shards, replicasPerShard }: Pick<CacheSettings, "shards" | "replicasPerShard">,
): readonly string[] {
  const numbers = (count: number, digits: number) =>
    Array.from({ length: count }, (_, index) => String(index + 1).padStart(digits, "0"));
  return numbers(shards, 4).flatMap((shard) =>
    numbers(replicasPerShard + 1, 3).map((node) => `${group}-${shard}-${node}`),
  );
}

function nodeLag(node: string, { lagAlarmSeconds }: CacheSettings): LagMetric {
  return {
    role: node.slice(-8),
    namespace: "AWS/ElastiCache",
    metricName: "GlobalDatastoreReplicationLag",
    dimensions: { CacheClusterId: node },
    threshold: lagAlarmSeconds,
  };
}
