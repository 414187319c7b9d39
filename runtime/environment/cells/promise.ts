import { backupIntervalSeconds } from "../../core/cells/backup-interval.js";
import type { StoreCopy } from "../../core/cells/copies.js";
import {
  headlessInstanceSeconds,
  type MechanismName,
  mechanisms,
} from "../../core/cells/mechanisms.js";
import { type CellPromise, daysOfYear } from "../../core/cells/objectives.js";
import { ttlSeconds } from "../../limits.js";
import type { CellDeclaration } from "./cell.js";

/** What a declared cell promises, and what decides whether it can keep it. */
export function promiseOf(cell: CellDeclaration): CellPromise {
  const { objectives, residency, regions, traffic, watch } = cell;
  return {
    ...objectives,
    residency,
    regions,
    ...(traffic && {
      traffic: {
        turnsBy: traffic.turnsBy,
        routing: traffic.routing,
        // All records are aliases, whose answers are kept this long.
        dns: { ...traffic, ttlSeconds: ttlSeconds.max },
      },
    }),
    detectionSeconds: watch && watch.unhealthyMinutes * 60,
    stores: copiesOf(cell),
  };
}

/** Each store of a cell with the way in which it is copied. */
function copiesOf(cell: CellDeclaration): readonly StoreCopy[] {
  const each = (mechanism: MechanismName, stores: readonly { readonly name: string }[]) =>
    stores.map(({ name }) => ({ name, mechanism }));
  const { images, backups } = cell;
  const backedUpEverySeconds = backups && backupIntervalSeconds(backups.schedule);
  return [
    ...cell.auroraDatabases.map(({ name, headless, onPartition, enforcedRpoSeconds }) => {
      const mechanism = "aurora-global-database";
      const { activationSeconds } = mechanisms[mechanism];
      const waits = headless ? headlessInstanceSeconds : 0;
      return {
        name,
        mechanism,
        activationSeconds: activationSeconds + waits,
        onPartition,
        enforcedRpoSeconds,
      };
    }),
    ...each("rds-cross-region-replica", cell.replicatedDatabases),
    ...each("elasticache-global-datastore", cell.caches),
    ...cell.tables.map((table) => ({
      name: table.name,
      mechanism: mechanismOf(table),
      ...(!table.replicated && { backedUpEverySeconds }),
    })),
    ...cell.buckets.map(({ name, retentionYears }) => ({
      name,
      mechanism: "s3-replication-time-control",
      keptDays: retentionYears && Math.ceil(retentionYears * daysOfYear),
    })),
    ...cell.queues.map(({ name, pattern }) => ({ name, mechanism: `queue-${pattern}` })),
    ...each("secret-replica", cell.secrets),
    ...(images ? [{ name: "images", mechanism: "ecr-replication" }] : []),
    ...(backups
      ? [
          {
            name: "backups",
            mechanism: "backup-copy",
            stores: backups.stores,
            backedUpEverySeconds,
            keptDays: backups.keepBackupsDays,
          },
        ]
      : []),
  ];
}

function mechanismOf({
  replicated,
  consistency,
}: CellDeclaration["tables"][number]): MechanismName {
  if (!replicated) return "dynamodb-backup-copy";
  return consistency === "strong" ? "dynamodb-strong-global-table" : "dynamodb-global-table";
}
