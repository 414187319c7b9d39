import { describe, expect, it, onTestFinished, vi } from "vitest";
import { drsOfLane } from "../../runtime/adapters/drs.js";
import { plusSeconds } from "../../runtime/core/instant.js";
import { laneOf } from "../../runtime/core/lane.js";
import type { Drs } from "../../runtime/core/ports.js";
import {
  type Bench,
  type BenchOptions,
  fleetOf,
  lane,
  serverId,
  serverIds,
  startBench,
} from "../rehearsal/services/bench.js";

/** The adapter, as a function has it: its endpoint comes from the environment. */
async function open(options: BenchOptions = {}): Promise<{ bench: Bench; drs: Drs }> {
  const bench = await startBench(options);
  vi.stubEnv("AWS_ENDPOINT_URL", bench.gateway.url);
  onTestFinished(() => void vi.unstubAllEnvs());
  const { accessKeyId, secretAccessKey, sessionToken } = bench.credentials();
  const expiration = new Date(8.64e15);
  const given = { accessKeyId, secretAccessKey, sessionToken, expiration };
  return { bench, drs: drsOfLane(() => async () => given)(laneOf(lane)) };
}

const call = (servers: readonly string[], more: object = {}) => ({
  servers,
  isDrill: true,
  tags: { "dr:execution": "one", "dr:batch": `${lane}#1` },
  ...more,
});

const startRecovery = { service: "drs", operation: "StartRecovery" } as const;

const requests = ({ calls }: Bench, name: string) =>
  calls.filter(({ operation }) => operation === name).length;

describe("the servers of a lane", () => {
  it("are read over all pages, in the words of the core", async () => {
    const { bench, drs } = await open({ fleet: fleetOf(450) });
    const servers = await drs.sourceServers();
    expect(servers.map(({ server }) => server)).toEqual(serverIds(450));
    expect(requests(bench, "DescribeSourceServers")).toBe(3);
    expect(servers[0]).toMatchObject({
      server: serverId(1),
      tags: { app: "shop" },
      hostname: "host-1",
      replicationState: "CONTINUOUS",
      isExtended: false,
    });
    expect(servers[0]).not.toHaveProperty("recoveryInstance");
    expect(servers[0]).not.toHaveProperty("lastLaunch");
  });

  it("are asked for by id, 200 at a time, and not at all where none is asked for", async () => {
    const { bench, drs } = await open({ fleet: fleetOf(450) });
    expect(await drs.sourceServers(serverIds(401))).toHaveLength(401);
    expect(requests(bench, "DescribeSourceServers")).toBe(3);
    expect(await drs.sourceServers([])).toEqual([]);
    expect(requests(bench, "DescribeSourceServers")).toBe(3);
  });

  it("tell their lag in seconds", async () => {
    const [one, two] = fleetOf(2);
    if (!one || !two) throw new Error("no fleet");
    const fleet = [
      { ...one, lagSeconds: 0 },
      { ...two, lagSeconds: 2 * 86_400 + 3_723 },
    ];
    const { drs } = await open({ fleet });
    const servers = await drs.sourceServers();
    expect(servers.map(({ lagSeconds }) => lagSeconds)).toEqual([0, 176_523]);
  });

  it("are none in a Region in which DRS was never initialised", async () => {
    const { drs } = await open({ fleet: [] });
    expect(await drs.sourceServers()).toEqual([]);
    expect;
    expect(await drs.recoveryInstances()).toEqual([]);
  });
});

describe("a started recovery", () => {
  it.each(["+00:00", "Z"] as const)(
    "has moments, whether they end in %s",
    async (timestampSuffix) => {
      const { bench, drs } = await open({ drs: { timestampSuffix } });
      const answer = await drs.startRecovery(call(serverIds(2)));
      const now = bench.clock.now();
      expect(answer).toMatchObject({
        kind: "accepted",
        job: {
          type: "LAUNCH",
          initiatedBy: "START_DRILL",
          status: "PENDING",
          createdAt: now,
          tags: { "dr:execution": "one", "dr:batch": `${lane}#1` },
          servers: serverIds(2).map((server) => ({ server, launchStatus: "PENDING" })),
        },
      });
      await bench.pass(1_000);
      const [job] = await drs.jobsSince(now);
      expect(job).toMatchObject({ status: "COMPLETED" });
      expect(job?.endedAt).toBeGreaterThan(now);
    },
  );

  it("leaves an instance, and the server says in which job it was last launched", async () => {
    const { bench, drs } = await open();
    const calledAt = bench.clock.now();
    const answer = await drs.startRecovery(call([serverId(1)], { isDrill: false }));
    const jobId = answer.kind === "accepted" ? answer.job.jobId : "";
    await bench.pass(1_000);
    const [instance] = await drs.recoveryInstances([serverId(1)]);
    expect(instance).toMatchObject({ server: serverId(1), isDrill: false, jobId });
    const [server] = await drs.sourceServers([serverId(1)]);
    expect(server?.recoveryInstance).toBe(instance?.instance);
    expect(server?.lastLaunch).toMatchObject({ jobId, kind: "recovery", calledAt });
  });

  it("is ended by its instances, in a job that carries no tag", async () => {
    const { bench, drs } = await open();
    await drs.startRecovery(call(serverIds(2)));
    await bench.pass(1_000);
    const instances = await drs.recoveryInstances(serverIds(2));
    const answer = await drs.terminate(instances.map(({ instance }) => instance));
    expect(answer).toMatchObject({
      kind: "accepted",
      job: { type: "TERMINATE", initiatedBy: "TERMINATE_RECOVERY_INSTANCES", tags: {} },
    });
    await bench.pass(200);
    expect(await drs.recoveryInstances(serverIds(2))).toEqual([]);
  });
});

