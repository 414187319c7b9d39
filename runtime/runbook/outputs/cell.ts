import { z } from "zod";
import { type MechanismName, mechanisms } from "../../core/cells/mechanisms.js";
import { residencyZones } from "../../core/cells/residency.js";
import {
  accountId,
  listOf,
  name,
  oneLine,
  text,
  type Wording,
  wordings,
} from "../../environment/parts.js";
import { again, arn, flag, positive, wholeNumber } from "./parts.js";

const zone = z.enum(Object.keys(residencyZones) as (keyof typeof residencyZones)[]);
const region = z.enum(Object.values(residencyZones).flat());
const mechanism = z.enum(Object.keys(mechanisms) as MechanismName[]);

function word<const Words extends readonly [string, ...string[]]>(...words: Words) {
  return worded(z.enum(words), `one of ${words.map((one) => `"${one}"`).join(", ")}`);
}

function worded<T extends z.ZodType>(schema: T, rule: string): T {
  const wording: Wording = { rule, remedy: again };
  wordings.add(schema, wording);
  return schema;
}

/** What each Region of the cell has. */
function perSide<T extends z.ZodType>(part: T) {
  return z.strictObject({ primary: part, recovery: part });
}

const capacity = z.strictObject({ resting: wholeNumber, normal: positive, failover: positive });

const instanceClass = text(/^db\.[\w.]+$/, "a class of database instances", again);
const path = text(/^\/\S*$/, "a path that begins with a slash", again);
const domainName = text(
  /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)+$/,
  "a whole domain name in lower case",
  again,
);

const serviceSide = z.strictObject({
  clusterName: oneLine,
  serviceName: oneLine,
  scalableResourceId: oneLine,
  loadBalancerDnsName: oneLine,
  tasks: capacity,
});

const service = z.strictObject({
  name,
  healthCheckPath: path,
  primary: serviceSide,
  /** Absent where the service runs in the primary Region alone. */
  recovery: serviceSide.optional(),
});

const clusterSide = z.strictObject({
  clusterName: oneLine,
  nodeGroupName: oneLine,
  nodes: capacity,
});
const cluster = z.strictObject({ name, primary: clusterSide, recovery: clusterSide });

const auroraMember = z.strictObject({
  clusterIdentifier: oneLine,
  clusterArn: arn,
  clusterEndpoint: oneLine,
  instanceParameterGroupName: oneLine,
  clusterParameterGroupName: oneLine,
});
const auroraDatabase = z.strictObject({
  name,
  globalClusterIdentifier: oneLine,
  writerEndpoint: oneLine,
  headless: flag,
  onPartition: word("block-commits", "keep-committing"),
  instanceClass,
  members: perSide(auroraMember),
});

const replicaInstance = z.strictObject({
  identifier: oneLine,
  instanceArn: arn,
  address: oneLine,
  instanceClass,
  securityGroupId: text(/^sg-[0-9a-f]+$/, "the id of a security group", again),
  parameterGroupName: oneLine,
});
const replicatedDatabase = z.strictObject({
  name,
  backupRetentionDays: positive,
  backupWindow: oneLine,
  maxAllocatedGibibytes: positive,
  /** Whether RDS refuses to delete its instances. */
  keepData: flag,
  instances: perSide(replicaInstance),
});

const cacheMember = z.strictObject({ replicationGroupId: oneLine, configurationEndpoint: oneLine });
const cache = z.strictObject({
  name,
  globalReplicationGroupId: oneLine,
  members: perSide(cacheMember),
});

const queue = z.strictObject({
  name,
  pattern: word("outbox", "fan-out"),
  onRecovery: word("purge", "quarantine", "reprocess"),
  queueUrls: perSide(oneLine),
  queueArns: perSide(arn),
});

const clusterEndpoint = z.strictObject({ endpoint: oneLine, region: oneLine });

const traffic = z.strictObject({
  turnsBy: word("health", "standby-takes-over", "routing-control"),
  routing: word("failover", "latency"),
  dns: z.strictObject({
    requestIntervalSeconds: positive,
    failureThreshold: positive,
    ttlSeconds: wholeNumber,
  }),
  records: listOf(z.strictObject({ name: domainName, service: name }), "records"),
  /** Where each Region's flag is put; there where the standby takes over. */
  flags: perSide(oneLine).optional(),
  /** There where routing controls turn traffic. */
  controls: z
    .strictObject({ controlArns: perSide(arn), endpoints: listOf(clusterEndpoint, "endpoints") })
    .optional(),
});

const table = z.strictObject({
  name,
  tableName: oneLine,
  /** Of a table without a replica: what a restore from its backups leaves out. */
  restored: z
    .strictObject({
      keepData: flag,
      ttlAttribute: oneLine.optional(),
      backupTag: z.strictObject({ key: oneLine, value: oneLine }),
    })
    .optional(),
});

/** A store of the cell with the way in which it is copied. */
const copy = z.strictObject({
  name,
  mechanism: worded(mechanism, "a mechanism that this release knows"),
  activationSeconds: wholeNumber.optional(),
  onPartition: word("block-commits", "keep-committing").optional(),
  enforcedRpoSeconds: positive.optional(),
  backedUpEverySeconds: positive.optional(),
  stores: listOf(oneLine, "kinds of stores").optional(),
  keptDays: positive.optional(),
});

/** Two Regions of one account that may hold each other's data, and all that a failover must know. */
export const cellOutputs = z.strictObject({
  name,
  account: accountId,
  residency: worded(zone, "a residency zone that this release knows"),
  regions: perSide(worded(region, "a Region of a residency zone that this release knows")),
  strategy: word("backup-and-restore", "pilot-light", "warm-standby", "active-active"),
  objectives: z.strictObject({
    rtoMinutes: positive,
    rpoSeconds: wholeNumber,
    scaleSeconds: wholeNumber,
    verifySeconds: wholeNumber,
    availabilityPercent: worded(
      z.number().min(90).lt(100),
      "a number, 90 to less than 100",
    ).optional(),
    consistency: word("strong").optional(),
    latencyMs: positive.optional(),
    roundTripMs: positive.optional(),
    retentionYears: positive.optional(),
    transactions: z.strictObject({ perMinute: positive, kilobytes: positive }).optional(),
  }),
  copies: listOf(copy, "copies"),
  keyArns: perSide(arn),
  topicArns: perSide(arn),
  watch: z.strictObject({ decisionAlarmArns: perSide(arn), detectionSeconds: positive }).optional(),
  services: listOf(service, "services"),
  clusters: listOf(cluster, "clusters"),
  auroraDatabases: listOf(auroraDatabase, "global databases"),
  replicatedDatabases: listOf(replicatedDatabase, "databases with a replica"),
  caches: listOf(cache, "caches"),
  tables: listOf(table, "tables"),
  buckets: listOf(z.strictObject({ name, bucketNames: perSide(oneLine) }), "buckets"),
  queues: listOf(queue, "queues"),
  secrets: listOf(z.strictObject({ name, secretName: oneLine }), "secrets"),
  repositories: listOf(oneLine, "repositories"),
  /** Name of the vaults, the same in both Regions; absent where nothing is backed up. */
  backupVault: oneLine.optional(),
  /** With what AWS Backup backs up and restores; there where a table is restored. */
  backupRoles: z.strictObject({ backUp: arn, restore: arn }).optional(),
  traffic: traffic.optional(),
});

export type CellOutputs = z.infer<typeof cellOutputs>;
export type Side = keyof CellOutputs["regions"];
