import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pack, roomOf, type Startable } from "../../../runtime/core/recovery/packing.js";
import { documentedQuotas } from "../../../runtime/core/recovery/predict.js";
import { batch, job, over, quotas, servers } from "../../support/execution/build.js";

const noReserve = { jobs: 0, servers: 0 };
const wholeLane = { jobs: 20, servers: 500 };

function startable(server: string, more: Partial<Startable> = {}): Startable {
  const usual = { wave: "first", isCritical: true, expectedLaunchSeconds: 600, refusals: 0 };
  return { server, ...usual, ...more };
}

function alike(count: number, more: Partial<Startable> = {}, first = 1): readonly Startable[] {
  return servers(count, first).map((server) => startable(server, more));
}

const sizes = ({ batches }: ReturnType<typeof pack>) => batches.map((one) => one.servers.length);

describe("the room that a lane's quotas leave", () => {
  it("is 20 jobs and 500 servers when nothing runs", () => {
    expect(roomOf([], [], documentedQuotas, noReserve)).toEqual(wholeLane);
  });

  it("is less by every active job of anybody, terminate jobs too, and by no job that has ended", () => {
    const jobs = [
      job("job-1", servers(30)),
      job("job-2", servers(7, 31), { type: "TERMINATE" }),
      over(job("job-3", servers(100, 50))),
    ];
    expect(roomOf(jobs, [], documentedQuotas, noReserve)).toEqual({ jobs: 18, servers: 463 });
  });

  it("counts batches of ours once: before their job is shown, and when it is", () => {
    const intended = batch(1, servers(10));
    const called = batch(2, servers(20, 11), { jobId: "job-2" });
    const hidden = roomOf([], [intended, called], documentedQuotas, noReserve);
    expect(hidden).toEqual({ jobs: 18, servers: 470 });

    const shown = [job("job-2", servers(20, 11))];
    expect(roomOf(shown, [intended, called], documentedQuotas, noReserve)).toEqual(hidden);
  });

  it("leaves the plan's reserve to others, and follows the lane's own quotas", () => {
    const own = quotas({ concurrentJobs: 5, serversInAllJobs: 60 });
    expect(roomOf([], [], own, { jobs: 2, servers: 10 })).toEqual({ jobs: 3, servers: 50 });
  });
});

describe("packing", () => {
  it("makes one job of 100 servers, and two of 101", () => {
    expect(sizes(pack(alike(100), wholeLane, 100))).toEqual([100]);
    expect(sizes(pack(alike(101), wholeLane, 100))).toEqual([100, 1]);
  });

  it("starts 500 servers in five jobs at once, and holds back the 501st", () => {
    const packed = pack(alike(501), wholeLane, 100);
    expect(sizes(packed)).toEqual([100, 100, 100, 100, 100]);
    expect(packed.left).toEqual([{ kind: "servers-in-flight", servers: ["s-0501"] }]);
  });

  it("fills the last places of a lane with part of a job", () => {
    const packed = pack(alike(80), { jobs: 20, servers: 30 }, 100);
    expect(sizes(packed)).toEqual([30]);
    expect(packed.left).toEqual([{ kind: "servers-in-flight", servers: servers(50, 31) }]);
  });

  it("makes no more than 20 jobs, and says that jobs are what is missing", () => {
    const waves = Array.from({ length: 21 }, (_, n) => startable(`s-${n}`, { wave: `wave-${n}` }));
    const packed = pack(waves, wholeLane, 100);
    expect(packed.batches).toHaveLength(20);
    expect(packed.left).toEqual([{ kind: "jobs-in-flight", servers: ["s-20"] }]);
  });

  it("starts nothing where strangers and the reserve leave less than nothing", () => {
    const packed = pack(alike(3), { jobs: -1, servers: -20 }, 100);
    expect(packed.batches).toEqual([]);
    expect(packed.left).toEqual([{ kind: "jobs-in-flight", servers: servers(3) }]);
  });

  it("gives the places to earlier waves first, then to critical servers", () => {
    const given = [
      startable("s-3", { isCritical: false }),
      startable("s-2"),
      startable("s-1", { wave: "second" }),
    ];
    const packed = pack(given, { jobs: 20, servers: 1 }, 100);
    expect(packed.batches).toEqual([{ wave: "first", servers: ["s-2"] }]);
  });

  it("never mixes waves in a job, so that a gate waits for none of another's servers", () => {
    const packed = pack([...alike(2), ...alike(2, { wave: "second" }, 3)], wholeLane, 100);
    expect(packed.batches).toEqual([
      { wave: "first", servers: servers(2) },
      { wave: "second", servers: servers(2, 3) },
    ]);
  });

  it("puts servers of like expected duration into one job", () => {
    const slow = alike(3, { expectedLaunchSeconds: 3_000 }, 10);
    const packed = pack([...alike(3), ...slow], wholeLane, 3);
    expect(packed.batches.map((one) => one.servers)).toEqual([servers(3, 10), servers(3)]);
  });

  it("halves a call with each refusal, down to one server, and never mixes suspects with others", () => {
    const suspects = alike(10, { refusals: 1 }, 100);
    expect(sizes(pack([...alike(8), ...suspects], wholeLane, 8))).toEqual([8, 4, 4, 2]);
    expect(sizes(pack(alike(3, { refusals: 9 }), wholeLane, 8))).toEqual([1, 1, 1]);
  });
});

