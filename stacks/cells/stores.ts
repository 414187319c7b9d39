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
import { given } from "../given.js";
import type { CellContext } from "./context.js";

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
  { declaration, cell, options }: CellContext,
  { keyArns }: CellKey,
  { topicArns }: CellTopics,
): DeployedStores {
  const { keepData, images, backups } = declaration;
  const named = <Declared extends { readonly name: string }, Made>(
    kind: string,
    declared: readonly Declared[],
    make: (name: string, one: Declared) => Made,
  ) => new Map(declared.map((one) => [one.name, make(`${cell.name}-${kind}-${one.name}`, one)]));
  const common = { cell, keyArns, keepData };
  return {
    tables: named("table", declaration.tables, (name, table) => {
      return new GlobalTable(name, { ...common, topicArns, ...given(table) }, options);
    }),
    buckets: named("bucket", declaration.buckets, (name, bucket) => {
      return new ReplicatedBucket(name, { ...common, topicArns, ...given(bucket) }, options);
    }),
    queues: named("queue", declaration.queues, (name, queue) => {
      return new RegionalQueue(name, { ...common, topicArns, ...given(queue) }, options);
    }),
    secrets: named("secret", declaration.secrets, (name, secret) => {
      return new ReplicatedSecret(name, { ...common, ...given(secret) }, options);
    }),
    images:
      images &&
      new ReplicatedRegistry(
        `${cell.name}-images`,
        { ...common, name: "images", ...images },
        options,
      ),
    backups:
      backups &&
      new BackupVaultPair(
        `${cell.name}-backups`,
        { ...common, name: "backups", ...given(backups) },
        options,
      ),
  };
}
