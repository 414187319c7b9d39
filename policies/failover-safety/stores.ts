import { mechanismOf, rpoOf, type StoreSettings } from "../../runtime/core/cells/store-claims.js";
import { known, type UNKNOWN } from "../known.js";

/** What every store of a cell tells about itself. */
export interface StoreContract extends StoreSettings {
  readonly environment: string;
  readonly cell: string;
  readonly name: string;
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

/**
 * Whether a failover waits for a store. Where a cell copies its data with a known loss, a restore is the
 * way back from corruption, unless somebody promises it: then it is held to that.
 */
export function isWayOfFailover(store: StoreContract, all: readonly StoreContract[]): boolean {
  if (mechanismOf(store)?.activation !== "restore" || store.objectives !== undefined) return true;
  return all.every((one) => rpoOf(one).rpoSeconds === undefined);
}
