import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type LaneKey, laneOf } from "../../../runtime/core/lane.js";
import type { LaneQuotas } from "../../../runtime/core/recovery/observation.js";
import type { Member, RecoveryPlan } from "../../../runtime/core/recovery/plan.js";
import {
  documentedQuotas,
  type Prediction,
  predict,
  predictFromCounts,
} from "../../../runtime/core/recovery/predict.js";
import { cadence } from "../../../runtime/limits.js";
import { laneA, laneB, quotas } from "../../support/execution/build.js";
import { ExecutionWorld } from "../../support/execution/world.js";

interface CountedWave {
  readonly dependsOn: readonly number[];
  readonly launchSeconds: number;
  /** Servers in each of the two lanes. */
  readonly counts: readonly [number, number];
}

interface Estate {
  readonly waves: readonly CountedWave[];
  readonly quotas: LaneQuotas;
  readonly pacingSeconds: number;
}

const usual = { quotas: documentedQuotas, pacingSeconds: 0 };
const nameOf = (index: number) => `wave-${index}`;
const lanes: readonly LaneKey[] = [laneA, laneB];

function planOf({ waves, pacingSeconds }: Estate): RecoveryPlan {
  return {
    name: "plan",
    objectives: { rtoMinutes: 60, rpoMinutes: 15 },
    waves: waves.flatMap(({ dependsOn, launchSeconds, counts }, index) =>
      counts[0] + counts[1] === 0
        ? []
        : [
            {
              name: nameOf(index),
              group: "group",
              tags: { Wave: nameOf(index) },
              dependsOn: dependsOn.map(nameOf),
              failedAtMostPercent: 0,
              deadlineMinutes: 1_440,
              expectedLaunchSeconds: launchSeconds,
            },
          ],
    ),
    reserve: { jobs: 0, servers: 0 },
    pacingSeconds,
  };
}

function serversOf({ waves }: Estate, lane: number) {
  return waves.flatMap(({ launchSeconds, counts }, index) =>
    Array.from({ length: counts[lane] ?? 0 }, (_, n) => ({
      server: `s-${index}-${n}`,
      wave: nameOf(index),
      launchSeconds,
    })),
  );
}

function predicted(estate: Estate): Prediction {
  const members = new Map<LaneKey, readonly Member[]>();
  for (const [index, lane] of lanes.entries()) {
    const ofLane = serversOf(estate, index).map(({ server, wave, launchSeconds }) => ({
      server,
      wave,
      critical: true,
      expectedLaunchSeconds: launchSeconds,
    }));
    if (ofLane.length > 0) members.set(lane, ofLane);
  }
  return predict({ ...planOf(estate), members, quotas: () => estate.quotas });
}

/** Runs the same estate through the real handler, each server launching in its expected time. */
async function actual(estate: Estate) {
  const fleet = new Map(
    lanes.map((lane, index) => [
      lane,
      serversOf(estate, index).map(({ server, wave, launchSeconds }) => ({
        server,
        tags: { Wave: wave },
        launchSeconds,
        fails: false,
        replicationState: "CONTINUOUS",
      })),
    ]),
  );
  const world = new ExecutionWorld({
    plan: planOf(estate),
    groups: [{ name: "group", members: lanes.map((lane) => ({ ...laneOf(lane), tags: {} })) }],
    fleet,
    hiddenSeconds: 0,
    quotas: estate.quotas,
    random: () => 0,
    fault: () => "none",
  });
  const { makespanSeconds = 0 } = await world.execute("recovery");
  return {
    makespanSeconds,
    jobs: [...world.lanes.values()].flatMap(({ jobs }) => jobs).length,
  };
}

/** Longest chain of looks between the start and the end: one a wave, and one a round of full quotas. */
function looksOf({ waves, quotas: { serversInAllJobs, concurrentJobs, serversPerJob } }: Estate) {
  const perRound = Math.min(serversInAllJobs, concurrentJobs * serversPerJob);
  const rounds = waves.map(({ counts }) =>
    Math.max(...counts.map((count) => Math.ceil(count / perRound) + 1)),
  );
  return rounds.reduce((sum, one) => sum + one, 0);
}

/**
 * Under quotas that bind, a look that comes a moment later finds more room and packs otherwise: a
 * server may then wait for another launch before its own.
 */
function repackedSeconds({ waves, quotas }: Estate): number {
  if (quotas === documentedQuotas) return 0;
  return Math.max(...waves.map(({ launchSeconds }) => launchSeconds));
}

