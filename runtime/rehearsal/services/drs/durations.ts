import type { World } from "./world.js";

/** Seconds from the call to each event of a server's launch. */
export interface LaunchTimes {
  readonly snapshotStart: number;
  readonly snapshotEnd: number;
  readonly conversionStart: number;
  readonly conversionEnd: number;
  readonly launchStart: number;
  readonly launchEnd: number;
}

/** The tail over the captured times, by which a fleet's servers take about 500 to 900 s. Most take little of it. */
const longestTailSeconds = 340;

const snapshotStart = 0.8;
const snapshotEnd = 1;

/**
 * When a server's launch reaches its phases, by seed and server alone: the same in every job.
 * Source: two launch jobs of two servers, aws-samples/drs-tools, sample_result.json (2022): snapshot
 * to conversion 52 s, conversion 175 to 197 s, launch 278 to 310 s.
 */
export function launchTimes(world: World, server: string): LaunchTimes {
  const natural = naturalTimes(world, server);
  const wanted = world.options.launchSeconds?.(server);
  if (wanted === undefined) return natural;
  if (!(wanted > snapshotEnd)) {
    throw new Error(`launchSeconds("${server}") must be above ${snapshotEnd} s, got ${wanted}.`);
  }
  const factor = (wanted - snapshotEnd) / (natural.launchEnd - snapshotEnd);
  const scaled = (seconds: number): number => snapshotEnd + (seconds - snapshotEnd) * factor;
  return {
    snapshotStart,
    snapshotEnd,
    conversionStart: scaled(natural.conversionStart),
    conversionEnd: scaled(natural.conversionEnd),
    launchStart: scaled(natural.launchStart),
    launchEnd: wanted,
  };
}

function naturalTimes(world: World, server: string): LaunchTimes {
  const conversionStart = world.between(51.5, 53.5, "snapshot", server);
  const conversionEnd = conversionStart + world.between(175, 200, "conversion", server);
  const launchStart = conversionEnd + 0.6;
  const tail = longestTailSeconds * world.between(0, 1, "tail", server) ** 2;
  const launchEnd = launchStart + world.between(280, 310, "launch", server) + tail;
  return { snapshotStart, snapshotEnd, conversionStart, conversionEnd, launchStart, launchEnd };
}

/** How long a terminate job takes to end this instance, seconds. */
export function terminateSeconds(world: World, instance: string): number {
  const { terminateSecondsFrom, terminateSecondsTo } = world.switches;
  return world.between(terminateSecondsFrom, terminateSecondsTo, "terminate", instance);
}
