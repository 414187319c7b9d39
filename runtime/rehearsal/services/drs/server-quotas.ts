import { quotaIn } from "../service-quotas.js";
import type { LaneRecord, SourceServerRecord } from "./model.js";
import { overQuota, type Refusal, refusalAs } from "./refusal.js";
import type { PossibleRefusal } from "./switches.js";
import type { World } from "./world.js";

const still: ReadonlySet<string> = new Set(["STOPPED", "DISCONNECTED"]);

/** Whether a server counts in the quota of replicating servers. */
export function isReplicating({ replicationState }: SourceServerRecord): boolean {
  return !still.has(replicationState);
}

/**
 * Refuses one more replicating server where the lane has no room for it. A server that is not new
 * counts among all servers already.
 */
export function checkServerQuotas(
  world: World,
  lane: LaneRecord,
  { isNew }: { readonly isNew: boolean },
  refusedAs: "ServiceQuotaExceededException" | PossibleRefusal,
): void {
  const servers = [...lane.servers.values()];
  const wanted = {
    sourceServers: isNew ? servers.length + 1 : 0,
    replicatingServers: servers.filter(isReplicating).length + 1,
  };
  for (const name of ["sourceServers", "replicatingServers"] as const) {
    const limit = quotaIn(name, world.options.quotas?.(lane.lane));
    if (wanted[name] > limit) throw asWanted(overQuota(name, limit, wanted[name]));
  }

  function asWanted(refusal: Refusal): Refusal {
    if (refusedAs === "ServiceQuotaExceededException") return refusal;
    return refusalAs(refusedAs, refusal.message, lane.account);
  }
}
