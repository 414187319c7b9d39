import { type Instant, instant } from "../../../core/instant.js";
import { replicatingServer } from "./extension.js";
import type { SourceServerRecord } from "./model.js";
import { hasData, lagSecondsNow } from "./replicated-data.js";
import { pitPolicyOf } from "./replication-settings.js";
import type { World } from "./world.js";

/** A point in time that a server can be recovered to. */
export interface RecoverySnapshot {
  readonly snapshotId: string;
  /** One for each disk. */
  readonly ebsSnapshotIds: readonly string[];
  readonly at: Instant;
}

const minuteMs = 60_000;

const unitsMs = { MINUTE: minuteMs, HOUR: 60 * minuteMs, DAY: 24 * 60 * minuteMs } as const;

/**
 * Points in time of a server that exist now, oldest first. A server that is not ready has none, and
 * an extended one has those of its staging account.
 */
export function recoverySnapshots(
  world: World,
  server: SourceServerRecord,
): readonly RecoverySnapshot[] {
  const source = replicatingServer(world, server);
  if (!source) return [];
  return momentsNow(world, source).map((moment) => snapshotOf(world, source, moment));
}

/** The newest point in time, if there is any. */
export function newestSnapshot(
  world: World,
  server: SourceServerRecord,
): RecoverySnapshot | undefined {
  const source = replicatingServer(world, server);
  const newest = source && momentsNow(world, source).at(-1);
  return source && newest !== undefined ? snapshotOf(world, source, newest) : undefined;
}

function snapshotOf(world: World, server: SourceServerRecord, moment: number): RecoverySnapshot {
  return {
    snapshotId: `pit-${world.digits(17, "pit", server.arn, moment)}`,
    ebsSnapshotIds: server.machine.disks.map((_disk, index) => {
      const parts = index === 0 ? [moment] : [moment, index];
      return `snap-${world.digits(17, "snap", server.arn, ...parts)}`;
    }),
    at: instant(moment),
  };
}

/** Moments of the points in time that the server's policy keeps, in order. */
function momentsNow(world: World, server: SourceServerRecord): readonly number[] {
  if (!hasData(server)) return [];
  const now = world.now();
  const newest = now - lagSecondsNow(world, server) * 1_000;
  const moments = pitPolicyOf(server)
    .filter(({ enabled }) => enabled)
    .flatMap(({ units, interval, retentionDuration }) => {
      const unitMs = unitsMs[units];
      return momentsOf(interval * unitMs, now - retentionDuration * unitMs, newest);
    });
  return [...new Set(moments)]
    .filter((moment) => moment >= (server.sync?.syncedAt ?? server.addedAt))
    .sort((a, b) => a - b);
}

function momentsOf(everyMs: number, after: number, newest: number): readonly number[] {
  const last = Math.floor(newest / everyMs) * everyMs;
  const count = Math.max(0, Math.ceil((last - after) / everyMs));
  return Array.from({ length: count }, (_, index) => last - index * everyMs);
}
