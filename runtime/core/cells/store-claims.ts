import { type Mechanism, mechanisms } from "./mechanisms.js";

/** What decides of what a store of a cell can keep. */
export interface StoreSettings {
  readonly mechanism: string;
  readonly activationSeconds?: number;
  readonly onPartition?: "block-commits" | "keep-committing";
  readonly enforcedRpoSeconds?: number;
}

/** What may be said of the RPO of a store: that of its mechanism, or the one that it enforces. */
export function rpoOf(store: StoreSettings): Pick<Mechanism, "rpoBasis" | "rpoSeconds"> {
  if (store.onPartition === "block-commits" && store.enforcedRpoSeconds !== undefined) {
    return { rpoBasis: "enforced", rpoSeconds: store.enforcedRpoSeconds };
  }
  return mechanismOf(store) ?? { rpoBasis: "unbounded" };
}

/** Seconds until a store takes writes in the recovery Region. */
export function activationOf(store: StoreSettings): number {
  return store.activationSeconds ?? mechanismOf(store)?.activationSeconds ?? 0;
}

/** How the copy of a store comes to be; nothing for a mechanism that this release does not know. */
export function mechanismOf({ mechanism }: StoreSettings): Mechanism | undefined {
  const all: Readonly<Record<string, Mechanism>> = mechanisms;
  return Object.hasOwn(all, mechanism) ? all[mechanism] : undefined;
}
