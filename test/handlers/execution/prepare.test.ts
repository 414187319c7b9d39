import { describe, expect, it } from "vitest";
import { DrError } from "../../../runtime/core/errors.js";
import type { LaneKey } from "../../../runtime/core/lane.js";
import type { Journal } from "../../../runtime/core/ports.js";
import type { ExecutionDeps } from "../../../runtime/handlers/execution/deps.js";
import { denialPatienceSeconds } from "../../../runtime/limits.js";
import { laneA, laneB, quotas } from "../../support/execution/build.js";
import {
  type BenchOptions,
  executionId,
  fleetOf,
  modelServer,
  startBench,
} from "../../support/execution/handler-bench.js";

const waves = [{ name: "first" }, { name: "second", dependsOn: ["first"] }];
const second = { tags: { Wave: "second" } };
const fleet = {
  [laneA]: [...fleetOf(2), ...fleetOf(1, second, 3)],
  [laneB]: fleetOf(1, second, 9),
};

/** A bench in which one lane cannot be read. */
function losing(lost: LaneKey, error: Error, options: BenchOptions = {}) {
  return startBench({
    ...options,
    drs: (port, lane) =>
      lane === lost ? { ...port, sourceServers: async () => Promise.reject(error) } : port,
  });
}

const denied = new DrError("lane-denied", `${laneB}: AccessDenied`);

describe("a preparation", () => {
  it("writes each lane's servers down, and counts the lanes of each wave for its gate", async () => {
    const bench = startBench({ waves, fleet });
    await bench.start();
    expect(await bench.ask("prepare")).toEqual({ lanes: [laneA, laneB] });
    const head = await bench.journal.head(executionId);
    expect(head).toMatchObject({ state: "recovering", laneCount: 2, lostLanes: [] });
    expect(head?.waves.map(({ name, laneCount }) => [name, laneCount])).toEqual([
      ["first", 1],
      ["second", 2],
    ]);
    const members = await bench.journal.members(executionId, laneA);
    expect(members.map(({ server, wave }) => [server, wave])).toEqual([
      ["s-0001", "first"],
      ["s-0002", "first"],
      ["s-0003", "second"],
    ]);
  });

  it("writes the quotas that each lane shows", async () => {
    const own = quotas({ concurrentJobs: 7 });
    const bench = startBench({ quotas: own });
    await bench.begin();
    expect((await bench.journal.lane(executionId, laneA))?.quotas).toEqual(own);
  });

  it("asks a lane that refuses once more, for a session may just have ended", async () => {
    let refusals = 2;
    const bench = startBench({
      waves,
      fleet,
      drs: (port, lane) => ({
        ...port,
        sourceServers: (ids) => {
          if (lane !== laneB || refusals === 0) return port.sourceServers(ids);
          refusals -= 1;
          return Promise.reject(denied);
        },
      }),
    });
    await bench.start();
    expect(await bench.ask("prepare")).toEqual({ lanes: [laneA, laneB] });
    expect(await bench.journal.head(executionId)).toMatchObject({ laneCount: 2, lostLanes: [] });
  });

  it("answers the same lanes when it is asked again, and changes nothing then", async () => {
    const bench = startBench({ waves, fleet });
    await bench.begin();
    await bench.advance();
    const writes = bench.journal.laneWrites.length;
    expect(await bench.ask("prepare")).toEqual({ lanes: [laneA, laneB] });
    expect(bench.journal.laneWrites).toHaveLength(writes);
  });
});

describe("a lane that cannot be read when an execution is prepared", () => {
  it("is told as lost, and the others do not notice", async () => {
    const bench = losing(laneB, denied, { waves, fleet });
    await bench.start();
    expect(await bench.ask("prepare")).toEqual({ lanes: [laneA] });
    expect(await bench.journal.head(executionId)).toMatchObject({
      state: "recovering",
      laneCount: 1,
      lostLanes: [{ lane: laneB, reason: `${laneB}: AccessDenied` }],
    });
  });

  it("fails the execution's outcome, though every server of the others launched", async () => {
    const bench = losing(laneB, denied, { waves, fleet });
    await bench.begin("recovery");
    let answer = await bench.advance();
    while (answer.next === "wait") {
      bench.pass(answer.seconds);
      answer = await bench.advance();
    }
    await bench.ask("finish-recovery");
    expect(await bench.ask("finish")).toEqual({ outcome: "recovered-with-failures" });
    expect(bench.asked.notes.at(-1)?.message).toBe(
      `Execution execution recovered-with-failures: 3 launched, 0 failed, 0 skipped.\n${laneB}: ${laneB}: AccessDenied`,
    );
  });

  it("is tried again as a whole when it only was throttled", async () => {
    const bench = losing(laneB, new DrError("lane-throttled", "Rate exceeded"), { waves, fleet });
    await bench.start();
    await expect(bench.ask("prepare")).rejects.toMatchObject({ name: "lane-throttled" });
    expect(await bench.journal.head(executionId)).toMatchObject({ state: "preparing" });
  });

  it("is waited for where it is the only one: nobody else is kept waiting", async () => {
    const bench = losing(laneA, denied);
    await bench.start();
    bench.pass(denialPatienceSeconds - 1);
    await expect(bench.ask("prepare")).rejects.toMatchObject({
      name: "lane-unreachable",
      message: `No lane of plan "plan" answers: ${laneB}: AccessDenied`,
    });
    expect(await bench.journal.head(executionId)).toMatchObject({ state: "preparing" });
  });

  it("refuses the execution after five minutes where it is the only one, and no server is named", async () => {
    const bench = losing(laneA, denied);
    await bench.start();
    bench.pass(denialPatienceSeconds);
    await expect(bench.ask("prepare")).rejects.toMatchObject({
      code: "empty-selection",
      message: 'Plan "plan" selects no server in any lane that answers; nothing was started.',
    });
  });
});

