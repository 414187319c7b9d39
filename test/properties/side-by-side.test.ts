import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { before } from "../../runtime/core/instant.js";
import { laneA } from "../support/execution/build.js";
import type { Bench } from "../support/execution/handler-bench.js";
import { runSideBySide, type SideBySide, sideBySide } from "../support/execution/interleaving.js";

/** Runs a property over executions whose turns run two at a time, in any order of their port calls. */
function holds(judge: (bench: Bench, given: SideBySide) => void | Promise<void>) {
  return fc.assert(
    fc.asyncProperty(sideBySide, fc.scheduler(), async (given, scheduler) =>
      judge(await runSideBySide(given, scheduler), given),
    ),
  );
}

const launchesOf = (bench: Bench) =>
  bench.lane().jobs.filter(({ by, job }) => by === "us" && job.type === "LAUNCH");

describe("two turns of a lane side by side, one of which may die anywhere", () => {
  it("start no server twice, and call no batch twice", () =>
    holds((bench) => {
      const started = launchesOf(bench).flatMap(({ job }) => job.servers.map((one) => one.server));
      expect(new Set(started).size).toBe(started.length);
      const called = bench.calls().filter(({ kind }) => kind === "launch");
      const batches = called.map(({ batch }) => batch);
      expect(new Set(batches).size).toBe(batches.length);
    }));

  it("keep every job they start in the journal, and tell each of its servers as DRS does", () =>
    holds(async (bench, { fleet }) => {
      const ended = await bench.journal.endedBatches("execution", laneA);
      const known = new Set(ended.map(({ jobId }) => jobId));
      const { servers = [] } = await bench.status();
      const told = new Map(servers.map((one) => [one.server, one]));
      expect([...told.keys()].toSorted()).toEqual(fleet.map(({ server }) => server).toSorted());
      for (const { job } of launchesOf(bench)) {
        expect(known).toContain(job.jobId);
        for (const { server } of job.servers) {
          const fails = bench.lane().servers.get(server)?.fails;
          expect(told.get(server)).toMatchObject({
            outcome: fails ? "failed" : "launched",
            jobId: job.jobId,
          });
        }
      }
    }));

  it("start no server of a wave before every server of the wave before it has ended", () =>
    holds((bench, { fleet }) => {
      const waveOf = new Map(fleet.map(({ server, tags }) => [server, tags.Wave]));
      const launches = launchesOf(bench).flatMap(({ job, ends }) =>
        [...ends].map(([server, end]) => ({ wave: waveOf.get(server), from: job.createdAt, end })),
      );
      const first = launches.filter(({ wave }) => wave === "first");
      for (const { from } of launches.filter(({ wave }) => wave === "second")) {
        for (const { end } of first) expect(before(from, end)).toBe(false);
      }
    }));

  it("leave nothing of a drill behind, and end nothing of a recovery", () =>
    holds((bench, { kind }) => {
      const ended = bench.calls().filter((one) => one.kind === "terminate");
      if (kind === "recovery") expect(ended).toEqual([]);
      if (kind === "recovery") return;
      const ours = new Set(launchesOf(bench).map(({ job }) => job.jobId));
      const left = [...bench.lane().instances().values()];
      expect(left.filter(({ jobId }) => ours.has(jobId ?? ""))).toEqual([]);
    }));
});
