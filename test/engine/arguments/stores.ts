import { auditTrail } from "./audit-trail.js";
import { backupVaultPair } from "./backup-vault-pair.js";
import { cellKey } from "./cell-key.js";
import { globalTable } from "./global-table.js";
import { regionalQueue } from "./regional-queue.js";
import { replicatedBucket } from "./replicated-bucket.js";
import { replicatedRegistry } from "./replicated-registry.js";
import { replicatedSecret } from "./replicated-secret.js";

/** Tables, buckets, queues, registries, secrets, keys, backups and audit trails. */
export const tables = [
  auditTrail,
  backupVaultPair,
  cellKey,
  globalTable,
  regionalQueue,
  replicatedBucket,
  replicatedRegistry,
  replicatedSecret,
];
