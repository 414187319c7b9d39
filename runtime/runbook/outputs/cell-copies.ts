import type { MechanismName } from "../../core/cells/mechanisms.js";
import type { Path } from "../../environment/path.js";
import { type Finding, quoted } from "../../environment/problem.js";
import type { CellOutputs } from "./cell.js";
import { found } from "./found.js";

/** Stores of one kind, and the mechanisms by which such stores are copied. */
interface Kind {
  readonly key: string;
  readonly names: readonly string[];
  readonly mechanisms: readonly MechanismName[];
}

/**
 * Stores without a copy, and copies without a store: the first would be missing in the arithmetic of a
 * failover, the second among its steps.
 */
export function unmatchedCopies(cell: CellOutputs, at: Path): readonly Finding[] {
  const { copies } = cell;
  const all = kindsOf(cell);
  const has = ({ names, mechanisms }: Kind, name: string, mechanism: MechanismName) =>
    names.includes(name) && mechanisms.includes(mechanism);
  const lonelyStores = all.flatMap(({ key, names, mechanisms }) =>
    names.flatMap((name) =>
      copies.some((copy) => copy.name === name && mechanisms.includes(copy.mechanism))
        ? []
        : [found([...at, "copies"], `a list with the copy of ${quoted(name)} (${key})`, "none")],
    ),
  );
  const lonelyCopies = copies.flatMap(({ name, mechanism }, index) =>
    all.some((kind) => has(kind, name, mechanism))
      ? []
      : [
          found(
            [...at, "copies", index, "name"],
            `the name of a store that is copied by ${quoted(mechanism)}`,
            quoted(name),
          ),
        ],
  );
  return [...lonelyStores, ...lonelyCopies, ...contradictions(cell, at), ...unrestorable(cell, at)];
}

function kindsOf(cell: CellOutputs): readonly Kind[] {
  const named = (stores: readonly { readonly name: string }[]) => stores.map(({ name }) => name);
  const only = (isThere: boolean, name: string) => (isThere ? [name] : []);
  return [
    {
      key: "auroraDatabases",
      names: named(cell.auroraDatabases),
      mechanisms: ["aurora-global-database"],
    },
    {
      key: "replicatedDatabases",
      names: named(cell.replicatedDatabases),
      mechanisms: ["rds-cross-region-replica"],
    },
    { key: "caches", names: named(cell.caches), mechanisms: ["elasticache-global-datastore"] },
    {
      key: "tables",
      names: named(cell.tables.filter(({ restored }) => restored === undefined)),
      mechanisms: ["dynamodb-global-table", "dynamodb-strong-global-table"],
    },
    {
      key: "tables",
      names: named(cell.tables.filter(({ restored }) => restored !== undefined)),
      mechanisms: ["dynamodb-backup-copy"],
    },
    { key: "buckets", names: named(cell.buckets), mechanisms: ["s3-replication-time-control"] },
    { key: "queues", names: named(cell.queues), mechanisms: ["queue-outbox", "queue-fan-out"] },
    { key: "secrets", names: named(cell.secrets), mechanisms: ["secret-replica"] },
    {
      key: "repositories",
      names: only(cell.repositories.length > 0, "images"),
      mechanisms: ["ecr-replication"],
    },
    {
      key: "backupVault",
      names: only(cell.backupVault !== undefined, "backups"),
      mechanisms: ["backup-copy"],
    },
  ];
}

/** What a database and its copy both say, and must say alike. */
function contradictions({ auroraDatabases, copies }: CellOutputs, at: Path): readonly Finding[] {
  return auroraDatabases.flatMap(({ name, onPartition }, index) => {
    const copy = copies.find((one) => one.name === name);
    if (copy?.onPartition === undefined || copy.onPartition === onPartition) return [];
    const path = [...at, "auroraDatabases", index, "onPartition"];
    return [found(path, `${quoted(copy.onPartition)}, as its copy says`, quoted(onPartition))];
  });
}

/** Tables that are restored, without what restores them; and roles that restore nothing. */
function unrestorable(cell: CellOutputs, at: Path): readonly Finding[] {
  const { tables, backupVault, backupRoles } = cell;
  const isRestored = tables.some(({ restored }) => restored !== undefined);
  return [
    ...(isRestored && backupVault === undefined
      ? [found([...at, "backupVault"], "the vault that tables are restored from", "nothing")]
      : []),
    ...(isRestored === (backupRoles !== undefined)
      ? []
      : [
          found(
            [...at, "backupRoles"],
            isRestored ? "a mapping, as tables are restored" : "absent where no table is restored",
            isRestored ? "nothing" : "a mapping",
          ),
        ]),
  ];
}
