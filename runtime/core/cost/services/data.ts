import { type Assessments, always, byUse, due, type Finding } from "../finding.js";
import { cacheNode } from "../prices/caches.js";
import { databaseInstance } from "../prices/databases.js";
import { standing, used } from "../prices/services.js";
import { type CostedResource, Reading, type Stack } from "../resources.js";

const instanceType = "aws:rds/instance:Instance";
const clusterType = "aws:rds/cluster:Cluster";
const groupType = "aws:elasticache/replicationGroup:ReplicationGroup";

const key = always(due("KMS", "keys", standing.key, 1));

/** Databases, caches, tables, buckets, keys, secrets and queues. */
export const dataAssessments: Assessments = {
  [instanceType]: database,
  [clusterType]: cluster,
  "aws:rds/clusterInstance:ClusterInstance": clusterMember,
  [groupType]: cache,
  "aws:dynamodb/table:Table": table,
  "aws:s3/bucket:Bucket": always(byUse("S3", "objects stored", used.storedObjects)),
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": always(
    byUse("S3", "data replicated, its transfer and its time control"),
  ),
  "aws:ecr/repository:Repository": always(byUse("ECR", "images stored", used.storedImages)),
  "aws:backup/vault:Vault": always(byUse("Backup", "RDS backups kept", used.storedBackups)),
  "aws:backup/restoreTestingPlan:RestoreTestingPlan": always(
    byUse("Backup", "restores on trial, and what they restore to"),
  ),
  "aws:kms/key:Key": key,
  "aws:kms/replicaKey:ReplicaKey": key,
  "aws:secretsmanager/secret:Secret": (reading) => [
    due(
      "Secrets Manager",
      "secrets and replicas",
      standing.secret,
      1 + (reading.count("replicas") ?? 0),
    ),
  ],
  "aws:sqs/queue:Queue": always(byUse("SQS", "requests", used.queueRequests)),
  "aws:sns/topic:Topic": always(byUse("SNS", "notices", used.notices)),
};

function database(reading: Reading, instance: CostedResource, stack: Stack): readonly Finding[] {
  const source = sourceOf(reading.text("replicateSourceDb"), instance, stack);
  const origin = source && new Reading(source);
  const engine = reading.text("engine") ?? origin?.text("engine") ?? "";
  const instanceClass = reading.text("instanceClass") ?? "";
  const storedGib = reading.number("allocatedStorage") ?? origin?.number("allocatedStorage");
  const zones = reading.isTrue("multiAz") ? 2 : 1;
  const kind = reading.text("storageType") ?? "gp2";
  const storage = kind === "gp3" || kind === "gp2" ? standing.databaseStorage : undefined;
  const what = `${instanceClass} instances of ${engine}`;
  return [
    due("RDS", what, databaseInstance(engine, instanceClass), zones),
    storedGib === undefined
      ? byUse("RDS", `${kind} storage`, storage)
      : due("RDS", `GiB of ${kind} storage`, storage, storedGib * zones),
    byUse("RDS", "backups beyond the size of the database", used.storedBackups),
  ];
}

/** The instance of which another is a replica, by its identifier or its ARN. */
function sourceOf(
  replicated: string | undefined,
  instance: CostedResource,
  stack: Stack,
): CostedResource | undefined {
  const identifier = replicated?.split(":").at(-1);
  const named = stack
    .ofType(instanceType)
    .find(({ props }) => identifier !== undefined && props.identifier === identifier);
  return named ?? stack.behind(instance, "replicateSourceDb", instanceType);
}

function cluster(reading: Reading, resource: CostedResource, stack: Stack): readonly Finding[] {
  return [
    ...missingMembers(reading, resource, stack),
    byUse("Aurora", "storage", used.auroraStorage),
    byUse("Aurora", "reads and writes of the storage", used.auroraRequests),
    byUse("Aurora", "backups beyond a day's", used.storedBackups),
  ];
}

/** A headless member has no instance; a failover makes as many as the primary has. */
function missingMembers(
  reading: Reading,
  resource: CostedResource,
  stack: Stack,
): readonly Finding[] {
  const cell = stack.cellOf(resource);
  if (cell === undefined || resource.region !== cell.recoveryRegion) return [];
  const contract = new Reading(cell.component);
  if (!contract.isTrue("headless")) return [];
  const engine = reading.text("engine") ?? "";
  const instanceClass = contract.text("instanceClass") ?? "";
  const inFailover = contract.number(`instances.${cell.primaryRegion}`) ?? 1;
  const price = databaseInstance(engine, instanceClass);
  return [due("Aurora", `${instanceClass} instances of ${engine}`, price, 0, { inFailover })];
}

function clusterMember(reading: Reading, member: CostedResource, stack: Stack): readonly Finding[] {
  const around = stack.behind(member, "clusterIdentifier", clusterType);
  const clusterReading = around && new Reading(around);
  const engine = reading.text("engine") ?? clusterReading?.text("engine") ?? "";
  const instanceClass = reading.text("instanceClass") ?? "";
  if (instanceClass === "db.serverless") {
    return [byUse("Aurora", "serverless capacity units", used.auroraCapacity)];
  }
  const isOptimized = clusterReading?.text("storageType") === "aurora-iopt1";
  const price = isOptimized ? undefined : databaseInstance(engine, instanceClass);
  return [due("Aurora", `${instanceClass} instances of ${engine}`, price, 1)];
}

function cache(reading: Reading, group: CostedResource, stack: Stack): readonly Finding[] {
  const primary = primaryOf(group, stack);
  const origin = primary && new Reading(primary);
  const engine = reading.text("engine") ?? origin?.text("engine") ?? "redis";
  const nodeType = reading.text("nodeType") ?? origin?.text("nodeType") ?? "";
  const shards = reading.number("numNodeGroups") ?? origin?.number("numNodeGroups") ?? 1;
  const replicas = reading.number("replicasPerNodeGroup");
  const nodes =
    replicas === undefined
      ? (reading.number("numCacheClusters") ?? shards)
      : shards * (1 + replicas);
  return [due("ElastiCache", `${nodeType} nodes of ${engine}`, cacheNode(engine, nodeType), nodes)];
}

/** The member of a global datastore that says what all of them are. */
function primaryOf(group: CostedResource, stack: Stack): CostedResource | undefined {
  const datastore = stack.behind(
    group,
    "globalReplicationGroupId",
    "aws:elasticache/globalReplicationGroup:GlobalReplicationGroup",
  );
  if (datastore === undefined) return undefined;
  const { primaryReplicationGroupId } = datastore.props;
  return (
    stack
      .ofType(groupType)
      .find(({ props }) => props.replicationGroupId === primaryReplicationGroupId) ??
    stack.behind(datastore, "primaryReplicationGroupId", groupType)
  );
}

function table(reading: Reading): readonly Finding[] {
  const isProvisioned = reading.text("billingMode") !== "PAY_PER_REQUEST";
  const copies = 1 + (reading.count("replicas") ?? 0);
  const requests = [
    byUse("DynamoDB", copies > 1 ? `writes, in ${copies} Regions each` : "writes", used.writes),
    byUse("DynamoDB", "reads", used.reads),
  ];
  return [
    ...(isProvisioned ? [due("DynamoDB", "provisioned capacity", undefined, copies)] : requests),
    byUse("DynamoDB", "rows stored", used.storedRows),
  ];
}
