import { instant } from "../../../core/instant.js";
import type { SourceServerRecord } from "./model.js";
import { lagSecondsNow } from "./replicated-data.js";
import { newestSnapshot } from "./snapshots.js";
import type { World } from "./world.js";

/** The finest interval of any policy, and what all others are multiples of. */
const everyMs = 60_000;

/**
 * Tells EventBridge of each point in time when it is taken, for ever. Only for worlds where somebody
 * listens: a clock with these timers never finds that nothing is left to happen.
 */
export function announceSnapshots(world: World): void {
  const moment = instant((Math.floor(world.now() / everyMs) + 1) * everyMs);
  world.timeline.at(moment, () => {
    for (const server of world.allServers()) announce(world, server, moment);
    announceSnapshots(world);
  });
}

/** Extended servers take none of their own. A server that lags takes its points in time later; its agent's data is what they hold. */
function announce(world: World, server: SourceServerRecord, moment: number): void {
  if (server.extension) return;
  const dataUntil = moment - lagSecondsNow(world, server) * 1_000;
  const taken = newestSnapshot(world, server);
  if (!taken || taken.at > dataUntil || taken.at <= dataUntil - everyMs) return;
  world.notices.publish(server.arn, "DRS PIT Snapshot Taken", {
    DrsSnapshotID: taken.snapshotId,
    EbsSnapshotIDs: taken.ebsSnapshotIds.join(","),
  });
}