describe("the jobs of a lane", () => {
  it("are read over all pages, from a moment on", async () => {
    const { bench, drs } = await open({
      fleet: fleetOf(300),
      drs: {
        launchSeconds: () => 60,
        quotas: () => ({ concurrentJobs: 1_000, serversInAllJobs: 1_000 }),
      },
    });
    for (const server of serverIds(250)) {
      bench.drs.stranger.startRecovery(lane, [server], { isDrill: true });
    }
    await bench.pass(3_600);
    const from = bench.clock.now();
    await drs.startRecovery(call([serverId(251)]));
    expect(await drs.jobsSince(from)).toHaveLength(1);
    expect(await drs.jobsSince(plusSeconds(from, -3_600))).toHaveLength(251);
    expect(requests(bench, "DescribeJobs")).toBe(3);
  });
});

describe("a refused call", () => {
  it("of a busy server is a conflict for the whole of it", async () => {
    const { bench, drs } = await open();
    bench.drs.stranger.startRecovery(lane, [serverId(1)], { isDrill: true });
    const answer = await drs.startRecovery(call(serverIds(3)));
    expect(answer).toMatchObject({ kind: "conflict" });
    expect(bench.drs.jobs(lane)).toHaveLength(1);
  });

  it.each([
    [101, {}, "L-B827C881"],
    [3, { concurrentJobs: 0 }, "L-D88FAC3A"],
    [3, { serversInAllJobs: 2 }, "L-05AFA8C6"],
  ])("of %i servers beyond %j names the quota", async (count, own, quotaCode) => {
    const { drs } = await open({ fleet: fleetOf(101), drs: { quotas: () => own } });
    const answer = await drs.startRecovery(call(serverIds(count)));
    expect(answer).toMatchObject({ kind: "over-quota", quotaCode });
  });

  it("for its rate tells when to come back, and is not repeated by the SDK", async () => {
    const fault = { kind: "throttling", calls: startRecovery, retryAfterSeconds: 7 } as const;
    const { bench, drs } = await open({ faults: [fault] });
    const answer = await drs.startRecovery(call([serverId(1)]));
    expect(answer).toMatchObject({ kind: "throttled", retryAfterSeconds: 7 });
    expect(requests(bench, "StartRecovery")).toBe(1);
  });

  it("by IAM is denied, with IAM's words", async () => {
    const { drs } = await open({
      gateway: { authorize: () => ({ allowed: false, reason: "no policy allows it" }) },
    });
    const answer = await drs.startRecovery(call([serverId(1)]));
    expect(answer).toMatchObject({ kind: "denied", message: expect.stringContaining("no policy") });
  });

  it("of a server that does not exist is not found", async () => {
    const { drs } = await open();
    const answer = await drs.startRecovery(call([serverId(99)]));
    expect(answer).toMatchObject({ kind: "not-found" });
  });

  it("in a Region without DRS is invalid: nothing can have happened", async () => {
    const { drs } = await open({ fleet: [] });
    const answer = await drs.startRecovery(call([serverId(1)]));
    expect(answer.kind).toBe("invalid");
  });
});

describe("a call that nobody answered", () => {
  it.each([
    ["lost-call", 0],
    ["lost-reply", 1],
  ] as const)(
    "is indefinite when the connection breaks by a %s, and is made once",
    async (kind, jobs) => {
      const { bench, drs } = await open({ faults: [{ kind, calls: startRecovery }] });
      expect(await drs.startRecovery(call([serverId(1)]))).toMatchObject({ kind: "indefinite" });
      expect(bench.drs.jobs(lane)).toHaveLength(jobs);
      expect(requests(bench, "StartRecovery")).toBe(1);
    },
  );

  it("is indefinite when the service answers 500, though it took effect", async () => {
    const fault = { kind: "internal-error", calls: startRecovery, when: "after" } as const;
    const { bench, drs } = await open({ faults: [fault] });
    expect(await drs.startRecovery(call([serverId(1)]))).toMatchObject({ kind: "indefinite" });
    expect(bench.drs.jobs(lane)).toHaveLength(1);
    expect(requests(bench, "StartRecovery")).toBe(1);
  });
});

describe("a read", () => {
  it("is repeated by the SDK when it is throttled, breaks or fails", async () => {
    const { bench, drs } = await open({
      faults: [
        { kind: "throttling", atMost: 1 },
        { kind: "lost-call", atMost: 1 },
      ],
    });
    expect(await drs.sourceServers()).toHaveLength(4);
    expect(requests(bench, "DescribeSourceServers")).toBe(3);
  });

  it.each([
    ["lane-throttled", "throttling"],
    ["lane-unreachable", "internal-error"],
  ] as const)("that stays refused is a %s of its lane", async (code, kind) => {
    const { drs } = await open({ faults: [{ kind }] });
    await expect(drs.sourceServers()).rejects.toMatchObject({
      code,
      message: expect.stringContaining(`${lane}: `),
      fields: { lane },
    });
  });

  it("that IAM denies is a lane-denied of its lane", async () => {
    const { drs } = await open({
      gateway: { authorize: () => ({ allowed: false, reason: "an SCP denies it" }) },
    });
    await expect(drs.recoveryInstances()).rejects.toMatchObject({
      code: "lane-denied",
      message: expect.stringContaining("an SCP denies it"),
    });
  });
});
