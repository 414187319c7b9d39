import { DescribeSourceServersCommand } from "@aws-sdk/client-drs";
import { describe, expect, it } from "vitest";
import { account, messagesOf, region, serverId, start, startEmulatorBench } from "./bench.js";

const here = { account, region };

describe("the clock", () => {
  it("is told, and moved by seconds, to a moment, or to what happens next", async () => {
    const bench = await startEmulatorBench();
    const began = await bench.control("GET /clock");
    expect(began).toEqual({
      status: 200,
      document: { schemaVersion: 1, now: "2026-01-24T02:00:00.000Z", kind: "virtual", speed: 0 },
    });
    await start(bench, 1);
    const next = await bench.control("POST /clock", { toNextEvent: true });
    expect(next.document.now).toBe("2026-01-24T02:00:00.400Z");
    const moved = await bench.control("POST /clock", { advanceSeconds: 0.6 });
    expect(moved.document.now).toBe("2026-01-24T02:00:01.000Z");
    const to = await bench.control("POST /clock", { to: "2026-01-24T04:00:00+01:00" });
    expect(to.document).toMatchObject({ now: "2026-01-24T03:00:00.000Z" });
    expect(to.document).not.toHaveProperty("nextEventAt");
    const still = await bench.control("POST /clock", { toNextEvent: true });
    expect(still.document.now).toBe("2026-01-24T03:00:00.000Z");
  });

  it.each([
    [
      {},
      "body must be given exactly one of advanceSeconds, to and toNextEvent, got nothing. Say in one way how far to move.",
    ],
    [
      { advanceSeconds: 1, toNextEvent: true },
      "body must be given exactly one of advanceSeconds, to and toNextEvent, got 2 of them. Say in one way how far to move.",
    ],
    [
      { advanceSeconds: -1 },
      "advanceSeconds must be a number of seconds, 0 to 31622400, got -1. Choose one within these bounds.",
    ],
    [
      { to: "2026-01-24" },
      'to must be a moment with its offset from UTC, got "2026-01-24". Write it as "2026-01-24T02:00:00Z".',
    ],
    [
      { to: "2026-01-24T01:59:59Z" },
      'to must be no earlier than 2026-01-24T02:00:00.000Z, got "2026-01-24T01:59:59Z". Time only goes forward: start another emulator with an earlier --start-at.',
    ],
    [
      { advanceSecond: 1 },
      'advanceSecond must be one of the keys advanceSeconds, to or toNextEvent, got "advanceSecond". Write "advanceSeconds".',
    ],
  ])("stands when asked %j", async (body, message) => {
    const bench = await startEmulatorBench();
    const { status, document } = await bench.control("POST /clock", body);
    expect(status).toBe(400);
    expect(messagesOf(document)).toEqual([message]);
    expect((await bench.control("GET /clock")).document.now).toBe("2026-01-24T02:00:00.000Z");
  });
});

