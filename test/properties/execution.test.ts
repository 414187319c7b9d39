import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { before } from "../../runtime/core/instant.js";
import type { LaneKey } from "../../runtime/core/lane.js";
import { documentedQuotas } from "../../runtime/core/recovery/predict.js";
import { cadence } from "../../runtime/limits.js";
import { run, type Scenario, scenarios } from "../support/execution/scenarios.js";

/** Runs a property over whole executions with random plans, fleets, strangers, failures and deaths. */
function holds(
  judge: (outcome: Awaited<ReturnType<typeof run>>, scenario: Scenario) => void | Promise<void>,
) {
  return fc.assert(
    fc.asyncProperty(scenarios, async (scenario) => judge(await run(scenario), scenario)),
  );
}

describe("every execution, whatever strangers, failures and deaths of functions do", () => {
  it("starts no server twice", () =>
    holds(({ world }) => {
      for (const lane of world.lanes.values()) {
        const ours = lane.jobs.filter(({ by, job }) => by === "us" && job.type === "LAUNCH");
        const started = ours.flatMap(({ job }) => job.servers.map(({ server }) => server));
        expect(new Set(started).size).toBe(started.length);
      }
    }));

  it("makes no call that a quota refuses, and packs no more servers into one than a job takes", () =>
    holds(({ world }, { strangers, faults, quotas }) => {
      const isLate = faults.includes("arrives-late");
      for (const lane of world.lanes.values()) {
        const ours = lane.calls.filter(({ by }) => by === "us");
        for (const { servers } of ours) {
          expect(servers.length).toBeLessThanOrEqual(quotas.serversPerJob);
        }
        if (strangers.length === 0 && !isLate) {
          expect(ours.filter(({ answer }) => answer === "over-quota")).toEqual([]);
        }
      }
    }));

  it("knows every job it started, and watches it to its end", () =>
    holds(async ({ world }) => {
      for (const [key, lane] of world.lanes) {
        const ended = await world.journal.endedBatches("execution", key);
        const known = new Set(ended.map(({ jobId }) => jobId));
        for (const { by, job, endsAt } of lane.jobs) {
          if (by !== "us" || job.type !== "LAUNCH") continue;
          expect(known).toContain(job.jobId);
          expect(before(world.now(), endsAt)).toBe(false);
        }
      }
    }));

  it("ends every server launched, or failed or skipped with a reason", () =>
    holds(({ status }) => {
      for (const { outcome, reason } of status.servers ?? []) {
        expect(["launched", "failed", "skipped"]).toContain(outcome);
        if (outcome !== "launched") expect(reason).toBeTruthy();
      }
    }));

  it("starts no server before the gate of its wave is open", () =>
    holds(({ world, waveOf, dependsOn }) => {
      const ends = new Map<string, number>();
      for (const lane of world.lanes.values()) {
        for (const { ends: launches, job, by } of lane.jobs) {
          if (by !== "us" || job.type !== "LAUNCH") continue;
          for (const [server, at] of launches) {
            const wave = waveOf(server);
            ends.set(wave, Math.max(ends.get(wave) ?? 0, at));
          }
        }
      }
      for (const lane of world.lanes.values()) {
        for (const { at, servers, by, kind, answer } of lane.calls) {
          if (by !== "us" || kind !== "launch" || answer !== "accepted") continue;
          for (const server of servers) {
            for (const wave of dependsOn(waveOf(server))) {
              expect(at).toBeGreaterThanOrEqual(ends.get(wave) ?? 0);
            }
          }
        }
      }
    }));

  it("leaves real recoveries alone in a drill, and ends no instance that is not its own drill's", () =>
    holds(({ world, realBefore }, { kind }) => {
      for (const [key, lane] of world.lanes) {
        const ours = new Set(lane.jobs.filter(({ by }) => by === "us").map(({ job }) => job.jobId));
        const terminated = lane.jobs.filter(
          ({ by, job }) => by === "us" && job.type === "TERMINATE",
        );
        if (kind === "recovery") expect(terminated).toEqual([]);
        for (const { job } of terminated) {
          for (const { server } of job.servers) {
            const launches = lane.jobs.filter(
              (one) =>
                one.job.type === "LAUNCH" &&
                one.ends.has(server) &&
                one.job.createdAt < job.createdAt,
            );
            expect(ours).toContain(launches.at(-1)?.job.jobId);
          }
        }
        if (kind !== "drill") continue;
        const started = lane.jobs.filter(({ by, job }) => by === "us" && job.type === "LAUNCH");
        const touched = started.flatMap(({ job }) => job.servers.map(({ server }) => server));
        for (const server of realBefore(key)) expect(touched).not.toContain(server);
      }
    }));

  it("leaves no drill instance of its own behind after a clean-up", () =>
    holds(({ world }, { kind }) => {
      if (kind !== "drill") return;
      for (const lane of world.lanes.values()) {
        const ours = new Set(lane.jobs.filter(({ by }) => by === "us").map(({ job }) => job.jobId));
        const left = [...lane.instances().values()].filter(({ jobId }) => ours.has(jobId ?? ""));
        expect(left).toEqual([]);
      }
    }));

  it("intends every call in the journal before it makes it, and calls no batch twice", () =>
    holds(({ world }) => {
      for (const [key, lane] of world.lanes) {
        const calls = lane.calls.filter(({ by, kind }) => by === "us" && kind === "launch");
        const batches = calls.map(({ batch }) => batch);
        expect(new Set(batches).size).toBe(batches.length);
        for (const { batch, servers } of calls) {
          const intents = world.journal.laneWrites
            .filter(({ lane: of }) => of === key)
            .flatMap(({ openBatches }) => openBatches)
            .filter(({ number }) => `${key}#${number}` === batch);
          expect(intents.at(0)?.servers).toEqual(servers);
        }
      }
    }));
});

/** The documented quotas, so that only a fleet of more than 500 servers needs rounds. */
const roomy = { quotas: documentedQuotas };

describe("an execution without faults", () => {
  const calm = scenarios.map(
    (scenario): Scenario => ({ ...scenario, ...roomy, strangers: [], faults: [] }),
  );

  it("ends within the slack of its polls after the slowest servers along the dependencies", () =>
    fc.assert(
      fc.asyncProperty(calm, async (scenario) => {
        const { status, lowerBoundSeconds, waveCount } = await run(scenario);
        const rounds = roundsOf(scenario);
        const slack = waveCount * (cadence.jobPollSeconds + 2 * cadence.gatePollSeconds + 5);
        expect(status.makespanSeconds ?? 0).toBeLessThanOrEqual(
          lowerBoundSeconds * rounds + rounds * slack,
        );
      }),
    ));
});

/** How many rounds the largest lane needs under 500 servers in flight. */
function roundsOf({ fleet }: Scenario): number {
  const sizes = new Map<LaneKey, number>();
  for (const { lane } of fleet) sizes.set(lane, (sizes.get(lane) ?? 0) + 1);
  return Math.max(1, ...[...sizes.values()].map((size) => Math.ceil(size / 500)));
}
