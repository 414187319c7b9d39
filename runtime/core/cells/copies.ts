import {
  backupStartSeconds,
  type Mechanism,
  type MechanismName,
  mechanisms,
} from "./mechanisms.js";

/** What decides of what a store of a cell can keep. */
export interface StoreSettings {
  /** One of {@link mechanisms}; another one claims nothing. */
  readonly mechanism: string;
  /** Where its settings make the activation longer than its mechanism's. */
  readonly activationSeconds?: number | undefined;
  readonly onPartition?: "block-commits" | "keep-committing" | undefined;
  readonly enforcedRpoSeconds?: number | undefined;
  /** Of backups: the longest time between two of them. */
  readonly backedUpEverySeconds?: number | undefined;
}

/** A store of a cell and its copy in the other Region. */
export interface StoreCopy extends StoreSettings {
  readonly name: string;
  /** Of backups: the kinds of stores that they hold. */
  readonly stores?: readonly string[] | undefined;
  /** How long what it holds is kept, in both Regions. */
  readonly keptDays?: number | undefined;
  /** Whether somebody promises how soon and how whole it is back. */
  readonly objectives?: object | undefined;
}

/**
 * What may be said of the RPO of a store: that of its mechanism, the one that it enforces, or what
 * was written since the last backup was begun.
 */
export function rpoOf(store: StoreSettings): Pick<Mechanism, "rpoBasis" | "rpoSeconds"> {
  if (store.onPartition === "block-commits" && store.enforcedRpoSeconds !== undefined) {
    return { rpoBasis: "enforced", rpoSeconds: store.enforcedRpoSeconds };
  }
  if (store.backedUpEverySeconds !== undefined) {
    return { rpoBasis: "scheduled", rpoSeconds: store.backedUpEverySeconds + backupStartSeconds };
  }
  return mechanismOf(store) ?? { rpoBasis: "unbounded" };
}

/** Seconds until a store takes writes in the recovery Region. */
export function activationOf(store: StoreSettings): number {
  return store.activationSeconds ?? mechanismOf(store)?.activationSeconds ?? 0;
}

/**
 * Copies that stand where a backup would have to be restored, or that name the store which is
 * restored, by the kind of store that is backed up.
 */
const standIns: Readonly<Record<string, readonly MechanismName[]>> = {
  aurora: ["aurora-global-database"],
  dynamodb: ["dynamodb-global-table", "dynamodb-strong-global-table", "dynamodb-backup-copy"],
  rds: ["rds-cross-region-replica"],
};

/**
 * The stores of a cell on which a failover rests. Backups are among them only where they are the
 * only copy, or where somebody promises them: beside a replica they are there for mistakes, which
 * replicas repeat.
 */
export function restingOn<Store extends StoreCopy>(all: readonly Store[]): readonly Store[] {
  const copied = new Set(all.map(({ mechanism }) => mechanism));
  const isOnlyCopy = (kind: string) => !(standIns[kind] ?? []).some((name) => copied.has(name));
  return all.filter(
    ({ stores, objectives }) =>
      stores === undefined || objectives !== undefined || stores.some(isOnlyCopy),
  );
}

/** Those of them that a failover must activate. */
export function awaitedIn<Store extends StoreCopy>(all: readonly Store[]): readonly Store[] {
  return restingOn(all).filter((store) => activationOf(store) > 0);
}

/** How the copy of a store comes to be; nothing for a mechanism that this release does not know. */
export function mechanismOf({ mechanism }: StoreSettings): Mechanism | undefined {
  const all: Readonly<Record<string, Mechanism>> = mechanisms;
  return Object.hasOwn(all, mechanism) ? all[mechanism] : undefined;
}
