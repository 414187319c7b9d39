import { type Mechanism, mechanisms } from "../../runtime/core/cells/mechanisms.js";
import { known, type UNKNOWN } from "../known.js";

/** What every store of a cell tells about itself. */
export interface StoreContract {
  readonly environment: string;
  readonly cell: string;
  readonly name: string;
  readonly mechanism: string;
  readonly activationSeconds?: number;
  readonly onPartition?: "block-commits" | "keep-committing";
  readonly enforcedRpoSeconds?: number;
  readonly objectives?: { readonly rtoMinutes: number; readonly rpoSeconds?: number };
}

/** The contract of a store; `UNKNOWN` where preview does not know it, nothing for what is no store. */
export function storeOf({
  type,
  props,
}: {
  readonly type: string;
  readonly props: Readonly<Record<string, unknown>>;
}): StoreContract | typeof UNKNOWN | undefined {
  if (!type.startsWith("aws-dr:data:") || !("mechanism" in props)) return undefined;
  return known(() => {
    const { environment, cell, name, mechanism, activationSeconds, onPartition } = props;
    const { enforcedRpoSeconds, objectives } = props;
    return {
      environment,
      cell,
      name,
      mechanism,
      activationSeconds,
      onPartition,
      enforcedRpoSeconds,
      objectives,
    } as StoreContract;
  });
}

/** What may be said of the RPO of a store: that of its mechanism, or the one that it enforces. */
export function rpoOf(store: StoreContract): Pick<Mechanism, "rpoBasis" | "rpoSeconds"> {
  if (store.onPartition === "block-commits" && store.enforcedRpoSeconds !== undefined) {
    return { rpoBasis: "enforced", rpoSeconds: store.enforcedRpoSeconds };
  }
  return mechanismOf(store) ?? { rpoBasis: "unbounded" };
}

/** Seconds until a store takes writes in the recovery Region. */
export function activationOf(store: StoreContract): number {
  return store.activationSeconds ?? mechanismOf(store)?.activationSeconds ?? 0;
}

/**
 * Whether a failover waits for a store. Where a cell copies its data with a known loss, a restore is the
 * way back from corruption, unless somebody promises it: then it is held to that.
 */
export function isWayOfFailover(store: StoreContract, all: readonly StoreContract[]): boolean {
  if (mechanismOf(store)?.activation !== "restore" || store.objectives !== undefined) return true;
  return all.every((one) => rpoOf(one).rpoSeconds === undefined);
}

function mechanismOf({ mechanism }: StoreContract): Mechanism | undefined {
  const all: Readonly<Record<string, Mechanism>> = mechanisms;
  return all[mechanism];
}
