import type { StoreCopy } from "../../runtime/core/cells/copies.js";
import { known, type UNKNOWN } from "../known.js";

/** What every store of a cell tells about itself. */
export interface StoreContract extends StoreCopy {
  readonly environment: string;
  readonly cell: string;
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
    const { enforcedRpoSeconds, backedUpEverySeconds, objectives, stores } = props;
    return {
      environment,
      cell,
      name,
      mechanism,
      activationSeconds,
      onPartition,
      enforcedRpoSeconds,
      backedUpEverySeconds,
      objectives,
      stores,
    } as StoreContract;
  });
}
