import { describe, expect, it } from "vitest";
import { DrError } from "../../../runtime/core/errors.js";
import type { Drs, StartRecoveryCall } from "../../../runtime/core/ports.js";
import type { CallAnswer } from "../../../runtime/core/recovery/observation.js";
import { voidAfterSeconds } from "../../../runtime/limits.js";
import { laneA, quotas, servers } from "../../support/execution/build.js";
import {
  advanceToRest,
  type Bench,
  fleetOf,
  startBench,
} from "../../support/execution/handler-bench.js";

/** A bench whose lane answers reads and changes as a test says, while it says something. */
function benchWith(
  say: { read?: () => DrError | undefined; change?: () => CallAnswer | undefined },
  options: Parameters<typeof startBench>[0] = {},
): Bench {
  const drs = (port: Drs): Drs => ({
    ...port,
    async jobsSince(from) {
      const error = say.read?.();
      if (error) throw error;
      return port.jobsSince(from);
    },
    startRecovery: async (call) => say.change?.() ?? port.startRecovery(call),
    terminate: async (instances) => say.change?.() ?? port.terminate(instances),
  });
  return startBench({ ...options, drs });
}

/** Gives each of these once, then nothing any more. */
function once<T>(...values: (T | undefined)[]): () => T | undefined {
  return () => values.shift();
}

const throttled = () => new DrError("lane-throttled", "Rate exceeded");
const message = "said DRS";

describe("a lane's turn", () => {
  it("starts what may start, tags it, and comes back when something can have changed", async () => {
    const bench = startBench();
    await bench.begin();
    expect(await bench.advance()).toEqual({ next: "wait", seconds: 180 });
    expect(bench.calls()).toMatchObject([
      { kind: "launch", servers: servers(3), batch: `${laneA}#1`, answer: "accepted" },
    ]);
    expect(bench.asked.beats).toEqual([`recover ${laneA}`]);
  });

  it("tells the lane's end with the token that the plan waits for, and again if it is asked again", async () => {
    const bench = startBench();
    await bench.begin();
    expect(await advanceToRest(bench)).toEqual({ next: "ended" });
    expect(await bench.advance()).toEqual({ next: "ended" });
    expect(bench.asked.succeeded).toEqual([`recover ${laneA}`, `recover ${laneA}`]);
  });

  it("says once in the audit that a call given up arrived after all, and starts nothing twice", async () => {
    const given: StartRecoveryCall[] = [];
    const bench = startBench({
      drs: (port) => ({
        ...port,
        async startRecovery(call) {
          given.push(call);
          return { kind: "indefinite", message };
        },
      }),
    });
    await bench.begin();
    await bench.advance();
    bench.pass(voidAfterSeconds + 1);
    await bench.advance();
    const [first] = given;
    if (!first) throw new Error("nothing was called");
    bench.lane().launch("us", first);
    expect(await advanceToRest(bench)).toEqual({ next: "ended" });
    expect(bench.journal.audits.filter(({ what }) => what === "revived")).toEqual([
      { what: "revived", lane: laneA, detail: { batch: 1, servers: 3, job: `${laneA}-0` } },
    ]);
    expect(bench.calls()).toHaveLength(1);
    expect(given).toHaveLength(2);
  });

  it("starts the others of a refused call in the same turn, without the one that is busy", async () => {
    let looks = 0;
    const bench = startBench({
      drs: (port) => ({
        ...port,
        async jobsSince(from) {
          looks += 1;
          return looks === 1 ? [] : port.jobsSince(from);
        },
      }),
    });
    bench.lane().launch("stranger", { servers: ["s-0002"], isDrill: true, tags: {} });
    await bench.begin();
    await bench.advance();
    expect(bench.calls().map(({ servers: ids, answer }) => [answer, ids])).toEqual([
      ["conflict", servers(3)],
      ["accepted", ["s-0001", "s-0003"]],
    ]);
  });

  it("makes no further call once the lane refused one for its rate or its quotas", async () => {
    for (const kind of ["throttled", "over-quota"] as const) {
      const bench = benchWith(
        { change: once<CallAnswer>({ kind, message }) },
        { quotas: quotas({ serversPerJob: 1 }) },
      );
      await bench.begin();
      await bench.advance();
      expect(bench.calls()).toEqual([]);
      const { heldBack } = await bench.status();
      expect(heldBack).toEqual({ [kind]: 3 });
      await advanceToRest(bench);
      expect((await bench.status()).totals.launched).toBe(3);
    }
  });

  it("remembers what a call was answered although the look after it is throttled", async () => {
    const bench = benchWith({
      read: once<DrError>(undefined, throttled()),
      change: once<CallAnswer>({ kind: "throttled", retryAfterSeconds: 7, message }),
    });
    await bench.begin();
    expect(await bench.advance()).toEqual({ next: "wait", seconds: 10 });
    const lane = await bench.journal.lane("execution", laneA);
    expect(lane).toMatchObject({ openBatches: [], backoff: { kind: "throttled" } });
    bench.pass(10);
    await bench.advance();
    expect(bench.calls()).toMatchObject([{ answer: "accepted" }]);
  });

  it("looks again a little later when its first look is throttled, and calls nothing", async () => {
    const bench = benchWith({ read: once<DrError>(throttled()) });
    await bench.begin();
    expect(await bench.advance()).toEqual({ next: "wait", seconds: 10 });
    expect(bench.calls()).toEqual([]);
  });

  it("finds the job of a call whose answer was lost, and makes no other", async () => {
    const bench = startBench({
      drs: (port) => ({
        ...port,
        startRecovery: async (call) => {
          await port.startRecovery(call);
          return { kind: "indefinite", message: "socket hang up" };
        },
      }),
    });
    await bench.begin();
    await advanceToRest(bench);
    expect(bench.calls()).toHaveLength(1);
    expect((await bench.status()).totals).toMatchObject({ launched: 3, failed: 0 });
  });

  it("asks DRS nothing while all it waits for is another lane's gate", async () => {
    const later = "222222222222/us-west-2";
    const bench = startBench({
      waves: [{ name: "first" }, { name: "second", dependsOn: ["first"] }],
      fleet: { [laneA]: fleetOf(1), [later]: fleetOf(1, { tags: { Wave: "second" } }, 9) },
      drs: (port, lane) =>
        lane === laneA
          ? port
          : { ...port, jobsSince: async () => Promise.reject(new Error("was asked")) },
    });
    await bench.begin();
    await bench.advance();
    expect(await bench.advance(later)).toEqual({ next: "wait", seconds: 10 });
  });
});

