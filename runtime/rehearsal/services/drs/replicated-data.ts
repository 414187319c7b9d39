import { type Instant, plusSeconds, secondsBetween } from "../../../core/instant.js";
import { replicatingServer } from "./extension.js";
import type { Replicating, SourceServerRecord } from "./model.js";
import type { World } from "./world.js";

/** States without usable data: never synchronised, or points in time deleted. */
const unusableStates: ReadonlySet<string> = new Set([
  "INITIATING",
  "INITIAL_SYNC",
  "STOPPED",
  "DISCONNECTED",
]);

/** Whether a state says that there is no data to recover from. */
export function isUnusable(state: string): boolean {
  return unusableStates.has(state);
}

/** Whether a launch of this server can have data to start from. */
export function isReady(world: World, server: SourceServerRecord): boolean {
  const source = replicatingServer(world, server);
  return source !== undefined && hasData(source);
}

/** Whether there is consistent data, however old. */
export function hasData({ replicationState, sync }: Replicating): boolean {
  return !isUnusable(replicationState) && (sync?.isDone ?? true);
}

/** States in which no newer data arrives, so that its age grows. */
const heldStates: ReadonlySet<string> = new Set(["PAUSED", "STALLED"]);

/** Age of the newest consistent data now. */
export function lagSecondsNow(
  world: World,
  { replicationState, lagSeconds, since }: Replicating,
): number {
  const isHeld = heldStates.has(replicationState);
  return isHeld ? lagSeconds + secondsBetween(since, world.now()) : lagSeconds;
}

/** When the service last heard of the agent: it is silent when it is not seen, and when it was disconnected. */
export function lastSeenAt(
  world: World,
  { replicationState, replicationError, lagSeconds, since }: Replicating,
): Instant {
  if (replicationState === "DISCONNECTED") return since;
  return replicationError === "AGENT_NOT_SEEN" ? plusSeconds(since, -lagSeconds) : world.now();
}

/** Of all bytes, the share that has still to be copied or read again. */
export function remainingShare(world: World, subject: Replicating, totalBytes: number): number {
  const { replicationState, sync, catchUp, backlogBytes } = subject;
  if (replicationState === "INITIATING") return 1;
  if (catchUp) return 1 - shareBetween(world.now(), catchUp.from, catchUp.until);
  if (replicationState === "INITIAL_SYNC" && sync) {
    return 1 - shareBetween(world.now(), sync.dataFrom, sync.copiedAt);
  }
  if (backlogBytes !== undefined && totalBytes > 0) return Math.min(1, backlogBytes / totalBytes);
  return typicalShares[replicationState] ?? 0;
}

/** What remains where nobody said how much. */
const typicalShares: Readonly<Record<string, number>> = {
  INITIAL_SYNC: 0.5,
  BACKLOG: 0.1,
  RESCAN: 0.5,
};

/** When nothing will remain, as DRS would estimate it; nothing when nothing is being copied. */
export function expectedEnd(
  world: World,
  subject: Replicating,
  totalBytes: number,
): Instant | undefined {
  const { replicationState, sync, catchUp } = subject;
  if (catchUp) return catchUp.until;
  if (sync && !sync.isDone && copyingStates.has(replicationState)) return sync.syncedAt;
  if (typicalShares[replicationState] === undefined) return undefined;
  const bytes = totalBytes * remainingShare(world, subject, totalBytes);
  const bytesPerSecond = world.switches.catchUpMebibytesPerSecond * 1024 ** 2;
  return plusSeconds(world.now(), Math.ceil(bytes / bytesPerSecond));
}

const copyingStates: ReadonlySet<string> = new Set([
  "INITIATING",
  "INITIAL_SYNC",
  "CREATING_SNAPSHOT",
]);

/** How far a moment is on the way between two others, from 0 to 1. */
export function shareBetween(now: Instant, from: Instant, to: Instant): number {
  if (now >= to) return 1;
  return Math.max(0, (now - from) / (to - from));
}
