import { type Instant, instant } from "../../../core/instant.js";
import type { SourceServerRecord } from "./model.js";
import { isReady } from "./quotas.js";
import { pitPolicyOf } from "./replication-settings.js";
import type { World } from "./world.js";

/** A point in time that a server can be recovered to. */
export interface RecoverySnapshot {
  readonly snapshotId: string;
  readonly ebsSnapshotId: string;
  readonly at: Instant;
}

const minuteMs = 60_000;

const unitsMs = { MINUTE: minuteMs, HOUR: 60 * minuteMs, DAY: 24 * 60 * minuteMs } as const;

/** Points in time of a server that exist now, oldest first. A server that is not ready has none. */
export function recoverySnapshots(
  world: World,
  server: SourceServerRecord,
): readonly RecoverySnapshot[] {
  if (!isReady(server)) return [];
  const now = world.now();
  const newest = now - server.lagSeconds * 1_000;
  const moments = pitPolicyOf(server)
    .filter(({ enabled }) => enabled)
    .flatMap(({ units, interval, retentionDuration }) => {
      const unitMs = unitsMs[units];
      return momentsOf(interval * unitMs, now - retentionDuration * unitMs, newest);
    });
  return [...new Set(moments)]
    .filter((moment) => moment >= server.addedAt)
    .sort((a, b) => a - b)
    .map((moment) => ({
      snapshotId: `pit-${world.digits(17, "pit", server.arn, moment)}`,
      ebsSnapshotId: `snap-${world.digits(17, "snap", server.arn, moment)}`,
      at: instant(moment),
    }));
}

function momentsOf(everyMs: number, after: number, newest: number): readonly number[] {
  const last = Math.floor(newest / everyMs) * everyMs;
  const count = Math.max(0, Math.ceil((last - after) / everyMs));
  return Array.from({ length: count }, (_, index) => last - index * everyMs);
}
