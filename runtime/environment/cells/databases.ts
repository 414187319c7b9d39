import { z } from "zod";
import {
  backupRetentionDays,
  cacheLagSeconds,
  cacheReplicas,
  cacheShards,
  databaseGibibytes,
  databaseInstances,
  enforcedRpoSeconds,
  lagAlarmMilliseconds,
  replicaLagSeconds,
  rpoSeconds,
  rtoMinutes,
} from "../../limits.js";
import { flag, listOf, name, text, whole, wholeOrDefault } from "../parts.js";
import { perSide, word } from "./parts.js";

/** What is promised of one store. */
const storeObjectives = z.strictObject({
  rtoMinutes: whole(rtoMinutes),
  rpoSeconds: whole(rpoSeconds),
});

const instanceClass = text(
  /^db\.[a-z]\w*\.\w+$/,
  "a class of database instances",
  'As in "db.r6g.large".',
);
const version = text(/^\d+\.\d+$/, "a version as major.minor", 'Write it in quotes, as in "16.6".');
const databaseName = text(
  /^[a-z][a-z0-9_]{0,62}$/,
  "1 to 63 lower-case letters, digits and underscores, the first a letter",
  'As in "orders".',
);

/** Names of services and clusters of the cell that may connect. */
const clients = listOf(name, "names of services and clusters").default([]);

const database = {
  name,
  engineVersion: version,
  clients,
  /** Name of the cell's secret that holds the master user's password. */
  secret: name,
  databaseName: databaseName.optional(),
  instanceClass: instanceClass.default("db.r6g.large"),
  backupRetentionDays: wholeOrDefault(backupRetentionDays),
  objectives: storeObjectives.optional(),
};

export const auroraDatabase = z.strictObject({
  ...database,
  onPartition: word(
    ["block-commits", "keep-committing"],
    "Choose what is worse while the Regions cannot reach each other: no writes, or lost ones.",
  ),
  enforcedRpoSeconds: whole(enforcedRpoSeconds).optional(),
  instancesPerRegion: wholeOrDefault(databaseInstances),
  headless: flag().default(false),
  writeForwarding: flag().default(false),
  lagAlarmMilliseconds: wholeOrDefault(lagAlarmMilliseconds),
});

export const replicatedDatabase = z.strictObject({
  ...database,
  replicaInstanceClass: instanceClass.optional(),
  allocatedGibibytes: wholeOrDefault(databaseGibibytes),
  lagAlarmSeconds: wholeOrDefault(replicaLagSeconds),
});

export const cache = z.strictObject({
  name,
  engine: word(["redis", "valkey"]),
  engineVersion: version,
  clients,
  /** Group of each Region's users that may connect. */
  userGroups: perSide(
    text(/^[a-z][a-z0-9-]{0,39}$/, "the id of a group of users", "Make it in ElastiCache first."),
  ),
  nodeType: text(
    /^cache\.[a-z]\w*\.\w+$/,
    "a type of cache nodes",
    'As in "cache.r7g.large".',
  ).default("cache.r7g.large"),
  shards: wholeOrDefault(cacheShards),
  replicasPerShard: wholeOrDefault(cacheReplicas),
  lagAlarmSeconds: wholeOrDefault(cacheLagSeconds),
  objectives: storeObjectives.optional(),
});