const waves = fc
  .array(
    fc.record({
      dependsOn: fc.array(fc.nat(3), { maxLength: 2 }),
      launchSeconds: fc.integer({ min: 60, max: 900 }),
      counts: fc.tuple(fc.nat(6), fc.nat(6)),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((all) =>
    all.map((one, index) => ({
      ...one,
      dependsOn: [...new Set(one.dependsOn.filter((edge) => edge < index))],
    })),
  );

const estates = fc.record({
  waves: waves.filter((all) => all.some(({ counts }) => counts[0] + counts[1] > 0)),
  quotas: fc.oneof(
    fc.constant(documentedQuotas),
    fc
      .record({
        concurrentJobs: fc.integer({ min: 1, max: 3 }),
        serversPerJob: fc.integer({ min: 1, max: 4 }),
        serversInAllJobs: fc.integer({ min: 1, max: 7 }),
      })
      .map(quotas),
  ),
  pacingSeconds: fc.constantFrom(0, 0, 45),
});

describe("a prediction", () => {
  it("differs from a run of the same plan by no more than the looks that lie between, and a launch where quotas bind", () =>
    fc.assert(
      fc.asyncProperty(estates, async (estate) => {
        const prediction = predicted(estate);
        const run = await actual(estate);
        const slackSeconds = looksOf(estate) * cadence.gatePollSeconds + repackedSeconds(estate);
        const difference = Math.abs(prediction.makespanSeconds - run.makespanSeconds);
        expect(difference).toBeLessThanOrEqual(slackSeconds);
        expect(prediction.lowerBoundSeconds).toBeLessThanOrEqual(run.makespanSeconds);
        if (estate.quotas === documentedQuotas) expect(prediction.jobs).toBe(run.jobs);
      }),
    ));

  it("wakes a lane at its gate although another wave of it runs for much longer", () => {
    const long = { dependsOn: [], launchSeconds: 7_200, counts: [1, 0] } as const;
    const short = { dependsOn: [], launchSeconds: 60, counts: [0, 1] } as const;
    const after = { dependsOn: [1], launchSeconds: 600, counts: [1, 0] } as const;
    const waiting = predicted({ ...usual, waves: [long, short, after] });
    expect(waiting.waves[2]?.openedAtSeconds).toBeLessThan(100);
    expect(waiting.makespanSeconds).toBeLessThan(7_300);
  });

  it("knows that the 501st server of a lane waits for a job to end", () => {
    const one = (count: number) =>
      predicted({ ...usual, waves: [{ dependsOn: [], launchSeconds: 600, counts: [count, 0] }] });
    expect(one(500)).toMatchObject({ jobs: 5, makespanSeconds: 612 });
    expect(one(501)).toMatchObject({ jobs: 6, makespanSeconds: 1_224 });
    expect(one(501).lanes[0]).toMatchObject({ peakServersInFlight: 500, peakJobs: 5 });
  });

  it("knows the quota of jobs, and the plan's pacing", () => {
    const four = [{ dependsOn: [], launchSeconds: 600, counts: [4, 0] }] as const;
    const single = quotas({ serversPerJob: 1, concurrentJobs: 2 });
    const twoRounds = predicted({ ...usual, waves: four, quotas: single });
    expect(twoRounds).toMatchObject({ jobs: 4, makespanSeconds: 1_224 });
    const paced = predicted({
      waves: four,
      quotas: quotas({ serversPerJob: 1 }),
      pacingSeconds: 100,
    });
    expect(paced).toMatchObject({ jobs: 4, makespanSeconds: 912 });
  });

  it("is infinite where a lane has no room at all", () => {
    const waves = [{ dependsOn: [], launchSeconds: 600, counts: [1, 0] }] as const;
    const full = predicted({ ...usual, waves, quotas: quotas({ concurrentJobs: 0 }) });
    expect(full.makespanSeconds).toBe(Number.POSITIVE_INFINITY);
  });

  it("needs no servers by name: counts give the same", () => {
    const waves = [
      { dependsOn: [], launchSeconds: 300, counts: [150, 20] },
      { dependsOn: [0], launchSeconds: 700, counts: [10, 0] },
    ] as const;
    const named = predicted({ ...usual, waves });
    const counted = predictFromCounts({
      ...planOf({ ...usual, waves }),
      waves: planOf({ ...usual, waves }).waves.map((wave, index) => ({
        ...wave,
        expectedServers: Object.fromEntries(
          lanes.map((lane, n) => [lane, waves[index]?.counts[n] ?? 0]),
        ),
      })),
    });
    expect(counted).toEqual(named);
  });
});

describe("the lower bound of a plan", () => {
  it("is the slowest servers along its dependencies, whatever the quotas", () => {
    const waves = [
      { dependsOn: [], launchSeconds: 300, counts: [600, 0] },
      { dependsOn: [], launchSeconds: 500, counts: [1, 0] },
      { dependsOn: [0], launchSeconds: 700, counts: [1, 0] },
    ] as const;
    expect(predicted({ ...usual, waves }).lowerBoundSeconds).toBe(1_000);
  });
});
