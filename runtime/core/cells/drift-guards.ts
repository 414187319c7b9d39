/**
 * What a failover changes outside of a deployment. A later deployment must leave it as it is: put
 * back, it would detach production from its standby, promote or replace a database, or shrink what
 * was just scaled up. Components ignore these properties; a policy asks that everybody does.
 */
export interface DriftGuard {
  /** Type token of the resource. */
  readonly type: string;
  /** The guard is needed where this property is set; everywhere when absent. */
  readonly where?: string;
  /** Property paths that `ignoreChanges` must hold. */
  readonly ignoreChanges: readonly string[];
  /** What a deployment after a failover would do without them. */
  readonly otherwise: string;
}

/** Every property that a failover or failback of this package, or of AWS itself, may change. */
export const driftGuards: readonly DriftGuard[] = [
  {
    type: "aws:rds/cluster:Cluster",
    where: "globalClusterIdentifier",
    // Source: terraform-provider-aws, resource aws_rds_cluster, update of the first two arguments.
    ignoreChanges: ["globalClusterIdentifier", "replicationSourceIdentifier", "engineVersion"],
    otherwise: "the member is detached from its global database, or promoted",
  },
  {
    type: "aws:rds/clusterInstance:ClusterInstance",
    ignoreChanges: ["engineVersion"],
    otherwise: "an instance is asked for another version than its cluster has",
  },
  {
    type: "aws:rds/instance:Instance",
    where: "replicateSourceDb",
    // Source: terraform-provider-aws, resource aws_db_instance: a changed source is an error, none a promotion.
    ignoreChanges: ["replicateSourceDb"],
    otherwise: "every deployment fails, or an untouched replica is promoted",
  },
  {
    type: "aws:elasticache/globalReplicationGroup:GlobalReplicationGroup",
    // Source: terraform-provider-aws reads the member with role primary into an argument that forces replacement.
    ignoreChanges: ["primaryReplicationGroupId"],
    otherwise: "the global datastore is replaced",
  },
  {
    type: "aws:eks/nodeGroup:NodeGroup",
    ignoreChanges: ["scalingConfig.desiredSize", "scalingConfig.minSize"],
    otherwise: "the nodes that carry production are taken away",
  },
  {
    type: "aws:ecs/service:Service",
    ignoreChanges: ["desiredCount"],
    otherwise: "the tasks that carry production are stopped",
  },
  {
    type: "aws:appautoscaling/target:Target",
    ignoreChanges: ["minCapacity"],
    otherwise: "the floor that keeps production's capacity is lowered",
  },
  {
    type: "aws:lambda/eventSourceMapping:EventSourceMapping",
    ignoreChanges: ["enabled"],
    otherwise: "the consumers of the active Region stop, or both Regions consume",
  },
  {
    type: "aws:secretsmanager/secret:Secret",
    where: "replicas",
    // Source: Secrets Manager API Reference, StopReplicationToReplica: the replica becomes a secret of its own.
    ignoreChanges: ["replicas"],
    otherwise: "a secret that was changed in the active Region is asked to be a replica again",
  },
  {
    type: "aws:kms/replicaKey:ReplicaKey",
    // Source: KMS Developer Guide, UpdatePrimaryRegion: the former primary becomes the replica.
    ignoreChanges: ["primaryKeyArn"],
    otherwise: "a key is replaced, and with it all that it encrypted is lost",
  },
  {
    type: "aws:synthetics/canary:Canary",
    ignoreChanges: ["startCanary"],
    otherwise: "a canary that was stopped for a drill asks again in the midst of it",
  },
  {
    type: "aws:globalaccelerator/endpointGroup:EndpointGroup",
    ignoreChanges: ["trafficDialPercentage"],
    otherwise: "traffic is sent back before it was meant to be",
  },
];

/** What a resource's `ignoreChanges` must hold, by its type token and the properties that are set. */
export function guardsFor(
  type: string,
  isSet: (property: string) => boolean,
): readonly DriftGuard[] {
  return driftGuards.filter(
    (guard) => guard.type === type && (guard.where === undefined || isSet(guard.where)),
  );
}

/** The properties of one type that components ignore. */
export function ignoredAfterFailover(type: string): string[] {
  return driftGuards.filter((guard) => guard.type === type).flatMap((guard) => guard.ignoreChanges);
}
