import { quotaIn } from "../service-quotas.js";
import type { LaneRecord, SourceServerRecord } from "./model.js";
import { overQuota, type Refusal, refusalAs } from "./refusal.js";
import type { PossibleRefusal } from "./switches.js";
import type { World } from "./world.js";

const still: ReadonlySet<string> = new Set(["STOPPED", "DISCONNECTED"]);

/** Whether a server counts in the quota of replicating servers. Extended ones count in their staging account. */
export function isReplicating({ replicationState, extension }: SourceServerRecord): boolean {
  return !extension && !still.has(replicationState);
}

/** A server that a lane is to have, or to replicate. */
interface WantedServer {
  /** Whether it is not among the lane's servers yet. */
  readonly isNew: boolean;
  /** Whether it is an extended one, which replicates elsewhere. */
  readonly isExtended?: boolean;
}

/** Refuses one more server where the lane has no room for it. */
export function checkServerQuotas(
  world: World,
  lane: LaneRecord,
  { isNew, isExtended = false }: WantedServer,
  refusedAs: "ServiceQuotaExceededException" | PossibleRefusal,
): void {
  const servers = [...lane.servers.values()];
  const wanted = {
    sourceServers: isNew ? servers.length + 1 : 0,
    replicatingServers: isExtended ? 0 : servers.filter(isReplicating).length + 1,
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
