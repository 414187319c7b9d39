import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { StartRecoveryCommand, StopReplicationCommand } from "@aws-sdk/client-drs";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { parseDocument } from "../../../runtime/environment/document-file.js";
import { fleetFile } from "../../../runtime/rehearsal/emulator/fleet-file.js";
import { defaultSwitches } from "../../../runtime/rehearsal/services/drs/drs.js";
import {
  account,
  type EmulatorBench,
  region,
  serverId,
  start,
  startEmulatorBench,
} from "./bench.js";

const lanes = `lanes:
  - { account: "${account}", region: ${region}, fleet: [{ servers: [${serverId(1)}], launchSeconds: 600 }] }
`;

function problemsIn(text: string): readonly string[] {
  const parsed = parseDocument(fleetFile, `${lanes}${text}`, "fleet.yaml");
  return parsed.ok ? [] : parsed.problems.map(({ line, message }) => `${line}: ${message}`);
}

interface Delivered {
  readonly type: string;
  readonly at: string;
  readonly notice?: { readonly "detail-type": string; readonly id: string };
}

/** What EventBridge delivered, in the order of the log. */
async function delivered(bench: EmulatorBench): Promise<readonly Delivered[]> {
  const { document } = await bench.control("GET /events");
  const { events = [] } = document as { readonly events?: readonly Delivered[] };
  return events.filter(({ type }) => type === "delivered");
}

describe("the switches of a fleet file", () => {
  it("decide what AWS leaves open, and are shown with their defaults", async () => {
    const fleetText = `${lanes}switches: { serverNotReady: launch-failed, timestampSuffix: Z }\n`;
    const bench = await startEmulatorBench({ fleetText });
    await bench.drs().send(new StopReplicationCommand({ sourceServerID: serverId(1) }));
    const sourceServers = [{ sourceServerID: serverId(1) }];
    const { job } = await bench.drs().send(new StartRecoveryCommand({ sourceServers }));
    expect(job?.creationDateTime).toMatch(/Z$/);
    const { document } = await bench.control("GET /switches");
    const { switches } = document as { readonly switches: readonly { readonly name: string }[] };
    expect(switches).toHaveLength(Object.keys(defaultSwitches).length);
    expect(switches.find(({ name }) => name === "timestampSuffix")).toMatchObject({
      value: "Z",
      default: "+00:00",
      source: "documented",
    });
  });

  it("take every default, written out", () => {
    expect(problemsIn(`switches: ${JSON.stringify(defaultSwitches)}\n`)).toEqual([]);
  });

  it("are refused with everything that is wrong with them", () => {
    expect(
      problemsIn(`switches:
  snapshotOrder: NEWEST
  launchEndIsLogged: "yes"
  cleanupSeconds: -1
  serverNotRedy: launch-failed
  checkOrder: [existence, existence]
`),
    ).toEqual([
      '4: switches.snapshotOrder must be one of ASC, DESC, got "NEWEST". Choose one, or leave it out for ASC.',
      '5: switches.launchEndIsLogged must be true or false, got "yes". Write true or false, without quotes.',
      "6: switches.cleanupSeconds must be a whole number, 0 to 604800 seconds, got -1. Choose one within these bounds.",
      expect.stringMatching(
        /^7: switches.serverNotRedy must be one of the keys .*got "serverNotRedy"\. Write "serverNotReady"\.$/,
      ),
      expect.stringContaining(
        "8: switches.checkOrder must be a list of all checks, each once, got ",
      ),
    ]);
  });

  it("are refused where the least of something is above its most", () => {
    expect(problemsIn("switches: { syncSecondsFrom: 9000 }\n")).toEqual([
      "3: switches.syncSecondsFrom must be at most switches.syncSecondsTo (3600), got 9000. Change one of the two.",
    ]);
  });
});

