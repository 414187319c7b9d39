import { plusSeconds, secondsBetween } from "../../../core/instant.js";
import type { Replicating } from "./model.js";
import type { ReplicationChange } from "./options.js";
import { isUnusable, lagSecondsNow } from "./replicated-data.js";
import type { World } from "./world.js";

/** States in which consistent data arrives. */
const flowingStates: ReadonlySet<string> = new Set(["BACKLOG", "CONTINUOUS", "RESCAN"]);

/**
 * Moves replication, and tells EventBridge when a server stalls or goes on. A stalled one has an
 * error, which is `AGENT_NOT_SEEN` unless another is given.
 */
export function moveReplication(
  world: World,
  subject: Replicating,
  state: string,
  error = "AGENT_NOT_SEEN",
): void {
  const { replicationState: former } = subject;
  const now = world.now();
  if (flowingStates.has(state)) noteData(world, subject);
  if (state !== "CONTINUOUS") subject.lagSeconds = lagSecondsNow(world, subject);
  subject.replicationState = state;
  subject.since = now;
  delete subject.catchUp;
  delete subject.backlogBytes;
  if (state === "STALLED") subject.replicationError = error;
  else delete subject.replicationError;
  if ((former === "STALLED") !== (state === "STALLED")) tell(world, subject);
}

/** Points in time begin when data flows that was missing before. */
function noteData(world: World, subject: Replicating): void {
  const now = world.now();
  if (subject.sync && !subject.sync.isDone) {
    subject.sync = { ...subject.sync, syncedAt: now, isDone: true };
  } else if (isUnusable(subject.replicationState)) {
    const moments = { startedAt: now, dataFrom: now, copiedAt: now, syncedAt: now };
    subject.sync = { ...moments, isDone: true };
  }
}

function tell(world: World, { arn, replicationState }: Replicating): void {
  if (!arn.includes(":source-server/")) return;
  world.notices.publish(arn, "DRS Source Server Data Replication Stalled Change", {
    state: replicationState === "STALLED" ? "STALLED" : "NOT_STALLED",
  });
}

/**
 * Begins a full copy from nothing: INITIATING, INITIAL_SYNC, CREATING_SNAPSHOT, CONTINUOUS. It ends
 * without a word when something else moves the state meanwhile. `onMove` hears of each state that
 * this copy brings about.
 */
export function beginSync(
  world: World,
  subject: Replicating,
  onMove: () => void = () => undefined,
): void {
  const { initiationSeconds, syncSecondsFrom, syncSecondsTo, firstSnapshotSeconds } =
    world.switches;
  const startedAt = world.now();
  const dataFrom = plusSeconds(startedAt, initiationSeconds);
  const copySeconds = world.between(syncSecondsFrom, syncSecondsTo, "sync", subject.arn);
  const copiedAt = plusSeconds(dataFrom, copySeconds);
  const syncedAt = plusSeconds(copiedAt, firstSnapshotSeconds);
  moveReplication(world, subject, "INITIATING");
  const sync = { startedAt, dataFrom, copiedAt, syncedAt, isDone: false };
  subject.sync = sync;
  subject.lagSeconds = 0;
  onMove();
  const move = (from: string, to: string) => () => {
    if (subject.sync !== sync || subject.replicationState !== from) return;
    moveReplication(world, subject, to);
    onMove();
  };
  world.after(startedAt, initiationSeconds, move("INITIATING", "INITIAL_SYNC"));
  world.after(dataFrom, copySeconds, move("INITIAL_SYNC", "CREATING_SNAPSHOT"));
  world.after(copiedAt, firstSnapshotSeconds, move("CREATING_SNAPSHOT", "CONTINUOUS"));
}

/** Reads everything again that is there already: RESCAN, CONTINUOUS. Points in time stay. */
export function beginRescan(world: World, subject: Replicating): void {
  const { syncSecondsFrom, syncSecondsTo } = world.switches;
  const from = world.now();
  const seconds = world.between(syncSecondsFrom, syncSecondsTo, "rescan", subject.arn);
  moveReplication(world, subject, "RESCAN");
  const catchUp = { from, until: plusSeconds(from, seconds) };
  subject.catchUp = catchUp;
  world.after(from, secondsBetween(from, catchUp.until), () => {
    if (subject.catchUp !== catchUp) return;
    moveReplication(world, subject, "CONTINUOUS");
    subject.lagSeconds = 0;
  });
}

/** Ends replication; what was copied is gone, and with it every point in time. */
export function endReplication(
  world: World,
  subject: Replicating,
  state: "STOPPED" | "DISCONNECTED",
): void {
  moveReplication(world, subject, state);
  delete subject.sync;
}

/** Sets how a server replicates; it stays so until something else moves it. */
export function setReplication(
  world: World,
  server: Replicating,
  { state, error, lagSeconds, backlogBytes }: ReplicationChange,
): void {
  if (state !== undefined || error !== undefined) {
    moveReplication(world, server, state ?? server.replicationState, error);
  }
  if (lagSeconds !== undefined) {
    server.lagSeconds = lagSeconds;
    server.since = world.now();
  }
  if (backlogBytes !== undefined) server.backlogBytes = backlogBytes;
}
