import {
  BackupVaultPair,
  type CellKey,
  type CellTopics,
  GlobalTable,
  RegionalQueue,
  ReplicatedBucket,
  ReplicatedRegistry,
  ReplicatedSecret,
} from "../../components/index.js";
import type { CellDeclaration } from "../../runtime/environment/schema.js";
import { given } from "../given.js";
import { backupTagFor, type CellContext } from "./context.js";
import { eachNamed, imagesName, namesOf } from "./named.js";

/** The cell's stores that need no network, each under the name that the file gives it. */
export interface DeployedStores {
  readonly tables: ReadonlyMap<string, GlobalTable>;
  readonly buckets: ReadonlyMap<string, ReplicatedBucket>;
  readonly queues: ReadonlyMap<string, RegionalQueue>;
  readonly secrets: ReadonlyMap<string, ReplicatedSecret>;
  readonly images: ReplicatedRegistry | undefined;
  readonly backups: BackupVaultPair | undefined;
}

export function deployStores(
  context: CellContext,
  { keyArns }: CellKey,
  { topicArns }: CellTopics,
): DeployedStores {
  const { declaration, cell, options } = context;
  const { keepData, images, backups } = declaration;
  const common = { cell, keyArns, keepData };
  const late = lateness(declaration);
  const restoredTables = namesOf(declaration.tables.filter(({ replicated }) => !replicated));
  return {
    tables: eachNamed(cell, "table", declaration.tables, (name, table) => {
      const lag = table.replicated && table.consistency === "eventual" ? late.tables : {};
      const backedUp = backupTagFor(context, "dynamodb");
      const args = { ...common, topicArns, ...lag, ...backedUp, ...given(table) };
      return new GlobalTable(name, args, options);
    }),
    buckets: eachNamed(cell, "bucket", declaration.buckets, (name, bucket) => {
      const args = { ...common, topicArns, ...late.buckets, ...given(bucket) };
      return new ReplicatedBucket(name, args, options);
    }),
    queues: eachNamed(cell, "queue", declaration.queues, (name, queue) => {
      return new RegionalQueue(name, { ...common, topicArns, ...given(queue) }, options);
    }),
    secrets: eachNamed(cell, "secret", declaration.secrets, (name, secret) => {
      return new ReplicatedSecret(name, { ...common, ...given(secret) }, options);
    }),
    images:
      images &&
      new ReplicatedRegistry(
        `${cell.name}-images`,
        { ...common, name: imagesName, ...images },
        options,
      ),
    backups:
      backups &&
      new BackupVaultPair(
        `${cell.name}-backups`,
        { ...common, name: "backups", restoredTables, ...given(backups) },
        options,
      ),
  };
}

/** From when on stores say that their copies are late; their own defaults where the file declares no watch. */
function lateness({ watch }: CellDeclaration) {
  if (watch === undefined) return { tables: {}, buckets: {} };
  return {
    tables: { warnAtLagSeconds: watch.lagSeconds },
    buckets: { warnAtLatencySeconds: watch.backlogSeconds },
  };
}
