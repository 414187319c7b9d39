import { plusSeconds } from "../../../core/instant.js";
import type { Replicating } from "./model.js";
import type { World } from "./world.js";

/**
 * Begins a full copy from nothing: INITIATING, INITIAL_SYNC, CONTINUOUS. It ends without a word when
 * something else moves the state meanwhile. `onMove` hears of each state that this copy brings about.
 */
export function beginSync(
  world: World,
  subject: Replicating,
  key: string,
  onMove: () => void = () => undefined,
): void {
  const { initiationSeconds, syncSecondsFrom, syncSecondsTo } = world.switches;
  const startedAt = world.now();
  const dataFrom = plusSeconds(startedAt, initiationSeconds);
  const copySeconds = world.between(syncSecondsFrom, syncSecondsTo, "sync", key);
  const sync = { startedAt, dataFrom, syncedAt: plusSeconds(dataFrom, copySeconds) };
  subject.sync = sync;
  subject.replicationState = "INITIATING";
  onMove();
  const move = (from: string, to: string) => () => {
    if (subject.sync !== sync || subject.replicationState !== from) return;
    subject.replicationState = to;
    onMove();
  };
  world.after(startedAt, initiationSeconds, move("INITIATING", "INITIAL_SYNC"));
  world.after(dataFrom, copySeconds, move("INITIAL_SYNC", "CONTINUOUS"));
}

/** Ends replication; what was copied is gone, and with it every point in time. */
export function endReplication(subject: Replicating, state: "STOPPED" | "DISCONNECTED"): void {
  subject.replicationState = state;
  delete subject.sync;
}
