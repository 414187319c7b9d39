import { isActive, type Job, type LaneQuotas } from "./observation.js";
import type { Batch } from "./state.js";
import type { HoldKind } from "./view.js";

/** What a lane's quotas leave, after every active job of anybody and the reserve. */
export interface Room {
  readonly jobs: number;
  readonly servers: number;
}

/**
 * A job holds the places of all its servers until it has ended. Batches of ours count before
 * DescribeJobs shows them.
 */
export function roomOf(
  jobs: readonly Job[],
  open: readonly Batch[],
  quotas: LaneQuotas,
  reserve: Room,
): Room {
  const active = jobs.filter(isActive);
  const shown = new Set(jobs.map(({ jobId }) => jobId));
  const unseen = open.filter(({ jobId }) => jobId === undefined || !shown.has(jobId));
  const held = sum(active.map(({ servers }) => servers.length));
  const coming = sum(unseen.map(({ servers }) => servers.length));
  return {
    jobs: quotas.concurrentJobs - reserve.jobs - active.length - unseen.length,
    servers: quotas.serversInAllJobs - reserve.servers - held - coming,
  };
}

/** A server that may start now. */
export interface Startable {
  readonly server: string;
  readonly wave: string;
  readonly isCritical: boolean;
  readonly expectedLaunchSeconds: number;
  /** Refusals of calls that named it; each halves the call it is tried in next. */
  readonly refusals: number;
}

/** Code-unit order: the same on every machine, whatever its language. */
function byName(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

export interface Packed {
  readonly batches: readonly { readonly wave: string; readonly servers: readonly string[] }[];
  readonly left: readonly { readonly kind: HoldKind; readonly servers: readonly string[] }[];
}

/**
 * Packs startable servers, given wave by wave, into calls that the room admits. Critical servers
 * come first, and servers of like expected duration share a job, because a job keeps its places
 * until its slowest server has ended.
 */
export function pack(startable: readonly Startable[], room: Room, serversPerJob: number): Packed {
  const batches: { wave: string; servers: string[] }[] = [];
  const left: { kind: HoldKind; servers: string[] }[] = [];
  let { jobs, servers } = room;
  for (const chunk of chunks(startable, serversPerJob)) {
    const ids = chunk.map(({ server }) => server);
    const fits = jobs <= 0 ? 0 : Math.max(0, Math.min(servers, ids.length));
    const kind = jobs <= 0 ? "jobs-in-flight" : "servers-in-flight";
    if (fits > 0) {
      batches.push({ wave: chunk[0]?.wave ?? "", servers: ids.slice(0, fits) });
      jobs -= 1;
      servers -= fits;
    }
    if (fits < ids.length) left.push({ kind, servers: ids.slice(fits) });
  }
  return { batches, left };
}

function chunks(startable: readonly Startable[], serversPerJob: number): readonly Startable[][] {
  const runs: Startable[][] = [];
  for (const next of inOrder(startable)) {
    const run = runs.at(-1);
    const first = run?.[0];
    const joins =
      run !== undefined &&
      first?.wave === next.wave &&
      first.refusals === next.refusals &&
      run.length < Math.max(1, Math.floor(serversPerJob / 2 ** next.refusals));
    if (joins) run.push(next);
    else runs.push([next]);
  }
  return runs;
}

function inOrder(startable: readonly Startable[]): readonly Startable[] {
  const waves = new Map<string, number>();
  for (const { wave } of startable) if (!waves.has(wave)) waves.set(wave, waves.size);
  const rank = ({ wave }: Startable) => waves.get(wave) ?? 0;
  return startable.toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      a.refusals - b.refusals ||
      Number(b.isCritical) - Number(a.isCritical) ||
      b.expectedLaunchSeconds - a.expectedLaunchSeconds ||
      byName(a.server, b.server),
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