describe("the fleet", () => {
  it("is shown with its quotas, servers, jobs and instances", async () => {
    const bench = await startEmulatorBench();
    await start(bench, 1);
    await bench.control("POST /clock", { advanceSeconds: 900 });
    const { document } = await bench.control("GET /fleet");
    expect(document).toMatchObject({
      lanes: [
        {
          ...here,
          quotas: { replicatingServers: 300, concurrentJobs: 20, serversPerJob: 100 },
          servers: [
            {
              server: serverId(1),
              tags: { Tier: "web" },
              replicationState: "CONTINUOUS",
              lagSeconds: 0,
              lastLaunchResult: "SUCCEEDED",
              instance: expect.stringMatching(/^i-/),
            },
            { lastLaunchResult: "NOT_STARTED" },
            {},
            {},
          ],
          jobs: [
            {
              kind: "launch",
              isDrill: false,
              status: "COMPLETED",
              servers: [{ server: serverId(1), launchStatus: "LAUNCHED" }],
            },
          ],
          instances: [{ server: serverId(1), isDrill: false, state: "RUNNING" }],
        },
      ],
    });
  });

  it("grows by lanes and servers, and its servers replicate as they are told", async () => {
    const bench = await startEmulatorBench();
    const { status } = await bench.control("POST /fleet", {
      lanes: [
        { ...here, fleet: [{ count: 1 }, { servers: [serverId(9)], lagSeconds: 5 }] },
        { account, region: "us-east-1", quotas: { concurrentJobs: 1 } },
      ],
      replication: [
        { server: serverId(1), state: "DISCONNECTED" },
        { server: serverId(9), lagSeconds: 30 },
      ],
    });
    expect(status).toBe(200);
    await bench.control("POST /fleet", { lanes: [{ ...here, fleet: [{ count: 1 }] }] });
    const { items = [] } = await bench.drs().send(new DescribeSourceServersCommand({}));
    expect(new Set(items.map(({ sourceServerID }) => sourceServerID)).size).toBe(7);
    const stateOf = (id: string) =>
      items.find(({ sourceServerID }) => sourceServerID === id)?.dataReplicationInfo;
    expect(stateOf(serverId(1))?.dataReplicationState).toBe("DISCONNECTED");
    expect(stateOf(serverId(9))?.lagDuration).toBe("PT30S");
    const elsewhere = bench.drs(undefined, "us-east-1");
    expect((await elsewhere.send(new DescribeSourceServersCommand({}))).items).toEqual([]);
  });

  it("tells errors of servers that are stalled, and takes none for others", async () => {
    const bench = await startEmulatorBench();
    const set = (change: object) =>
      bench.control("POST /fleet", { replication: [{ server: serverId(1), ...change }] });
    const wrong = await set({ error: "NOT_CONVERGING" });
    expect(messagesOf(wrong.document)).toEqual([
      'replication[0].error must be absent in state "CONTINUOUS", got "NOT_CONVERGING". Make it STALLED.',
    ]);
    await set({ state: "STALLED", lagSeconds: 60 });
    const { document } = await set({ error: "NOT_CONVERGING" });
    expect(document).toMatchObject({
      lanes: [
        {
          servers: [
            { server: serverId(1), replicationError: "NOT_CONVERGING", lagSeconds: 60 },
            {},
            {},
            {},
          ],
        },
      ],
    });
  });

  it("extends servers of a staging account, and takes its trust away", async () => {
    const bench = await startEmulatorBench();
    const staging = [{ account, extended: "all" }];
    const target = { account: "444455556666", region };
    const extended = async () => {
      const { items } = await bench
        .drs({ accessKeyId: target.account })
        .send(new DescribeSourceServersCommand({}));
      return items?.map(({ stagingArea }) => stagingArea?.status);
    };
    await bench.control("POST /fleet", { lanes: [{ ...target, staging }] });
    expect(await extended()).toEqual(["EXTENDED", "EXTENDED", "EXTENDED", "EXTENDED"]);
    const again = await bench.control("POST /fleet", { lanes: [{ ...target, staging }] });
    expect(again.status).toBe(200);
    const trusts = [{ staging: account, target: target.account, isTrusted: false }];
    await bench.control("POST /fleet", { trusts });
    expect(new Set(await extended())).toEqual(new Set(["EXTENSION_ERROR"]));
  });

  it("is not changed at all when one part of a change is wrong", async () => {
    const bench = await startEmulatorBench();
    const untouched = await bench.control("GET /fleet");
    const { status, document } = await bench.control("POST /fleet", {
      lanes: [{ ...here, fleet: [{ count: 2 }, { servers: [serverId(1)] }, {}] }],
      replication: [{ server: serverId(77), lagSeconds: 1 }, { server: serverId(1) }],
    });
    expect(status).toBe(400);
    expect(messagesOf(document)).toEqual([
      "lanes[0].fleet[2] must be given either count or servers, got neither. Add count, or the ids as servers.",
      `lanes[0].fleet[1].servers[0] must be the id of a server that the fleet does not have, got "${serverId(1)}". Set its replication instead.`,
      `replication[0].server must be the id of a server of the fleet, got "${serverId(77)}". GET /_dr/fleet lists them.`,
    ]);
    expect(await bench.control("GET /fleet")).toEqual(untouched);
  });
});
