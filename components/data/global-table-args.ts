import type * as aws from "@pulumi/aws";
import { taggedForBackup } from "./backup-tag.js";
import type { GlobalTableArgs } from "./global-table.js";

/**
 * The table as it is created in the primary Region, with its replica if it has one. Both have what
 * DynamoDB does not copy: recovery to a point in time, protection from deletion, a key.
 */
export function globalTableArgs(
  args: GlobalTableArgs,
  tableName: string,
  keepData: boolean,
): aws.dynamodb.TableArgs {
  const { cell, keyArns, rangeKey, indexes = [], ttlAttribute, witnessRegion } = args;
  const { primary } = cell.regions;
  const primaryKey = keyArns[primary];
  return {
    region: primary,
    name: tableName,
    billingMode: "PAY_PER_REQUEST",
    hashKey: args.hashKey,
    ...(rangeKey !== undefined && { rangeKey }),
    attributes: attributesOf(args),
    ...(indexes.length > 0 && {
      globalSecondaryIndexes: indexes.map((index) => ({ ...index, projectionType: "ALL" })),
    }),
    ...(ttlAttribute !== undefined && { ttl: { enabled: true, attributeName: ttlAttribute } }),
    pointInTimeRecovery: { enabled: true },
    serverSideEncryption: {
      enabled: true,
      ...(primaryKey !== undefined && { kmsKeyArn: primaryKey }),
    },
    deletionProtectionEnabled: keepData,
    ...taggedForBackup(args.backupTag),
    ...(args.replicated !== false && withReplica(args, keepData)),
    ...(witnessRegion !== undefined && { globalTableWitness: { regionName: witnessRegion } }),
  };
}

function withReplica(
  { cell, keyArns, consistency }: GlobalTableArgs,
  keepData: boolean,
): Partial<aws.dynamodb.TableArgs> {
  const { recovery } = cell.regions;
  const kmsKeyArn = keyArns[recovery];
  return {
    // A replica needs the stream of new and old images. Source: global tables, version 2019.11.21.
    streamEnabled: true,
    streamViewType: "NEW_AND_OLD_IMAGES",
    replicas: [
      {
        regionName: recovery,
        consistencyMode: consistency === "strong" ? "STRONG" : "EVENTUAL",
        ...(kmsKeyArn !== undefined && { kmsKeyArn }),
        pointInTimeRecovery: true,
        deletionProtectionEnabled: keepData,
        propagateTags: true,
      },
    ],
  };
}

/** Names of all attributes that some key is made of. */
export function keyAttributes({ hashKey, rangeKey, indexes = [] }: GlobalTableArgs): string[] {
  const ofIndexes = indexes.flatMap((index) => [index.hashKey, index.rangeKey]);
  const names = [hashKey, rangeKey, ...ofIndexes].filter((name) => name !== undefined);
  return [...new Set(names)];
}

function attributesOf(args: GlobalTableArgs) {
  const { attributeTypes = {} } = args;
  return keyAttributes(args).map((name) => ({ name, type: attributeTypes[name] ?? "S" }));
}