describe("packing, whatever the servers and the room", () => {
  const someServers = fc
    .array(
      fc.record({
        wave: fc.constantFrom("first", "second", "third"),
        isCritical: fc.boolean(),
        expectedLaunchSeconds: fc.constantFrom(60, 600, 3_600),
        refusals: fc.nat(3),
      }),
      { maxLength: 60 },
    )
    .map((all) => all.map((one, n) => ({ server: `s-${n}`, ...one })));
  const rooms = fc.record({
    jobs: fc.integer({ min: -2, max: 6 }),
    servers: fc.integer({ min: -5, max: 40 }),
  });

  it("never exceeds the room nor the servers a job takes, and loses nobody", () => {
    fc.assert(
      fc.property(someServers, rooms, fc.integer({ min: 1, max: 12 }), (given, room, perJob) => {
        const { batches, left } = pack(given, room, perJob);
        const started = batches.flatMap((one) => one.servers);
        expect(batches.length).toBeLessThanOrEqual(Math.max(0, room.jobs));
        expect(started.length).toBeLessThanOrEqual(Math.max(0, room.servers));
        const waveOf = new Map(given.map(({ server, wave }) => [server, wave]));
        for (const { wave, servers: ids } of batches) {
          expect(ids.length).toBeGreaterThan(0);
          expect(ids.length).toBeLessThanOrEqual(perJob);
          expect(new Set(ids.map((id) => waveOf.get(id)))).toEqual(new Set([wave]));
        }
        const all = [...started, ...left.flatMap((one) => one.servers)];
        expect(all.toSorted()).toEqual(given.map(({ server }) => server).toSorted());
      }),
    );
  });

  it("wastes no place: who is held back found no job or no place left", () => {
    fc.assert(
      fc.property(someServers, rooms, fc.integer({ min: 1, max: 12 }), (given, room, perJob) => {
        const { batches, left } = pack(given, room, perJob);
        const placesLeft = room.servers - batches.flatMap((one) => one.servers).length;
        const jobsLeft = room.jobs - batches.length;
        if (left.length > 0) expect(Math.min(placesLeft, jobsLeft)).toBeLessThanOrEqual(0);
      }),
    );
  });

  it("does not depend on the order in which servers of a wave are given", () => {
    fc.assert(
      fc.property(someServers, rooms, (given, room) => {
        const order = [...new Set(given.map(({ wave }) => wave))];
        const sorted = order.flatMap((wave) => given.filter((one) => one.wave === wave).reverse());
        expect(pack(sorted, room, 5)).toEqual(pack(given, room, 5));
      }),
    );
  });
});
