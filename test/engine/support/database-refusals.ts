import type { Refusal } from "./refusal.js";
import type { Thing } from "./world.js";

const globalCluster = "aws:rds/globalCluster:GlobalCluster";
const cluster = "aws:rds/cluster:Cluster";
const clusterInstance = "aws:rds/clusterInstance:ClusterInstance";
const instance = "aws:rds/instance:Instance";
const globalCache = "aws:elasticache/globalReplicationGroup:GlobalReplicationGroup";
const cacheMember = "aws:elasticache/replicationGroup:ReplicationGroup";

/** Databases and caches without which AWS refuses others. */
export const databasesNeededByOthers: readonly string[] = [
  globalCluster,
  cluster,
  clusterInstance,
  instance,
  globalCache,
  cacheMember,
];

/** What RDS and ElastiCache say to one who orders in the wrong order. */
export const databaseCreations = withinAccount({
  [cluster]: ({ inputs }, things) => {
    const { globalClusterIdentifier: id } = inputs;
    if (id === undefined) return undefined;
    if (!things.some((thing) => thing.type === globalCluster && thing.id === id)) {
      return `GlobalClusterNotFoundFault: Global cluster ${id} not found`;
    }
    const [first] = membersOf(things, id);
    if (first === undefined) return undefined;
    if (inputs.masterUsername !== undefined) {
      return "InvalidParameterValue: Cannot specify user name for cross region replication cluster";
    }
    const isThere = instancesOf(things, first).length > 0;
    return isThere ? undefined : `InvalidDBClusterStateFault: ${first.id} has no instance`;
  },
  [instance]: ({ inputs }, things) => {
    const source = inputs.replicateSourceDb;
    const isThere = things.some(({ type, outputs }) => type === instance && outputs.arn === source);
    return source === undefined || isThere ? undefined : `DBInstanceNotFound: ${source}`;
  },
  [cacheMember]: ({ inputs }, things) => {
    const id = inputs.globalReplicationGroupId;
    const isThere = things.some((thing) => thing.type === globalCache && thing.id === id);
    return id === undefined || isThere ? undefined : `GlobalReplicationGroupNotFoundFault: ${id}`;
  },
});

/** What RDS and ElastiCache say to one who deletes what is protected, needed, or writes for others. */
export const databaseDeletions = withinAccount({
  [globalCluster]: (thing, things) => {
    const isEmpty = membersOf(things, thing.id).length === 0;
    return isEmpty
      ? protectedRefusal(thing)
      : `InvalidGlobalClusterStateFault: Global Cluster ${thing.id} is not empty`;
  },
  [cluster]: (thing, things) => {
    const id = thing.inputs.globalClusterIdentifier;
    const others = membersOf(things, id).filter((member) => member.id !== thing.id);
    if (others.length > 0 && !follows(thing)) {
      return `InvalidGlobalClusterStateFault: ${thing.id} writes for others and cannot be removed from ${id}`;
    }
    return instancesOf(things, thing).length > 0
      ? "InvalidDBClusterStateFault: Cluster cannot be deleted, it still contains DB instances in non-deleting state."
      : protectedRefusal(thing);
  },
  [instance]: (thing) => protectedRefusal(thing),
  [globalCache]: (thing, things) => {
    const joined = things.some(
      ({ type, inputs }) => type === cacheMember && inputs.globalReplicationGroupId === thing.id,
    );
    return joined
      ? `InvalidGlobalReplicationGroupStateFault: ${thing.id} has secondary members`
      : undefined;
  },
});

/** Identifiers are an account's own: what others have counts for nothing. */
function withinAccount(
  refusals: Readonly<Record<string, Refusal>>,
): Readonly<Record<string, Refusal>> {
  const own =
    (refusal: Refusal): Refusal =>
    (thing, things) =>
      refusal(
        thing,
        things.filter(({ account }) => account === thing.account),
      );
  return Object.fromEntries(
    Object.entries(refusals).map(([type, refusal]) => [type, own(refusal)]),
  );
}

function protectedRefusal({ id, inputs }: Thing): string | undefined {
  return inputs.deletionProtection === true
    ? `InvalidParameterCombination: Cannot delete protected ${id}`
    : undefined;
}

function membersOf(things: readonly Thing[], globalId: unknown): readonly Thing[] {
  return things.filter(
    ({ type, inputs }) =>
      type === cluster && globalId !== undefined && inputs.globalClusterIdentifier === globalId,
  );
}

function instancesOf(things: readonly Thing[], { id, region }: Thing): readonly Thing[] {
  return things.filter(
    (thing) =>
      thing.type === clusterInstance &&
      thing.region === region &&
      thing.inputs.clusterIdentifier === id,
  );
}

/** A secondary names its source region when it is made; from then on AWS tells its source. */
function follows({ inputs, outputs }: Thing): boolean {
  const source = outputs.replicationSourceIdentifier ?? inputs.sourceRegion ?? "";
  return source !== "";
}