describe("a plan that cannot be executed", () => {
  it("as two waves select a server is refused before anything is written", async () => {
    const overlapping = [{ name: "first" }, { name: "all", tags: {} }];
    const bench = startBench({ waves: overlapping });
    await bench.start();
    await expect(bench.ask("prepare")).rejects.toMatchObject({
      code: "ambiguous-selection",
      message: expect.stringContaining(
        'Plan "plan" cannot be executed; nothing was started. server s-0001',
      ),
    });
    expect(await bench.journal.lanes(executionId)).toEqual([]);
  });

  it("as a wave selects nothing is refused, and called what it is", async () => {
    const bench = startBench({ fleet: { [laneA]: [] } });
    await bench.start();
    await expect(bench.ask("prepare")).rejects.toMatchObject({
      code: "empty-selection",
      message:
        'Plan "plan" cannot be executed; nothing was started. wave "first" selects no server in any lane.',
    });
  });

  it("as it was removed since the start is refused", async () => {
    const bench = startBench({
      deps: (deps) => {
        let reads = 0;
        const get = async (name: string) => {
          reads += 1;
          return reads === 1 ? deps.library.plans.get(name) : undefined;
        };
        const plans = { ...deps.library.plans, get };
        return { ...deps, library: { ...deps.library, plans } };
      },
    });
    await bench.start();
    await expect(bench.ask("prepare")).rejects.toMatchObject({
      code: "not-found",
      message: 'Plan "plan" was removed; nothing was started.',
    });
  });
});

describe("a preparation that died", () => {
  it("after any of its writes is repeated, and then looks as if it had not died", async () => {
    const whole = startBench({ waves, fleet });
    await whole.begin();
    for (let survives = 0; survives < 5; survives += 1) {
      let left = survives;
      const bench = startBench({
        waves,
        fleet,
        deps: (deps) => {
          const mortal =
            <A extends unknown[], R>(write: (...args: A) => Promise<R>) =>
            async (...args: A) => {
              left -= 1;
              if (left === -1) throw new Error("dies");
              return write(...args);
            };
          const { putMembers, writeLane, updateHead } = deps.journal;
          const journal = {
            ...deps.journal,
            putMembers: mortal(putMembers),
            writeLane: mortal(writeLane),
            updateHead: mortal(updateHead),
          };
          return { ...deps, journal };
        },
      });
      await bench.start();
      await expect(bench.ask("prepare")).rejects.toThrow("dies");
      await bench.begin();
      expect(await bench.journal.members(executionId, laneA)).toEqual(
        await whole.journal.members(executionId, laneA),
      );
      expect((await bench.status()).lanes).toEqual((await whole.status()).lanes);
    }
  });
});

function journalOf(deps: ExecutionDeps, more: Partial<Journal>): ExecutionDeps {
  return { ...deps, journal: { ...deps.journal, ...more } };
}

describe("a preparation that is still at work when another has ended", () => {
  it.each(["quotas", "putMembers", "updateHead"] as const)(
    "and goes on at %s takes nothing back: neither of lanes that have begun nor of the head",
    async (step) => {
      let goOn: (() => void) | undefined;
      let isFirst = true;
      const slow =
        <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
        async (...args: A) => {
          if (isFirst) {
            isFirst = false;
            await new Promise<void>((resolve) => {
              goOn = resolve;
            });
          }
          return call(...args);
        };
      const bench = startBench({
        deps: (deps) => {
          const slowed = {
            quotas: { ...deps, quotas: slow(deps.quotas) },
            putMembers: journalOf(deps, { putMembers: slow(deps.journal.putMembers) }),
            updateHead: journalOf(deps, { updateHead: slow(deps.journal.updateHead) }),
          };
          return slowed[step];
        },
      });
      await bench.start();
      const late = bench.ask("prepare");
      while (!goOn) await new Promise(setImmediate);
      await bench.begin();
      await bench.advance();
      const head = await bench.journal.head(executionId);
      goOn();
      await late;
      expect((await bench.journal.lane(executionId, laneA))?.openBatches).toHaveLength(1);
      expect(await bench.journal.head(executionId)).toEqual(head);
    },
  );
});

describe("the status of an execution that is being prepared", () => {
  it("names no servers, which may still change", async () => {
    let writes = 0;
    const bench = startBench({
      fleet: { [laneA]: [modelServer("s-0001")] },
      deps: (deps) => ({
        ...deps,
        journal: {
          ...deps.journal,
          async updateHead(head) {
            writes += 1;
            if (writes === 1) throw new Error("dies");
            return deps.journal.updateHead(head);
          },
        },
      }),
    });
    await bench.start();
    await expect(bench.ask("prepare")).rejects.toThrow("dies");
    expect(await bench.status()).toMatchObject({ state: "preparing", servers: [] });
  });
});