describe("a lane whose first look fails", () => {
  it("still looks back to the jobs that were active before the execution began", async () => {
    const bench = benchWith(
      { read: once<DrError>(new DrError("lane-unreachable", "silent")) },
      {
        waves: [{ name: "first" }, { name: "second", dependsOn: ["first"] }],
        fleet: { [laneA]: [...fleetOf(1), ...fleetOf(1, { tags: { Wave: "second" } }, 2)] },
      },
    );
    bench.lane().launch("stranger", { servers: ["s-0002"], isDrill: false, tags: {} });
    bench.pass(250);
    await bench.begin("drill");
    await advanceToRest(bench);
    const { servers: told = [] } = await bench.status();
    expect(told.find(({ server }) => server === "s-0002")).toMatchObject({
      outcome: "skipped",
      reason: expect.stringContaining("a drill would replace its instance"),
    });
    expect(bench.calls().flatMap((call) => call.servers)).toEqual(["s-0001"]);
  });
});

describe("a lane that denies", () => {
  const denied = () => new DrError("lane-denied", "111111111111/us-east-1: AccessDenied");

  it("launches its servers when the denial passes within five minutes", async () => {
    let looks = 0;
    const bench = benchWith({ read: () => (++looks < 15 ? denied() : undefined) });
    await bench.begin();
    expect(await bench.advance()).toEqual({ next: "wait", seconds: 20 });
    await advanceToRest(bench);
    const { servers: told = [], heldBack } = await bench.status();
    expect(told.map(({ outcome }) => outcome)).toEqual(["launched", "launched", "launched"]);
    expect(heldBack).toEqual({ denied: 3 });
  });

  it("ends its waiting servers with that reason when nothing of it is in flight for five minutes", async () => {
    const bench = benchWith({ read: denied });
    await bench.begin();
    for (let looks = 0; looks < 15; looks += 1) {
      expect(await bench.advance()).toEqual({ next: "wait", seconds: 20 });
      bench.pass(20);
    }
    expect(await bench.advance()).toEqual({ next: "ended" });
    const { servers: told = [] } = await bench.status();
    expect(told).toHaveLength(3);
    expect(told[0]).toMatchObject({
      outcome: "failed",
      reason: "111111111111/us-east-1: AccessDenied",
    });
  });

  it("is waited for until the wave's deadline while it only does not answer", async () => {
    const silent = () => new DrError("lane-unreachable", "no answer");
    const bench = benchWith({ read: silent });
    await bench.begin();
    expect(await bench.advance()).toEqual({ next: "wait", seconds: 20 });
    await advanceToRest(bench);
    const { servers: told = [] } = await bench.status();
    expect(told[0]?.reason).toBe("not started within 120 minutes: no answer");
  });
});

describe("a turn that came too late", () => {
  it("calls nothing when another wrote the lane before it", async () => {
    let isFirst = true;
    const bench = startBench({
      deps: (deps) => ({
        ...deps,
        journal: {
          ...deps.journal,
          async writeLane(lane) {
            if (lane.openBatches.length === 0 || !isFirst) return deps.journal.writeLane(lane);
            isFirst = false;
            await deps.journal.writeLane({ ...lane, openBatches: [], owner: "another" });
            return deps.journal.writeLane(lane);
          },
        },
      }),
    });
    await bench.begin();
    expect(await bench.advance()).toEqual({ next: "wait", seconds: 1 });
    expect(bench.calls()).toEqual([]);
    await bench.advance();
    expect(bench.calls()).toHaveLength(1);
  });
});