describe("the log of events", () => {
  it("shows what EventBridge delivered, beside what happened", async () => {
    const bench = await startEmulatorBench({ fleetText: lanes });
    await start(bench, 1);
    await bench.control("POST /clock", { advanceSeconds: 1_000 });
    expect(await delivered(bench)).toMatchObject([
      {
        notice: {
          "detail-type": "DRS Source Server Launch Result",
          source: "aws.drs",
          detail: { state: "RECOVERY_LAUNCH_SUCCEEDED" },
        },
      },
    ]);
  });

  it("shows what a target took, which got the event itself, and what it refused", async () => {
    const bodies: unknown[] = [];
    const statuses = [500, 204];
    const target = createServer((request, response) => {
      void json(request).then((body) => {
        bodies.push(body);
        response.writeHead(statuses.pop() ?? 204).end();
      });
    });
    await once(target.listen(0, "127.0.0.1"), "listening");
    onTestFinished(() => void target.close());
    const { port } = target.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/events`;
    const fleetText = `${lanes}eventBridge: { target: "${url}" }\n`;
    const bench = await startEmulatorBench({ fleetText });
    const told = async () => {
      const { document } = await bench.control("GET /events");
      const { events = [] } = document as { readonly events?: readonly Delivered[] };
      return events.filter(({ type }) => type.endsWith("delivered"));
    };
    for (const round of [1, 2]) {
      await start(bench, 1);
      await bench.control("POST /clock", { advanceSeconds: 2_000 });
      await vi.waitUntil(async () => (await told()).length === round);
    }
    const [taken, refused] = await told();
    expect(taken).toMatchObject({ type: "delivered", notice: bodies[0] });
    expect(refused).toMatchObject({
      type: "undelivered",
      notice: bodies[1],
      reason: `${url} answered 500`,
    });
    expect(taken?.notice?.id).not.toBe(refused?.notice?.id);
  });

  it("lacks events that were lost, and has doubled ones twice and late ones later", async () => {
    const after = async (eventBridge: string): Promise<readonly Delivered[]> => {
      const bench = await startEmulatorBench({
        fleetText: `${lanes}eventBridge: ${eventBridge}\n`,
      });
      await start(bench, 1);
      await bench.control("POST /clock", { advanceSeconds: 2_000 });
      return delivered(bench);
    };
    expect(await after("{ lostShare: 1 }")).toEqual([]);
    const twice = await after("{ doubledShare: 1 }");
    expect(twice).toHaveLength(2);
    expect(twice[0]?.notice?.id).toBe(twice[1]?.notice?.id);
    const [onTime] = await after("{}");
    const [late] = await after("{ lateShare: 1 }");
    expect(Date.parse(late?.at ?? "")).toBeGreaterThan(Date.parse(onTime?.at ?? ""));
  });

  it("holds points in time where the file wants them, and else lets the clock come to rest", async () => {
    const told = await startEmulatorBench({
      fleetText: `${lanes}eventBridge: { snapshots: true }\n`,
    });
    await told.control("POST /clock", { advanceSeconds: 1_200 });
    const kinds = (await delivered(told)).map(({ notice }) => notice?.["detail-type"]);
    expect(new Set(kinds)).toEqual(new Set(["DRS PIT Snapshot Taken"]));
    const quiet = await startEmulatorBench({ fleetText: lanes });
    expect((await quiet.control("GET /clock")).document).not.toHaveProperty("nextEventAt");
  });
});

describe("a failback client", () => {
  it("pairs with an instance at the control endpoint, and with none that is not there", async () => {
    const bench = await startEmulatorBench({ fleetText: lanes });
    await start(bench, 1);
    await bench.control("POST /clock", { advanceSeconds: 1_000 });
    const { document } = await bench.control("GET /fleet");
    const [lane] = Object(document).lanes;
    const pair = (instance: string) =>
      bench.control("POST /fleet", { failbackClients: [{ account, region, instance }] });
    expect((await pair(lane.instances[0].instance)).status).toBe(200);
    await bench.control("POST /clock", { advanceSeconds: 10 });
    const told = (await delivered(bench)).map(({ notice }) => notice?.["detail-type"]);
    expect(told).toContain("DRS Recovery Instance Failback State Change");
    expect((await pair("i-00000000000000000")).document).toMatchObject({
      problems: [
        {
          message: `failbackClients[0].instance must be a recovery instance of ${account}/${region}, got "i-00000000000000000". GET /_dr/fleet lists them.`,
        },
      ],
    });
  });
});
